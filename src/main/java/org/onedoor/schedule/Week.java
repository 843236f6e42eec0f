package org.onedoor.schedule;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Event.AgencyAdded;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.schedule.Calendar.Block;

/** A week as somebody may see it, in order of time: its sessions, and when halls are blocked. */
record Week(LocalDate monday, List<Booked> all, List<Block> blocks) {
  /**
   * One of them.
   *
   * @param lead the agency that leads its case; null if there is none, or one may not know
   */
  record Booked(Session session, boolean seen, @Nullable AgencyAdded lead) {
    boolean on(LocalDate day) {
      return session.from().toLocalDate().equals(day);
    }
  }

  static Week of(LocalDate monday, Officer who, Sessions sessions, People people) {
    LocalDateTime from = monday.atStartOfDay();
    var all =
        sessions.between(who, from, from.plusWeeks(1)).stream()
            .map(slot ->
                new Booked(slot.session(), slot.seen(), slot.seen() ? lead(slot, people) : null))
            .toList();
    return new Week(monday, all, sessions.calendar().blocked(from, from.plusWeeks(1)));
  }

  private static @Nullable AgencyAdded lead(Sessions.Slot slot, People people) {
    var lead = people.access(slot.session().caseId()).lead();
    return people.directory().agency(lead).orElse(null);
  }

  /** When a hall is blocked on a day. */
  List<Block> blocked(String hall, LocalDate day) {
    return blocks.stream()
        .filter(b -> b.hall().equals(hall))
        .filter(b -> b.overlaps(day.atStartOfDay(), day.plusDays(1).atStartOfDay()))
        .toList();
  }

  long sessions(LocalDate day) {
    return all.stream().filter(b -> b.on(day)).count();
  }

  /** Its days; a Saturday or Sunday only if something is on it. */
  List<LocalDate> days() {
    return monday
        .datesUntil(monday.plusDays(7))
        .filter(d -> d.getDayOfWeek().getValue() < 6 || all.stream().anyMatch(b -> b.on(d)))
        .toList();
  }
}
