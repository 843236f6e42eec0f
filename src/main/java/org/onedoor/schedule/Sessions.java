package org.onedoor.schedule;

import static org.onedoor.people.Refused.Code.BAD_INPUT;
import static org.onedoor.people.Refused.Code.NOT_ALLOWED;
import static org.onedoor.people.Refused.Code.NOT_FOUND;
import static org.onedoor.people.Refused.Code.NOT_NOW;
import static org.onedoor.people.Role.COORDINATOR;
import static org.onedoor.people.Role.MEDIATOR;

import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.onedoor.event.Event;
import org.onedoor.event.Event.SessionBooked;
import org.onedoor.event.Event.SessionCancelled;
import org.onedoor.event.Event.SessionHeld;
import org.onedoor.event.Event.SessionMoved;
import org.onedoor.log.Fact;
import org.onedoor.log.Hub;
import org.onedoor.log.Which;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Refused;
import org.onedoor.people.Text;
import org.onedoor.people.Thing;
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

  private final Hub hub;
  private final People people;
  private final InstantSource clock;
  private final Calendar calendar = new Calendar();
  private final Wishes wishes;
  private final InTheWay inTheWay;

  public Sessions(Hub hub, People people, InstantSource clock) {
    this.hub = hub;
    this.people = people;
    this.clock = clock;
    wishes = new Wishes(hub, people, clock);
    inTheWay = new InTheWay(people, calendar);
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

  /** Who books, moves and cancels sessions at all. */
  public static boolean may(Officer who) {
    return who.is(COORDINATOR);
  }

  /** Who says that a session took place: also a mediator of it. */
  public static boolean mayHold(Officer who, Session session) {
    return may(who) || (who.is(MEDIATOR) && session.mediators().contains(who.id()));
  }

  public Entry book(Officer who, Booking b, @Nullable String once) {
    var caseId = b.caseId();
    if (caseId == null || !people.maySee(who, new Thing.Facts(caseId)))
      throw new Refused(
              caseId == null ? BAD_INPUT : NOT_FOUND,
              caseId == null ? "people.missing" : "people.notFound",
              "case")
          .at("case");
    if (!may(who)) throw new Refused(NOT_ALLOWED, "schedule.notAllowed");
    var wanted = wishes.session(b, caseId);
    return settle(
        who,
        caseId,
        once,
        () -> {
          inTheWay.mustBeNothing(who, wanted);
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
    var span = wishes.span(from, to);
    var where = hall == null ? was.hall() : wishes.hall(hall);
    return settle(
        who,
        was.caseId(),
        once,
        () -> {
          var moved = booked(who, id).at(span.from(), span.to(), where);
          inTheWay.mustBeNothing(who, moved);
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

  /** It took place, and who came. */
  public Entry held(Officer who, String id, List<String> attended, @Nullable String once) {
    Wishes.distinct("attended", attended);
    var was = seen(who, id);
    if (!mayHold(who, was)) throw new Refused(NOT_ALLOWED, "schedule.notAllowed");
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
    if (!may(who)) throw new Refused(NOT_ALLOWED, "schedule.notAllowed");
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
