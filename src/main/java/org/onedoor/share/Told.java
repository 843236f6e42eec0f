package org.onedoor.share;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.onedoor.event.Event;
import org.onedoor.event.Event.*;
import org.onedoor.event.Party;
import org.onedoor.event.Payload;
import org.onedoor.people.Access.NoteHead;
import org.onedoor.people.Masked;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Thing;
import org.onedoor.room.CaseRoom;
import org.onedoor.room.Due;
import org.onedoor.room.Reveals;
import org.onedoor.room.Timeline;
import org.onedoor.schedule.Session;
import org.onedoor.search.CaseLine;
import org.springframework.stereotype.Component;

/** Things as the public contract writes them. */
@Component
final class Told {
  /** With seconds, which some readers of RFC 3339 want. */
  private static final DateTimeFormatter OFFSET = DateTimeFormatter.ISO_OFFSET_DATE_TIME;

  private final People people;
  private final Timeline timeline;
  private final Reveals reveals;
  private final InstantSource clock;

  Told(People people, Timeline timeline, Reveals reveals, InstantSource clock) {
    this.people = people;
    this.timeline = timeline;
    this.reveals = reveals;
    this.clock = clock;
  }

  /** A map that leaves out what is null. */
  private static Map<String, Object> some(@Nullable Object... pairs) {
    var map = new LinkedHashMap<String, Object>();
    for (var i = 0; i < pairs.length; i += 2) {
      var value = pairs[i + 1];
      if (value != null) map.put((String) Objects.requireNonNull(pairs[i]), value);
    }
    return map;
  }

  /** A map in which null stands as null. */
  private static Map<String, @Nullable Object> all(@Nullable Object... pairs) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    for (var i = 0; i < pairs.length; i += 2)
      map.put((String) Objects.requireNonNull(pairs[i]), pairs[i + 1]);
    return map;
  }

  String time(Instant at) {
    return OFFSET.format(at.atZone(zone()).truncatedTo(ChronoUnit.MILLIS));
  }

  private ZoneId zone() {
    return people.zone();
  }

  Map<String, @Nullable Object> aCase(Officer who, CaseRoom room) {
    var open =
        room.parties().stream().anyMatch(Reveals::any) && reveals.open(who, room.id(), "rest");
    return aCase(room, open, note -> people.maySee(who, new Thing.Note(room.id(), note.id())));
  }

  /**
   * A case.
   *
   * @param open whether the parties' particulars are shown
   */
  Map<String, @Nullable Object> aCase(CaseRoom room, boolean open, Predicate<NoteHead> seen) {
    var notes = new ArrayList<Map<String, Object>>();
    for (var n : people.access(room.id()).notes().values())
      if (seen.test(n)) notes.add(some("id", n.id(), "title", n.title(), "audience", n.audience()));
    return all(
        "id", room.id(),
        "number", room.id(),
        "title", room.title(),
        "words", room.words(),
        "status", room.status(),
        "kind", room.kind(),
        "channel", room.channel(),
        "registeredAt", time(room.registeredAt()),
        "lead", room.lead(),
        "assisting", List.copyOf(room.assisting()),
        "parties", room.parties().stream().map(p -> party(p, open)).toList(),
        "needs", room.needs(),
        "due", due(Due.of(room, zone())),
        "notes", notes,
        "externalNumber", room.externalNumber());
  }

  static Map<String, Object> party(Party p, boolean open) {
    var known = p.person();
    var person = known == null || open ? known : Masked.of(known);
    return some(
        "id", p.id(),
        "name", person == null ? "" : person.name(),
        "role", p.role(),
        "type", p.type(),
        "contact", person == null ? null : person.contact(),
        "phone", person == null ? null : person.phone(),
        "idNumber", person == null ? null : person.idNumber(),
        "address", person == null ? null : person.address());
  }

  private @Nullable Map<String, Object> due(@Nullable Due due) {
    return due == null
        ? null
        : some("what", due.what(), "on", due.on().toString(), "late", due.late(today()));
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), zone());
  }

  Map<String, @Nullable Object> line(CaseLine l) {
    return all(
        "id", l.id(),
        "number", l.id(),
        "title", l.title(),
        "status", l.status(),
        "kind", l.kind(),
        "channel", l.channel(),
        "registeredAt", time(l.registeredAt()),
        "lead", l.lead(),
        "assisting", l.assisting(),
        "externalNumber", l.externalNumber(),
        "due",
            l.dueOn() == null
                ? null
                : some(
                    "what",
                    l.dueWhat(),
                    "on",
                    l.dueOn().toString(),
                    "late",
                    l.dueOn().isBefore(today())));
  }

  Map<String, Object> session(Session s) {
    return some(
        "id", s.id(),
        "case", s.caseId(),
        "kind", s.kind(),
        "from", wall(s.from(), s.zone()),
        "to", wall(s.to(), s.zone()),
        "hall", s.hall(),
        "mediators", s.mediators(),
        "officers", s.officers(),
        "agencies", s.agencies(),
        "parties", s.parties(),
        "state", s.state());
  }

  /** A session one may not see: only when and where. */
  Map<String, Object> taken(Session s) {
    return some(
        "from",
        wall(s.from(), s.zone()),
        "to",
        wall(s.to(), s.zone()),
        "hall",
        s.hall(),
        "state",
        "taken");
  }

  private static String wall(LocalDateTime at, ZoneId zone) {
    return OFFSET.format(at.atZone(zone));
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
    var told = beginning(e, locale);
    told.put("case", Objects.requireNonNull(e.about()));
    return told;
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
    var told = beginning(e, locale);
    told.put("text", timeline.say(e, locale));
    told.put("data", data(e, open));
    return told;
  }

  private Map<String, Object> beginning(Entry e, Locale locale) {
    var by =
        some(
            "id", e.by(),
            "name", timeline.person(e.by(), locale),
            "agency", people.officer(e.by()).map(Officer::agency).orElse(null));
    return some(
        "position", e.position(),
        "at", time(Timeline.at(e)),
        "by", by,
        "type", Payload.name(e.event()));
  }

  private Map<String, Object> data(Entry entry, boolean open) {
    return switch (entry.event()) {
      case Registered e ->
          some(
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
              e.parties().stream().map(p -> party(p, open)).toList(),
              "needs",
              e.needs(),
              "externalNumber",
              e.externalNumber(),
              "externalSource",
              e.externalSource());
      case Corrected e ->
          some(
              "field",
              e.party() == null ? e.field() : "parties." + e.party() + "." + e.field(),
              "was",
              open ? e.was() : Masked.field(e.field(), e.was()),
              "is",
              open ? e.is() : Masked.field(e.field(), e.is()),
              "reason",
              e.reason());
      case PartyAdded e -> party(e.party(), open);
      case Contact e ->
          some(
              "id",
              e.id(),
              "channel",
              e.channel(),
              "words",
              e.words(),
              "at",
              e.at() == null ? null : time(e.at()));
      case Declined e -> some("reason", e.reason());
      case Objected e -> some("agency", e.agency(), "reason", e.reason());
      case LeadNamed e -> some("agency", e.agency());
      case AgencyInvited e -> some("agency", e.agency());
      case AgencyReleased e -> some("agency", e.agency(), "reason", e.reason());
      case Closed e -> some("outcome", e.outcome(), "summary", e.summary());
      case Reopened e -> some("reason", e.reason());
      case NoteOpened e ->
          some(
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
          some(
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
          some(
              "id",
              e.id(),
              "from",
              at(e.from(), e.zone()),
              "to",
              at(e.to(), e.zone()),
              "hall",
              e.hall());
      case SessionCancelled e -> some("id", e.id(), "reason", e.reason());
      case SessionHeld e -> some("id", e.id(), "attended", e.attended());
      case ErasureProposed e -> some("id", e.id(), "party", e.party(), "reason", e.reason());
      case ErasureRefused e -> some("id", e.id(), "reason", e.reason());
      case Erased e -> some("party", e.party(), "reason", e.reason());
      case Event _ -> Map.of();
    };
  }

  private static String at(LocalDateTime wall, String zone) {
    return wall(wall, ZoneId.of(zone));
  }

  /** A time of a request, which may carry any offset, in the centre's wall time. */
  @Nullable LocalDateTime wall(@Nullable OffsetDateTime at) {
    return at == null ? null : at.atZoneSameInstant(zone()).toLocalDateTime();
  }
}
