package org.onedoor.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can happen. One record per fact, rich enough to read alone; the name in {@link Stored} is
 * what stands in the log for ever, so records may be renamed but only ever gain fields.
 *
 * <p>Easy to get wrong: what {@link Personal#with} leaves of a fact when it is told of no party is
 * what can never be erased, so no particulars of a party may be in that.
 */
public sealed interface Event {

  /** The case this is about where the stream does not tell (the calendar's facts). */
  @JsonIgnore
  default @Nullable String aboutCase() {
    return null;
  }

  /** A fact that carries particulars of parties, stored apart so that they can be erased. */
  sealed interface Personal extends Event {
    /** What is known of each party, by its id, in order. */
    @JsonIgnore
    SequencedMap<String, Map<String, String>> particulars();

    /**
     * The same fact with these particulars and no others; of a party that is missing nothing is
     * known (any more).
     */
    Event with(Map<String, Map<String, String>> particulars);
  }

  // ---- the centre and its people (stream "people") ----

  /** The zone is set once: what was booked and counted in it stays true. */
  @Stored("centre_named")
  record CentreNamed(Label name, String zone, String language) implements Event {}

  @Stored("agency_added")
  record AgencyAdded(String id, Label name, Label letters, int colour) implements Event {}

  /** It has another name, letters or colour from now on. */
  @Stored("agency_changed")
  record AgencyChanged(String id, Label name, Label letters, int colour) implements Event {}

  /** From now on its officers and its cases are the other one's. */
  @Stored("agency_merged")
  record AgencyMerged(String id, String into) implements Event {}

  @Stored("account_opened")
  record AccountOpened(
      String id, Label name, String agency, Set<String> roles, @Nullable Abilities abilities)
      implements Event {
    public AccountOpened(String id, Label name, String agency, Set<String> roles) {
      this(id, name, agency, roles, null);
    }
  }

  @Stored("account_changed")
  record AccountChanged(
      String id, Label name, String agency, Set<String> roles, @Nullable Abilities abilities)
      implements Event {}

  /** Nobody gets in by it any more; what was written by it stays its own. */
  @Stored("account_disabled")
  record AccountDisabled(String id) implements Event {}

  @Stored("account_enabled")
  record AccountEnabled(String id) implements Event {}

  /** A link was made with which the account's owner sets a password, once. */
  @Stored("invited")
  record Invited(String account) implements Event {}

  @Stored("password_set")
  record PasswordSet(String account) implements Event {}

  /** Every sign-in of the account was ended. */
  @Stored("signed_out")
  record SignedOut(String account) implements Event {}

  /**
   * A token was made.
   *
   * @param hint its last letters
   * @param id by which it is revoked; of an older one there is none
   */
  @Stored("token_made")
  record TokenMade(String account, String hint, @Nullable String id) implements Event {}

  @Stored("token_revoked")
  record TokenRevoked(String account, String id) implements Event {}

  @Stored("hall_added")
  record HallAdded(
      String id, Label name, int seats, boolean stepFree, int waitingRooms, List<String> equipment)
      implements Event {}

  @Stored("hall_changed")
  record HallChanged(
      String id, Label name, int seats, boolean stepFree, int waitingRooms, List<String> equipment)
      implements Event {}

  /** It is booked no more; what is booked stays. */
  @Stored("hall_closed")
  record HallClosed(String id) implements Event {}

  /** The class list as it is from now on; what a case was given before keeps its name. */
  @Stored("kinds_listed")
  record KindsListed(List<Kind> kinds) implements Event {}

  // ---- a case (stream "case/NUMBER") ----

  /**
   * A petition came in.
   *
   * @param at when it came, if not when it was written down (an import)
   * @param channel visit, letter, phone, online or transfer
   */
  @Stored("registered")
  record Registered(
      String title,
      String words,
      @Nullable String kind,
      @Nullable String kindGiven,
      String channel,
      @Nullable String lead,
      List<Party> parties,
      List<String> needs,
      @Nullable String externalNumber,
      @Nullable String externalSource,
      @Nullable Instant at)
      implements Personal {
    @Override
    public SequencedMap<String, Map<String, String>> particulars() {
      return Party.particulars(parties);
    }

    @Override
    public Registered with(Map<String, Map<String, String>> known) {
      var whole = parties.stream().map(p -> p.with(known.get(p.id()))).toList();
      return new Registered(
          title,
          words,
          kind,
          kindGiven,
          channel,
          lead,
          whole,
          needs,
          externalNumber,
          externalSource,
          at);
    }
  }

  /**
   * A field was put right.
   *
   * @param field title, words, kind, channel, needs, or a party's name, contact, phone, idNumber,
   *     address, role
   * @param party whose field it is; then both versions are particulars of that party
   */
  @Stored("corrected")
  record Corrected(
      String field,
      @Nullable String party,
      @Nullable String was,
      @Nullable String is,
      String reason)
      implements Personal {
    @Override
    public SequencedMap<String, Map<String, String>> particulars() {
      var all = new LinkedHashMap<String, Map<String, String>>();
      if (party != null) {
        var both = new LinkedHashMap<String, String>();
        if (was != null) both.put("was", was);
        if (is != null) both.put("is", is);
        all.put(party, both);
      }
      return all;
    }

    @Override
    public Corrected with(Map<String, Map<String, String>> known) {
      if (party == null) return this;
      var both = known.getOrDefault(party, Map.of());
      return new Corrected(field, party, both.get("was"), both.get("is"), reason);
    }
  }

  @Stored("party_added")
  record PartyAdded(Party party) implements Personal {
    @Override
    public SequencedMap<String, Map<String, String>> particulars() {
      return Party.particulars(List.of(party));
    }

    @Override
    public PartyAdded with(Map<String, Map<String, String>> known) {
      return new PartyAdded(party.with(known.get(party.id())));
    }
  }

  /**
   * A further visit, letter or call on the same case: no second case, but it counts as a visit.
   *
   * @param at when it was, if earlier than its entry
   */
  @Stored("contact")
  record Contact(String id, String channel, String words, @Nullable Instant at) implements Event {}

  @Stored("accepted")
  record Accepted(@Nullable Instant at) implements Event {}

  /** The petition is refused. */
  @Stored("declined")
  record Declined(String reason) implements Event {}

  /** An assigned agency says "not ours": it leaves the case. */
  @Stored("objected")
  record Objected(String agency, String reason) implements Event {}

  @Stored("lead")
  record LeadNamed(String agency) implements Event {}

  @Stored("assisting")
  record AgencyInvited(String agency) implements Event {}

  @Stored("released")
  record AgencyReleased(String agency, String reason) implements Event {}

  /**
   * The case ended.
   *
   * @param outcome agreement, reply, handed_over, withdrawn or no_agreement
   * @param at when it ended, if not when it was written down (an import)
   */
  @Stored("closed")
  record Closed(String outcome, String summary, @Nullable Instant at) implements Event {}

  @Stored("reopened")
  record Reopened(String reason) implements Event {}

  /**
   * Somebody asks that a party be forgotten, or the case after its term; another has to confirm it.
   *
   * @param party whose particulars; null: the whole case
   * @param words how free texts are to read then
   */
  @Stored("erasure_proposed")
  record ErasureProposed(String id, @Nullable String party, String reason, List<Reworded> words)
      implements Event {}

  /** The other one does not confirm it. */
  @Stored("erasure_refused")
  record ErasureRefused(String id, String reason) implements Event {}

  /**
   * Written by the log itself when something was erased: what, why, never the words.
   *
   * @param upTo everything up to this version, or of one party its particulars
   * @param versions single entries of which the words went as well
   */
  @Stored("erased")
  record Erased(
      String stream,
      int upTo,
      @Nullable String party,
      String reason,
      List<Integer> versions,
      @Nullable String about)
      implements Event {
    public Erased(String stream, int upTo, @Nullable String party, String reason) {
      this(stream, upTo, party, reason, List.of(), null);
    }

    /**
     * Whether it takes this away.
     *
     * @param version the entry's in the stream
     * @param whose the party of whom these are the particulars; null: the entry's own words
     */
    public boolean takes(int version, @Nullable String whose) {
      return (version <= upTo && (party == null || party.equals(whose)))
          || (whose == null && versions.contains(version));
    }

    @Override
    public @Nullable String aboutCase() {
      return about;
    }
  }

  /**
   * What an entry of the same stream says from now on in place of its own words, which are erased.
   * Written by the log itself; who reads that entry is given this.
   *
   * @param version whose words these are
   * @param open its fields, as they would stand in the log
   */
  @Stored("restated")
  record Restated(int version, String open, @Nullable String about) implements Event {
    @Override
    public @Nullable String aboutCase() {
      return about;
    }
  }

  // ---- who looked (stream "case/NUMBER/revealed") ----

  /**
   * Telephone, identity number and address of the parties were shown to somebody.
   *
   * @param how room, rest or live
   */
  @Stored("revealed")
  record Revealed(String how) implements Event {}

  // ---- a note of a case (stream "case/NUMBER/note/ID") ----

  /**
   * A note was begun.
   *
   * @param audience joint, agency, caucus or decision
   * @param agency whose note it is, where the audience is an agency
   * @param readers who is named, where the audience is a caucus
   * @param session the session whose record this is
   */
  @Stored("note_opened")
  record NoteOpened(
      String id,
      String title,
      String audience,
      @Nullable String agency,
      List<String> readers,
      @Nullable String session)
      implements Event {}

  /** Letters, in the order in which they stand: each update with its author, client and number. */
  @Stored("typed")
  record Typed(List<Update> u) implements Event {}

  // ---- sessions (stream "calendar") ----

  /**
   * Wall time and zone are what people agreed on; the instant is derived.
   *
   * @param about the case's number
   * @param kind joint, caucus, consultation or visit_back
   */
  @Stored("session_booked")
  record SessionBooked(
      String id,
      String about,
      String kind,
      LocalDateTime from,
      LocalDateTime to,
      String zone,
      String hall,
      List<String> mediators,
      List<String> officers,
      List<String> agencies,
      List<String> parties)
      implements Event {
    @Override
    public String aboutCase() {
      return about;
    }
  }

  @Stored("session_moved")
  record SessionMoved(
      String id, String about, LocalDateTime from, LocalDateTime to, String zone, String hall)
      implements Event {
    @Override
    public String aboutCase() {
      return about;
    }
  }

  @Stored("session_cancelled")
  record SessionCancelled(String id, String about, String reason) implements Event {
    @Override
    public String aboutCase() {
      return about;
    }
  }

  @Stored("session_held")
  record SessionHeld(String id, String about, List<String> attended) implements Event {
    @Override
    public String aboutCase() {
      return about;
    }
  }

  /** A hall cannot be booked for a while: repairs, another's meeting. Wall time, end exclusive. */
  @Stored("hall_blocked")
  record HallBlocked(
      String id, String hall, LocalDateTime from, LocalDateTime to, String zone, String reason)
      implements Event {}

  @Stored("hall_unblocked")
  record HallUnblocked(String id) implements Event {}

  /** A fact of which only the kind and that it happened is left; folds pass over it. */
  record Emptied(String name) implements Event {}

  /** A fact a newer program wrote; folds pass over it and its stream is read-only here. */
  record Unknown(String name, String json) implements Event {}
}
