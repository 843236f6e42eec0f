package org.onedoor.schedule;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Event.AgencyAdded;
import org.onedoor.people.Officer;
import org.onedoor.people.People;

/** The sessions of a week as somebody may see them, in order of time. */
record Week(LocalDate monday, List<Booked> all) {
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
    return new Week(monday, all);
  }

  private static @Nullable AgencyAdded lead(Sessions.Slot slot, People people) {
    var lead = people.access(slot.session().caseId()).lead();
    return people.directory().agency(lead).orElse(null);
  }

  /** Its days; a Saturday or Sunday only if something is on it. */
  List<LocalDate> days() {
    return monday
        .datesUntil(monday.plusDays(7))
        .filter(d -> d.getDayOfWeek().getValue() < 6 || all.stream().anyMatch(b -> b.on(d)))
        .toList();
  }
}
