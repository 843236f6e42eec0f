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
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Event.*;
import org.onedoor.event.Party;
import org.onedoor.people.Access.NoteHead;
import org.onedoor.people.Masked;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Thing;
import org.onedoor.room.CaseRoom;
import org.onedoor.room.Due;
import org.onedoor.room.Reveals;
import org.onedoor.schedule.Session;
import org.onedoor.search.CaseLine;
import org.springframework.stereotype.Component;

/** Things as the public contract writes them. */
@Component
final class Told {
  /** With seconds, which some readers of RFC 3339 want. */
  private static final DateTimeFormatter OFFSET = DateTimeFormatter.ISO_OFFSET_DATE_TIME;

  private final People people;
  private final Reveals reveals;
  private final InstantSource clock;

  Told(People people, Reveals reveals, InstantSource clock) {
    this.people = people;
    this.reveals = reveals;
    this.clock = clock;
  }

  /** A map that leaves out what is null. */
  static Map<String, Object> some(@Nullable Object... pairs) {
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

  static String wall(LocalDateTime at, ZoneId zone) {
    return OFFSET.format(at.atZone(zone));
  }

  /** A time of a request, which may carry any offset, in the centre's wall time. */
  @Nullable LocalDateTime wall(@Nullable OffsetDateTime at) {
    return at == null ? null : at.atZoneSameInstant(zone()).toLocalDateTime();
  }
}
