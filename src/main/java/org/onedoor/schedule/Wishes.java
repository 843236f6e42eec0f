package org.onedoor.schedule;

import static org.onedoor.people.Refused.Code.BAD_INPUT;
import static org.onedoor.people.Role.MEDIATOR;

import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Event.Corrected;
import org.onedoor.event.Event.PartyAdded;
import org.onedoor.event.Event.Registered;
import org.onedoor.event.Party;
import org.onedoor.log.Hub;
import org.onedoor.log.Which;
import org.onedoor.people.Directory;
import org.onedoor.people.People;
import org.onedoor.people.Refused;
import org.onedoor.people.Secret;

/** What is asked of a session, checked before anything else is looked at. */
final class Wishes {
  /** How far from today anything in the calendar may lie. */
  static final int YEARS = 10;

  private static final Duration SHORTEST = Duration.ofMinutes(5);
  private static final Duration LONGEST = Duration.ofHours(24);

  private final Hub hub;
  private final People people;
  private final InstantSource clock;

  Wishes(Hub hub, People people, InstantSource clock) {
    this.hub = hub;
    this.people = people;
    this.clock = clock;
  }

  /** The session somebody wants to book, if it can be one at all. */
  Session session(Booking b, String caseId) {
    if (b.kind() == null || !Sessions.KINDS.contains(b.kind()))
      throw new Refused(
              BAD_INPUT,
              "schedule.badKind",
              String.join(", ", Sessions.KINDS.stream().sorted().toList()))
          .at("kind");
    var span = span(b.from(), b.to());
    var mediators = known("mediators", b.mediators());
    for (var m : mediators)
      if (!people.officer(m).orElseThrow().is(MEDIATOR))
        throw new Refused(BAD_INPUT, "schedule.noMediator", m).at("mediators");
    for (var a : b.agencies())
      if (people.directory().agency(a).isEmpty())
        throw new Refused(BAD_INPUT, "schedule.unknownAgency", a).at("agencies");
    var parties = parties(caseId);
    for (var p : b.parties())
      if (!parties.containsKey(p))
        throw new Refused(BAD_INPUT, "schedule.unknownParty", p).at("parties");
    for (var m : mediators) mustBeImpartial(m, parties.values());
    return new Session(
        Secret.random(12),
        caseId,
        b.kind(),
        span.from(),
        span.to(),
        people.zone(),
        hall(b.hall()),
        mediators,
        known("officers", b.officers()),
        distinct("agencies", b.agencies()),
        distinct("parties", b.parties()),
        "booked");
  }

  String hall(@Nullable String hall) {
    return mustBeOpen(hall, people.directory());
  }

  /** A hall that can be booked, or the refusal at {@code hall}. */
  static String mustBeOpen(@Nullable String hall, Directory directory) {
    if (hall == null || !directory.opens(hall))
      throw new Refused(BAD_INPUT, "schedule.unknownHall", hall == null ? "" : hall).at("hall");
    return hall;
  }

  private List<String> known(String field, List<String> officers) {
    for (var o : officers)
      if (people.active(o).isEmpty())
        throw new Refused(BAD_INPUT, "schedule.unknownPerson", o).at(field);
    return distinct(field, officers);
  }

  static List<String> distinct(String field, List<String> ids) {
    if (ids.size() > Sessions.MOST_PEOPLE)
      throw new Refused(BAD_INPUT, "schedule.tooMany", Sessions.MOST_PEOPLE).at(field);
    return ids.stream().distinct().toList();
  }

  /** Nobody mediates between people of whom they said that they stand too near. */
  private void mustBeImpartial(String mediator, Collection<String> parties) {
    var account = people.directory().accounts().get(mediator);
    if (account == null) return;
    for (var near : account.abilities().conflicts())
      for (var party : parties)
        if (party.toLowerCase(Locale.ROOT).contains(near.toLowerCase(Locale.ROOT)))
          throw new Refused(BAD_INPUT, "schedule.tooNear", account.name(), near).at("mediators");
  }

  /** The names of a case's parties by their ids; of one that was forgotten an empty one. */
  private Map<String, String> parties(String caseId) {
    var names = new HashMap<String, String>();
    try (var entries =
        hub.read(Which.about(caseId).only("registered", "party_added", "corrected"), 0)) {
      entries.forEach(e -> {
        if (e.event() instanceof Registered r) r.parties().forEach(p -> put(names, p));
        if (e.event() instanceof PartyAdded p) put(names, p.party());
        if (e.event() instanceof Corrected c && c.field().equals("name") && c.is() != null)
          names.replace(c.party(), c.is());
      });
    }
    return names;
  }

  private static void put(Map<String, String> names, Party party) {
    names.put(party.id(), party.person() == null ? "" : party.person().name());
  }

  /** From when to when, checked. */
  record Span(LocalDateTime from, LocalDateTime to) {}

  Span span(@Nullable LocalDateTime from, @Nullable LocalDateTime to) {
    if (from == null) throw new Refused(BAD_INPUT, "people.missing", "from").at("from");
    if (to == null) throw new Refused(BAD_INPUT, "people.missing", "to").at("to");
    var lasts = Duration.between(from, to);
    if (lasts.compareTo(SHORTEST) < 0 || lasts.compareTo(LONGEST) > 0)
      throw new Refused(BAD_INPUT, "schedule.badLength").at("to");
    var today = LocalDateTime.ofInstant(clock.instant(), people.zone());
    if (from.isBefore(today.minusYears(YEARS)) || to.isAfter(today.plusYears(YEARS)))
      throw new Refused(BAD_INPUT, "schedule.tooFar", YEARS).at("from");
    return new Span(from, to);
  }
}
