package org.onedoor.schedule;

import static org.onedoor.people.Refused.Code.BAD_INPUT;
import static org.onedoor.people.Refused.Code.CONFLICT;
import static org.onedoor.people.Refused.Code.NOT_ALLOWED;
import static org.onedoor.people.Refused.Code.NOT_FOUND;
import static org.onedoor.people.Role.ADMIN;
import static org.onedoor.people.Role.COORDINATOR;

import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.onedoor.event.Event.HallBlocked;
import org.onedoor.event.Event.HallUnblocked;
import org.onedoor.log.Fact;
import org.onedoor.log.Hub;
import org.onedoor.look.Times;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Refused;
import org.onedoor.people.Secret;
import org.onedoor.people.Text;
import org.onedoor.schedule.Calendar.Block;
import org.springframework.stereotype.Component;

/**
 * Times in which a hall cannot be booked. They stand in the calendar's stream, so nobody books into
 * one that is just being made, nor is one made over what is just being booked.
 */
@Component
public final class Blocks {
  private final Hub hub;
  private final People people;
  private final Calendar calendar;
  private final InstantSource clock;

  public Blocks(Hub hub, People people, Sessions sessions, InstantSource clock) {
    this.hub = hub;
    this.people = people;
    calendar = sessions.calendar();
    this.clock = clock;
  }

  /** Blocks of a hall that are not over yet, in order of time. */
  public List<Block> of(String hall) {
    var now = now();
    return calendar.blocked(now, now.plusYears(Wishes.YEARS)).stream()
        .filter(b -> b.hall().equals(hall))
        .toList();
  }

  private LocalDateTime now() {
    return LocalDateTime.ofInstant(clock.instant(), people.zone());
  }

  /**
   * Keeps a hall from being booked.
   *
   * @throws Refused CONFLICT if a session is booked there meanwhile: that is moved first
   */
  public Entry block(
      Officer who,
      String hall,
      @Nullable LocalDateTime from,
      @Nullable LocalDateTime to,
      @Nullable String reason) {
    mustBeAllowed(who);
    var why = Text.line("reason", reason, Text.NAME);
    Wishes.mustBeOpen(hall, people.directory());
    if (from == null) throw new Refused(BAD_INPUT, "people.missing", "from").at("from");
    if (to == null || !to.isAfter(from) || to.isAfter(now().plusYears(Wishes.YEARS)))
      throw new Refused(BAD_INPUT, "schedule.badBlock", Wishes.YEARS).at("to");
    return hub.settle(() -> {
      var version = calendar.version();
      for (var s : calendar.between(from, to))
        if (s.hall().equals(hall) && !s.state().equals("cancelled"))
          throw new Refused(CONFLICT, "schedule.blockOverSession", Times.MINUTE.format(s.from()))
              .at("from");
      var event = new HallBlocked(Secret.random(12), hall, from, to, people.zone().getId(), why);
      return new Fact(Calendar.STREAM, version, event, who.id());
    });
  }

  /** Lets it be booked again. */
  public Entry unblock(Officer who, String id) {
    mustBeAllowed(who);
    return hub.settle(() -> {
      var version = calendar.version();
      if (calendar.block(id).isEmpty()) throw new Refused(NOT_FOUND, "people.notFound");
      return new Fact(Calendar.STREAM, version, new HallUnblocked(id), who.id());
    });
  }

  private static void mustBeAllowed(Officer who) {
    if (!who.is(ADMIN) && !who.is(COORDINATOR))
      throw new Refused(NOT_ALLOWED, "schedule.mayNotBlock");
  }
}
