package org.onedoor.people;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.onedoor.event.Event;
import org.onedoor.event.Event.*;

/**
 * Who is in a case: folded from the case's own facts, so that {@code maySee} needs nothing above
 * it.
 *
 * @param status registered, accepted, declined or closed; empty: there is no such case
 * @param sessions the sessions not cancelled, each with its mediators
 * @param notes what notes there are and for whom
 */
public record Access(
    String caseId,
    String status,
    @Nullable String lead,
    Set<String> assisting,
    Map<String, List<String>> sessions,
    Map<String, NoteHead> notes) {

  /** What is known of a note without its text. */
  public record NoteHead(
      String id,
      String title,
      String audience,
      @Nullable String agency,
      List<String> readers,
      @Nullable String session,
      long opened) {}

  /** The kinds of event that change who is in a case. */
  static final String[] KINDS = {
    "registered",
    "accepted",
    "declined",
    "objected",
    "lead",
    "assisting",
    "released",
    "closed",
    "reopened",
    "note_opened",
    "session_booked",
    "session_cancelled"
  };

  static Access none(String caseId) {
    return new Access(caseId, "", null, Set.of(), Map.of(), Map.of());
  }

  Access after(Entry entry) {
    return switch (entry.event()) {
      case Registered e -> status("registered").lead(e.lead());
      case Accepted _ -> status("accepted");
      case Declined _ -> status("declined");
      case Closed _ -> status("closed");
      case Reopened _ -> status(status.equals("declined") ? "registered" : "accepted");
      case LeadNamed e -> without(e.agency()).lead(e.agency());
      case AgencyInvited e -> assisting(plus(assisting, e.agency()));
      case AgencyReleased e -> without(e.agency());
      case Objected e -> without(e.agency());
      case NoteOpened e -> notes(plus(notes, e.id(), head(e, entry.position())));
      case SessionBooked e -> sessions(plus(sessions, e.id(), List.copyOf(e.mediators())));
      case SessionCancelled e -> sessions(minus(sessions, e.id()));
      case Event _ -> this;
    };
  }

  public boolean exists() {
    return !status.isEmpty();
  }

  /** Registered or accepted: work goes on. */
  public boolean open() {
    return status.equals("registered") || status.equals("accepted");
  }

  /** Whether an agency leads or assists. */
  public boolean has(String agency) {
    return agency.equals(lead) || assisting.contains(agency);
  }

  /** Whether somebody mediates a session of this case that is not cancelled, until it closes. */
  public boolean mediates(String officer) {
    return open() && sessions.values().stream().anyMatch(m -> m.contains(officer));
  }

  private static NoteHead head(NoteOpened e, long position) {
    return new NoteHead(
        e.id(),
        e.title(),
        e.audience(),
        e.agency(),
        List.copyOf(e.readers()),
        e.session(),
        position);
  }

  private Access without(String agency) {
    var rest = new LinkedHashSet<>(assisting);
    rest.remove(agency);
    return assisting(rest).lead(agency.equals(lead) ? null : lead);
  }

  private Access status(String s) {
    return new Access(caseId, s, lead, assisting, sessions, notes);
  }

  private Access lead(@Nullable String agency) {
    return new Access(caseId, status, agency, assisting, sessions, notes);
  }

  private Access assisting(Set<String> agencies) {
    return new Access(caseId, status, lead, agencies, sessions, notes);
  }

  private Access sessions(Map<String, List<String>> all) {
    return new Access(caseId, status, lead, assisting, all, notes);
  }

  private Access notes(Map<String, NoteHead> all) {
    return new Access(caseId, status, lead, assisting, sessions, all);
  }

  private static Set<String> plus(Set<String> set, String one) {
    var all = new LinkedHashSet<>(set);
    all.add(one);
    return all;
  }

  private static <V> Map<String, V> plus(Map<String, V> map, String key, V value) {
    var all = new LinkedHashMap<>(map);
    all.put(key, value);
    return all;
  }

  private static <V> Map<String, V> minus(Map<String, V> map, String key) {
    var all = new LinkedHashMap<>(map);
    all.remove(key);
    return all;
  }
}
