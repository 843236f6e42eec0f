package org.onedoor.share;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.onedoor.event.Entry;
import org.onedoor.event.Event;
import org.onedoor.event.Event.*;
import org.onedoor.event.Payload;
import org.onedoor.people.Masked;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.room.Reveals;
import org.onedoor.room.Timeline;
import org.springframework.stereotype.Component;

/** What happened in a case, as the public contract writes it. */
@Component
final class History {
  private final People people;
  private final Timeline timeline;
  private final Reveals reveals;
  private final Told told;

  History(People people, Timeline timeline, Reveals reveals, Told told) {
    this.people = people;
    this.timeline = timeline;
    this.reveals = reveals;
    this.told = told;
  }

  /**
   * An entry as somebody who may see it reads it.
   *
   * @param how they are told, for the record of who was shown particulars
   */
  Map<String, Object> entry(Officer who, Entry e, Locale locale, String how) {
    var about = e.about();
    return entry(
        e, locale, about != null && hasParticulars(e.event()) && reveals.open(who, about, how));
  }

  /** That something happened in a case, without what. */
  Map<String, Object> headline(Entry e, Locale locale) {
    var said = beginning(e, locale);
    said.put("case", Objects.requireNonNull(e.about()));
    return said;
  }

  private static boolean hasParticulars(Event event) {
    return switch (event) {
      case Registered e -> e.parties().stream().anyMatch(Reveals::any);
      case PartyAdded e -> Reveals.any(e.party());
      case Corrected e -> e.party() != null;
      case Event _ -> false;
    };
  }

  Map<String, Object> entry(Entry e, Locale locale, boolean open) {
    var said = beginning(e, locale);
    said.put("text", timeline.say(e, locale));
    said.put("data", data(e, open));
    return said;
  }

  private Map<String, Object> beginning(Entry e, Locale locale) {
    var by =
        Told.some(
            "id", e.by(),
            "name", people.directory().officerName(e.by(), locale),
            "agency", people.officer(e.by()).map(Officer::agency).orElse(null));
    return Told.some(
        "position", e.position(),
        "at", told.time(Timeline.at(e)),
        "by", by,
        "type", Payload.name(e.event()));
  }

  private Map<String, Object> data(Entry entry, boolean open) {
    return switch (entry.event()) {
      case Registered e ->
          Told.some(
              "id",
              entry.about(),
              "title",
              e.title(),
              "words",
              e.words(),
              "kind",
              e.kind(),
              "channel",
              e.channel(),
              "lead",
              e.lead(),
              "parties",
              e.parties().stream().map(p -> Told.party(p, open)).toList(),
              "needs",
              e.needs(),
              "externalNumber",
              e.externalNumber(),
              "externalSource",
              e.externalSource());
      case Corrected e ->
          Told.some(
              "field",
              e.party() == null ? e.field() : "parties." + e.party() + "." + e.field(),
              "was",
              open ? e.was() : Masked.field(e.field(), e.was()),
              "is",
              open ? e.is() : Masked.field(e.field(), e.is()),
              "reason",
              e.reason());
      case PartyAdded e -> Told.party(e.party(), open);
      case Contact e ->
          Told.some(
              "id",
              e.id(),
              "channel",
              e.channel(),
              "words",
              e.words(),
              "at",
              e.at() == null ? null : told.time(e.at()));
      case Declined e -> Told.some("reason", e.reason());
      case Objected e -> Told.some("agency", e.agency(), "reason", e.reason());
      case LeadNamed e -> Told.some("agency", e.agency());
      case AgencyInvited e -> Told.some("agency", e.agency());
      case AgencyReleased e -> Told.some("agency", e.agency(), "reason", e.reason());
      case Closed e -> Told.some("outcome", e.outcome(), "summary", e.summary());
      case Reopened e -> Told.some("reason", e.reason());
      case NoteOpened e ->
          Told.some(
              "id",
              e.id(),
              "title",
              e.title(),
              "audience",
              e.audience(),
              "agency",
              e.agency(),
              "readers",
              e.readers().isEmpty() ? null : e.readers());
      case SessionBooked e ->
          Told.some(
              "id",
              e.id(),
              "case",
              e.about(),
              "kind",
              e.kind(),
              "from",
              at(e.from(), e.zone()),
              "to",
              at(e.to(), e.zone()),
              "hall",
              e.hall(),
              "mediators",
              e.mediators(),
              "officers",
              e.officers(),
              "agencies",
              e.agencies(),
              "parties",
              e.parties());
      case SessionMoved e ->
          Told.some(
              "id",
              e.id(),
              "from",
              at(e.from(), e.zone()),
              "to",
              at(e.to(), e.zone()),
              "hall",
              e.hall());
      case SessionCancelled e -> Told.some("id", e.id(), "reason", e.reason());
      case SessionHeld e -> Told.some("id", e.id(), "attended", e.attended());
      case ErasureProposed e -> Told.some("id", e.id(), "party", e.party(), "reason", e.reason());
      case ErasureRefused e -> Told.some("id", e.id(), "reason", e.reason());
      case Erased e -> Told.some("party", e.party(), "reason", e.reason());
      case Event _ -> Map.of();
    };
  }

  private static String at(LocalDateTime wall, String zone) {
    return Told.wall(wall, ZoneId.of(zone));
  }
}
