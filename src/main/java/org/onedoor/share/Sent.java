package org.onedoor.share;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.onedoor.people.Text;
import org.onedoor.room.Correction;
import org.onedoor.room.Intake;
import org.onedoor.schedule.Sessions;
import org.onedoor.share.OneOf.Vocabulary;

/**
 * What may be sent, as the document tells it; what may be null may be left out. No object is ever
 * made of these: {@link Body} reads a request field by field, so that it can say which field is
 * wrong, and it reads no field that does not stand here.
 */
interface Sent {
  record Nothing() {}

  record Petition(
      @Schema(minLength = 1, maxLength = Text.TITLE) String title,
      @Schema(minLength = 1, maxLength = Text.WORDS, description = "The person's own words.")
          String words,
      @Schema(description = "A code of the centre's list, from /kinds.") @Nullable String kind,
      @Schema(description = "visit if left out.") @OneOf(Vocabulary.CHANNEL)
          @Nullable String channel,
      @Schema(description = "The agency that leads. By an agency's officer: their own if left out.")
          @Nullable String lead,
      @ArraySchema(maxItems = Intake.MOST_PARTIES) @Nullable List<Party> parties,
      @ArraySchema(
              maxItems = Intake.MOST_NEEDS,
              schema = @Schema(minLength = 1, maxLength = Text.NAME))
          @Nullable List<String> needs,
      @Schema(
              maxLength = Text.NAME,
              description = "Its number in another system. It comes in once per source.")
          @Nullable String externalNumber,
      @Schema(maxLength = Text.NAME, description = "Which other system; empty if left out.")
          @Nullable String externalSource) {}

  record Party(
      @Schema(minLength = 1, maxLength = Text.NAME) String name,
      @OneOf(Vocabulary.PARTY_ROLE) String role,
      @Schema(description = "person if left out.") @OneOf(Vocabulary.PARTY_TYPE)
          @Nullable String type,
      @Schema(maxLength = Text.LONGER) @Nullable String contact,
      @Schema(maxLength = Text.NAME) @Nullable String phone,
      @Schema(maxLength = Text.LONGER) @Nullable String idNumber,
      @Schema(maxLength = Text.LONGER) @Nullable String address) {}

  record Correct(
      @Schema(
              pattern = Correction.FIELDS,
              description = "Which field; one of a party as parties.ID.FIELD.")
          String field,
      @Schema(description = "What stands there, as you saw it.") @Nullable String was,
      @Schema(description = "What shall stand there.") @Nullable String is,
      @Schema(minLength = 1, maxLength = Text.REASON) String reason) {}

  record FurtherContact(
      @OneOf(Vocabulary.CHANNEL) String channel,
      @Schema(minLength = 1, maxLength = Text.WORDS) String words,
      @Schema(description = "When it was, if not now.") @Nullable OffsetDateTime at) {}

  record Reason(@Schema(minLength = 1, maxLength = Text.REASON) String reason) {}

  record Ending(
      @OneOf(Vocabulary.OUTCOME) String outcome,
      @Schema(minLength = 1, maxLength = Text.WORDS) String summary) {}

  record ToAgency(@Schema(description = "Its id, from /agencies.") String agency) {}

  record LetGo(
      @Schema(description = "Its id, from /agencies.") String agency,
      @Schema(minLength = 1, maxLength = Text.REASON) String reason) {}

  record NewNote(
      @Schema(minLength = 1, maxLength = Text.TITLE) String title,
      @Schema(description = "joint: all in the room; agency: the writer's own.")
          @OneOf(Vocabulary.AUDIENCE)
          String audience) {}

  record Booking(
      @JsonProperty("case") String caseId,
      @OneOf(Vocabulary.SESSION) String kind,
      OffsetDateTime from,
      @Schema(description = "Exclusive; 5 minutes to 24 hours after it begins.") OffsetDateTime to,
      @Schema(description = "Its id, from /halls.") String hall,
      @ArraySchema(maxItems = Sessions.MOST_PEOPLE) @Nullable List<String> mediators,
      @ArraySchema(maxItems = Sessions.MOST_PEOPLE) @Nullable List<String> officers,
      @ArraySchema(maxItems = Sessions.MOST_PEOPLE) @Nullable List<String> agencies,
      @ArraySchema(
              maxItems = Sessions.MOST_PEOPLE,
              arraySchema = @Schema(description = "Ids of parties of the case."))
          @Nullable List<String> parties) {}

  record Move(
      OffsetDateTime from,
      @Schema(description = "Exclusive; 5 minutes to 24 hours after it begins.") OffsetDateTime to,
      @Schema(description = "The same if left out.") @Nullable String hall) {}

  record Attended(
      @ArraySchema(
              maxItems = Sessions.MOST_PEOPLE,
              arraySchema = @Schema(description = "Accounts of officers and ids of parties."))
          @Nullable List<String> attended) {}

  /** The one body that is a form, not JSON. */
  record Upload(
      @Schema(
              contentMediaType = "application/octet-stream",
              description = "CSV or XLSX, at most 64 MB; the first row holds the names.")
          String file) {}
}
