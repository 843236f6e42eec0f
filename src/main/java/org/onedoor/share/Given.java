package org.onedoor.share;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.onedoor.share.OneOf.Vocabulary;

/**
 * What is answered, as the document tells it. {@link Told} and the calls write it; a test holds
 * each answer against these, to the last field. What may be null stands as null, or with {@link
 * Include#NON_NULL} is left out.
 */
interface Given {
  /** The document itself, which says what it is. */
  record Document() {}

  record Person(
      String id, String name, String agency, @OneOf(Vocabulary.ROLE) List<String> roles) {}

  @JsonInclude(Include.NON_NULL)
  record Agency(
      String id,
      String name,
      @Schema(description = "The letters of its square.") String letters,
      @Schema(minimum = "1", maximum = "10") int colour,
      @Schema(description = "The agency of which it has become part; it is named for nothing new.")
          @Nullable String mergedInto) {}

  record Hall(
      String id,
      String name,
      int seats,
      boolean stepFree,
      int waitingRooms,
      List<String> equipment) {}

  @JsonInclude(Include.NON_NULL)
  record Kind(String id, String name, @Nullable String parent) {}

  record Numbered(@Schema(description = "The number.") String id, String number) {}

  record Made(String id) {}

  record Case(
      @Schema(description = "The number.") String id,
      String number,
      String title,
      String words,
      @OneOf(Vocabulary.STATUS) String status,
      @Nullable String kind,
      @OneOf(Vocabulary.CHANNEL) String channel,
      OffsetDateTime registeredAt,
      @Schema(description = "An agency.") @Nullable String lead,
      @ArraySchema(arraySchema = @Schema(description = "Agencies.")) List<String> assisting,
      List<PartyOfCase> parties,
      List<String> needs,
      @Nullable Due due,
      @ArraySchema(arraySchema = @Schema(description = "Those the caller may read."))
          List<NoteOfCase> notes,
      @Nullable String externalNumber) {}

  record CaseLine(
      @Schema(description = "The number.") String id,
      String number,
      String title,
      @OneOf(Vocabulary.STATUS) String status,
      @Nullable String kind,
      @OneOf(Vocabulary.CHANNEL) String channel,
      OffsetDateTime registeredAt,
      @Schema(description = "An agency.") @Nullable String lead,
      @ArraySchema(arraySchema = @Schema(description = "Agencies.")) List<String> assisting,
      @Nullable String externalNumber,
      @Nullable Due due) {}

  /** Telephone, identity number and address are masked but for whom the case needs. */
  @JsonInclude(Include.NON_NULL)
  record PartyOfCase(
      String id,
      @Schema(description = "Empty once it was erased.") String name,
      @OneOf(Vocabulary.PARTY_ROLE) String role,
      @OneOf(Vocabulary.PARTY_TYPE) String type,
      @Nullable String contact,
      @Nullable String phone,
      @Nullable String idNumber,
      @Nullable String address) {}

  record Due(@OneOf(Vocabulary.DUE) String what, LocalDate on, boolean late) {}

  record NoteOfCase(String id, String title, @OneOf(Vocabulary.AUDIENCE) String audience) {}

  record HistoryEntry(
      long position,
      OffsetDateTime at,
      By by,
      @Schema(description = "registered, corrected, accepted …; there may be more.") String type,
      @Schema(description = "A sentence in the caller's language.") String text,
      @Schema(description = "The fields of that call, and the id made.")
          Map<String, Object> data) {}

  @JsonInclude(Include.NON_NULL)
  record By(String id, String name, @Nullable String agency) {}

  @JsonInclude(Include.NON_NULL)
  record Note(
      String id,
      @JsonProperty("case") String caseId,
      String title,
      @OneOf(Vocabulary.AUDIENCE) String audience,
      @Schema(description = "Whose it is, where the audience is an agency.")
          @Nullable String agency,
      @Nullable List<String> readers,
      @Schema(description = "How many updates it had.") int version,
      String text,
      List<By> authors) {}

  record Found(
      int total,
      @Schema(description = "How the words were understood.") String read,
      List<Hit> hits,
      Facets facets) {}

  @JsonInclude(Include.NON_NULL)
  record Hit(
      @JsonProperty("case") CaseOfHit inCase,
      @Nullable NoteOfHit note,
      @Schema(description = "HTML: matches in mark, everything else escaped.") String snippet,
      OffsetDateTime at) {}

  record CaseOfHit(String id, String number, String title) {}

  record NoteOfHit(String id, String title) {}

  record Facets(List<Count> kind, List<Count> agency, List<Count> status) {}

  record Count(String value, int count) {}

  record Session(
      String id,
      @JsonProperty("case") String caseId,
      @OneOf(Vocabulary.SESSION) String kind,
      OffsetDateTime from,
      @Schema(description = "Exclusive.") OffsetDateTime to,
      String hall,
      List<String> mediators,
      List<String> officers,
      List<String> agencies,
      List<String> parties,
      @OneOf(Vocabulary.SESSION_STATE) String state) {}

  /** A session the caller may not see: only when and where. */
  record Taken(
      OffsetDateTime from, OffsetDateTime to, String hall, @OneOf(Vocabulary.TAKEN) String state) {}

  /** What is in the way of a session. */
  @JsonInclude(Include.NON_NULL)
  record Clash(
      @OneOf(Vocabulary.CLASH) String what,
      String id,
      OffsetDateTime from,
      OffsetDateTime to,
      @Schema(description = "Its id, only where the caller may see it.")
          @Nullable String session) {}

  record Job(String job) {}

  @JsonInclude(Include.NON_NULL)
  record Progress(
      int done,
      int of,
      int imported,
      int known,
      int rejected,
      @OneOf(Vocabulary.JOB) String state,
      @Schema(description = "Lines put aside, as CSV with a column reason.")
          @Nullable String rejects,
      @Schema(description = "Why it failed.") @Nullable String why) {}
}
