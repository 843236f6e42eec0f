package org.onedoor.schedule;

import static org.onedoor.people.Refused.Code.BAD_INPUT;
import static org.onedoor.people.Refused.Code.CONFLICT;
import static org.onedoor.people.Refused.Code.NOT_ALLOWED;
import static org.onedoor.people.Refused.Code.NOT_FOUND;
import static org.onedoor.people.Refused.Code.NOT_NOW;
import static org.onedoor.people.Role.COORDINATOR;
import static org.onedoor.people.Role.MEDIATOR;

import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.onedoor.event.Event;
import org.onedoor.event.Event.Corrected;
import org.onedoor.event.Event.PartyAdded;
import org.onedoor.event.Event.Registered;
import org.onedoor.event.Event.SessionBooked;
import org.onedoor.event.Event.SessionCancelled;
import org.onedoor.event.Event.SessionHeld;
import org.onedoor.event.Event.SessionMoved;
import org.onedoor.event.Party;
import org.onedoor.log.Fact;
import org.onedoor.log.Hub;
import org.onedoor.log.Which;
import org.onedoor.look.Times;
import org.onedoor.people.Directory;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Refused;
import org.onedoor.people.Secret;
import org.onedoor.people.Text;
import org.onedoor.people.Thing;
import org.onedoor.schedule.Calendar.Clash;
import org.springframework.stereotype.Component;

/**
 * Booking, moving, cancelling and holding sessions. The calendar is one stream, so who books on an
 * older calendar than there is has to look again: nothing is ever booked twice.
 */
@Component
public final class Sessions {
  /** What a session can be, the commonest first. */
  public static final List<String> KINDS = List.of("joint", "caucus", "consultation", "visit_back");

  /** Mediators, officers, agencies or parties of one session. */
  public static final int MOST_PEOPLE = 200;

  private static final Duration SHORTEST = Duration.ofMinutes(5);
  private static final Duration LONGEST = Duration.ofHours(24);

  /** How far from today anything in the calendar may lie. */
  static final int YEARS = 10;

  private static final DateTimeFormatter OFFSET = DateTimeFormatter.ISO_OFFSET_DATE_TIME;
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

  private final Hub hub;
  private final People people;
  private final InstantSource clock;
  private final Calendar calendar = new Calendar();

  public Sessions(Hub hub, People people, InstantSource clock) {
    this.hub = hub;
    this.people = people;
    this.clock = clock;
    hub.fold(Which.stream(Calendar.STREAM), calendar::take);
  }

  public Calendar calendar() {
    return calendar;
  }

  /** A session one may see; else there is none. */
  public Session seen(Officer who, String id) {
    return calendar
        .session(id)
        .filter(s -> people.maySee(who, new Thing.Session(s.caseId())))
        .orElseThrow(() -> new Refused(NOT_FOUND, "people.notFound"));
  }

  public Entry book(Officer who, Booking b, @Nullable String once) {
    var caseId = b.caseId();
    if (caseId == null || !people.maySee(who, new Thing.Facts(caseId)))
      throw new Refused(
              caseId == null ? BAD_INPUT : NOT_FOUND,
              caseId == null ? "people.missing" : "people.notFound",
              "case")
          .at("case");
    if (!who.is(COORDINATOR)) throw new Refused(NOT_ALLOWED, "schedule.notAllowed");
    var wanted = wanted(b, caseId);
    return settle(
        who,
        caseId,
        once,
        () -> {
          mustBeFree(who, wanted);
          return booked(wanted);
        });
  }

  public Entry move(
      Officer who,
      String id,
      @Nullable LocalDateTime from,
      @Nullable LocalDateTime to,
      @Nullable String hall,
      @Nullable String once) {
    var was = mayChange(who, id);
    var span = span(from, to);
    var where = hall == null ? was.hall() : hall(hall);
    return settle(
        who,
        was.caseId(),
        once,
        () -> {
          var moved = booked(who, id).at(span.from(), span.to(), where);
          mustBeFree(who, moved);
          return new SessionMoved(
              id, was.caseId(), span.from(), span.to(), moved.zone().getId(), where);
        });
  }

  public Entry cancel(Officer who, String id, @Nullable String reason, @Nullable String once) {
    var was = mayChange(who, id);
    var why = Text.must("reason", reason, Text.REASON);
    return settle(
        who,
        was.caseId(),
        once,
        () -> {
          booked(who, id);
          return new SessionCancelled(id, was.caseId(), why);
        });
  }

  /** It took place, and who came; also by a mediator of it. */
  public Entry held(Officer who, String id, List<String> attended, @Nullable String once) {
    distinct("attended", attended);
    var was = seen(who, id);
    if (!who.is(COORDINATOR) && !(who.is(MEDIATOR) && was.mediators().contains(who.id())))
      throw new Refused(NOT_ALLOWED, "schedule.notAllowed");
    for (var one : attended)
      if (people.officer(one).isEmpty() && !was.parties().contains(one))
        throw new Refused(BAD_INPUT, "schedule.unknownPerson", one).at("attended");
    return settle(
        who,
        was.caseId(),
        once,
        () -> {
          var now = booked(who, id);
          if (clock.instant().isBefore(now.start()))
            throw new Refused(NOT_NOW, "schedule.notBegun");
          return new SessionHeld(id, was.caseId(), List.copyOf(attended));
        });
  }

  /** A session of the calendar as somebody sees it; without the right it is only taken. */
  public record Slot(Session session, boolean seen) {}

  /** Sessions not cancelled that take place at any time between. */
  public List<Slot> between(Officer who, LocalDateTime from, LocalDateTime to) {
    return all(who, from, to).stream()
        .filter(s -> !s.session().state().equals("cancelled"))
        .toList();
  }

  /** Sessions at any time between; of those one may not see none that are cancelled. */
  public List<Slot> all(Officer who, LocalDateTime from, LocalDateTime to) {
    return calendar.between(from, to).stream()
        .map(s -> new Slot(s, people.maySee(who, new Thing.Session(s.caseId()))))
        .filter(s -> s.seen() || !s.session().state().equals("cancelled"))
        .toList();
  }

  private Session mayChange(Officer who, String id) {
    var session = seen(who, id);
    if (!who.is(COORDINATOR)) throw new Refused(NOT_ALLOWED, "schedule.notAllowed");
    return session;
  }

  private Session booked(Officer who, String id) {
    var session = seen(who, id);
    if (!session.state().equals("booked"))
      throw new Refused(NOT_NOW, "schedule." + session.state() + "Already");
    return session;
  }

  /** Appends what a rule says of an open case; calendar and case must stand still meanwhile. */
  private Entry settle(Officer who, String caseId, @Nullable String once, Supplier<Event> rule) {
    return hub.settle(
        once,
        () -> {
          var version = calendar.version();
          var inCase = people.version(caseId);
          if (!people.access(caseId).open()) throw new Refused(NOT_NOW, "schedule.caseClosed");
          return new Fact(Calendar.STREAM, version, rule.get(), who.id(), once)
              .given("case/" + caseId, inCase);
        });
  }

  private Session wanted(Booking b, String caseId) {
    if (b.kind() == null || !KINDS.contains(b.kind()))
      throw new Refused(
              BAD_INPUT, "schedule.badKind", String.join(", ", KINDS.stream().sorted().toList()))
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
        zone(),
        hall(b.hall()),
        mediators,
        known("officers", b.officers()),
        distinct("agencies", b.agencies()),
        distinct("parties", b.parties()),
        "booked");
  }

  private ZoneId zone() {
    return people.zone();
  }

  private String hall(@Nullable String hall) {
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

  private static List<String> distinct(String field, List<String> ids) {
    if (ids.size() > MOST_PEOPLE)
      throw new Refused(BAD_INPUT, "schedule.tooMany", MOST_PEOPLE).at(field);
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
  private record Span(LocalDateTime from, LocalDateTime to) {}

  private Span span(@Nullable LocalDateTime from, @Nullable LocalDateTime to) {
    if (from == null) throw new Refused(BAD_INPUT, "people.missing", "from").at("from");
    if (to == null) throw new Refused(BAD_INPUT, "people.missing", "to").at("to");
    var lasts = Duration.between(from, to);
    if (lasts.compareTo(SHORTEST) < 0 || lasts.compareTo(LONGEST) > 0)
      throw new Refused(BAD_INPUT, "schedule.badLength").at("to");
    var today = LocalDateTime.ofInstant(clock.instant(), zone());
    if (from.isBefore(today.minusYears(YEARS)) || to.isAfter(today.plusYears(YEARS)))
      throw new Refused(BAD_INPUT, "schedule.tooFar", YEARS).at("from");
    return new Span(from, to);
  }

  /** Refuses with what is in the way; what one may not see is named only as taken. */
  private void mustBeFree(Officer who, Session wanted) {
    var clashes = calendar.clashes(wanted);
    if (clashes.isEmpty()) return;
    var first = clashes.getFirst();
    var session = first.session();
    var until = (sameDay(first, wanted) ? CLOCK : Times.MINUTE).format(first.to());
    throw (session == null
            ? new Refused(
                CONFLICT, "schedule.blocked", name(first), until, String.valueOf(first.reason()))
            : people.maySee(who, new Thing.Session(session.caseId()))
                ? new Refused(CONFLICT, "schedule.takenBy", name(first), until, session.caseId())
                : new Refused(CONFLICT, "schedule.taken", name(first), until))
        .at(
            first.what().equals("hall")
                ? "hall"
                : first.what().equals("party") ? "parties" : first.what() + "s")
        .with("conflicts", clashes.stream().map(c -> conflict(who, c)).toList());
  }

  private static boolean sameDay(Clash clash, Session wanted) {
    return clash.to().toLocalDate().equals(wanted.to().toLocalDate());
  }

  private Map<String, Object> conflict(Officer who, Clash clash) {
    var said = new LinkedHashMap<String, Object>();
    said.put("what", clash.what());
    said.put("id", clash.id());
    said.put("from", OFFSET.format(clash.from().atZone(clash.zone())));
    said.put("to", OFFSET.format(clash.to().atZone(clash.zone())));
    var session = clash.session();
    if (session != null && people.maySee(who, new Thing.Session(session.caseId())))
      said.put("session", session.id());
    return said;
  }

  private Object name(Clash clash) {
    var directory = people.directory();
    return switch (clash.what()) {
      case "hall" -> Objects.requireNonNull(directory.halls().get(clash.id())).name();
      case "party" -> clash.id();
      default -> directory.officer(clash.id()).orElseThrow().name();
    };
  }

  private static Event booked(Session s) {
    return new SessionBooked(
        s.id(),
        s.caseId(),
        s.kind(),
        s.from(),
        s.to(),
        s.zone().getId(),
        s.hall(),
        s.mediators(),
        s.officers(),
        s.agencies(),
        s.parties());
  }

  /** Halls that are free then, the smallest first. */
  public List<String> freeHalls(LocalDateTime from, LocalDateTime to, @Nullable String except) {
    var taken = new HashSet<String>();
    for (var s : calendar.between(from, to))
      if (!s.state().equals("cancelled") && !s.id().equals(except)) taken.add(s.hall());
    calendar.blocked(from, to).forEach(b -> taken.add(b.hall()));
    var halls = new ArrayList<>(people.directory().openHalls());
    halls.removeIf(h -> taken.contains(h.id()));
    halls.sort(Comparator.comparingInt(Event.HallAdded::seats));
    return halls.stream().map(Event.HallAdded::id).toList();
  }
}
