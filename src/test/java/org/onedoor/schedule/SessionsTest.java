package org.onedoor.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.onedoor.event.Label;
import org.onedoor.people.Officer;
import org.onedoor.people.Role;

/** Who says that a session took place; the button asks the same. */
class SessionsTest {
  private static Officer officer(String id, Role... roles) {
    return new Officer(id, new Label(id, id), "centre", Set.of(roles), Set.of("centre"));
  }

  private static boolean mayHold(Officer who) {
    var from = LocalDateTime.of(2026, 12, 1, 9, 0);
    var session =
        new Session(
            "s1",
            "2026-0001",
            "joint",
            from,
            from.plusHours(1),
            ZoneId.of("Asia/Shanghai"),
            "hall",
            List.of("zhou"),
            List.of("wang"),
            List.of("labour"),
            List.of(),
            "booked");
    return Sessions.mayHold(who, session);
  }

  @Test
  void a_coordinator_and_a_mediator_of_it_say_that_it_was_held() {
    assertThat(mayHold(officer("lin", Role.COORDINATOR))).isTrue();
    assertThat(mayHold(officer("zhou", Role.MEDIATOR))).isTrue();
  }

  @Test
  void nobody_else_does_and_no_mediator_who_is_none_any_more() {
    assertThat(mayHold(officer("zhou", Role.OFFICER))).isFalse();
    assertThat(mayHold(officer("zhou"))).isFalse();
    assertThat(mayHold(officer("chen", Role.MEDIATOR))).isFalse();
    assertThat(mayHold(officer("wang", Role.OFFICER))).isFalse();
  }
}
