package org.onedoor.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Heads among rows: each case has one row, in order, and each head the row before its first. */
class DueGroupsTest {
  private static String drawn(DueGroups groups, int cases) {
    var drawn = new StringBuilder();
    IntStream.range(0, cases + groups.heads())
        .forEach(row -> {
          var head = groups.at(row);
          drawn.append(
              head == null ? " " + groups.before(row) : " " + head.when() + ":" + head.cases());
        });
    return drawn.toString().strip();
  }

  @Test
  void each_group_begins_with_its_head() {
    assertThat(drawn(DueGroups.of(1, 2, 5, 5), 5)).isEqualTo("late:1 0 week:2 1 2 later:2 3 4");
    assertThat(drawn(DueGroups.of(0, 2, 3, 3), 3)).isEqualTo("week:2 0 1 later:1 2");
    assertThat(drawn(DueGroups.of(2, 0, 2, 2), 2)).isEqualTo("late:2 0 1");
  }

  @Test
  void a_list_of_which_nothing_is_due_soon_has_no_heads() {
    assertThat(drawn(DueGroups.of(0, 0, 3, 3), 3)).isEqualTo("0 1 2");
    assertThat(drawn(DueGroups.of(0, 0, 0, 0), 0)).isEmpty();
  }

  @Test
  void a_group_that_cannot_be_reached_has_no_head() {
    assertThat(drawn(DueGroups.of(4, 2, 9, 3), 3)).isEqualTo("late:4 0 1 2");
    assertThat(drawn(DueGroups.of(2, 4, 9, 3), 3)).isEqualTo("late:2 0 1 week:4 2");
  }

  @Test
  void beyond_the_last_row_all_cases_are_before() {
    assertThat(DueGroups.of(1, 2, 5, 5).before(8)).isEqualTo(5);
  }
}
