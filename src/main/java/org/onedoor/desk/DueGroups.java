package org.onedoor.desk;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where heads stand among the rows of a list in order of what is due first. */
record DueGroups(List<Group> groups) {
  static final DueGroups NONE = new DueGroups(List.of());

  /**
   * Cases under one head.
   *
   * @param when late, week or later
   * @param from the place of the first of them among all cases, counted from 0
   */
  record Group(String when, int from, int cases) {}

  /**
   * A list of which nothing is due soon stays in one piece.
   *
   * @param shown how many of all can be reached; a group that begins beyond has no head
   */
  static DueGroups of(int late, int week, int all, int shown) {
    if (late + week == 0) return NONE;
    var soon = late + week;
    return new DueGroups(
        Stream.of(
                new Group("late", 0, late),
                new Group("week", late, week),
                new Group("later", soon, all - soon))
            .filter(g -> g.cases() > 0 && g.from() < shown)
            .toList());
  }

  int heads() {
    return groups.size();
  }

  /** The group whose head this row is. */
  @Nullable Group at(int row) {
    for (var i = 0; i < groups.size(); i++)
      if (groups.get(i).from() + i == row) return groups.get(i);
    return null;
  }

  /** How many cases stand before a row. */
  int before(int row) {
    var heads = 0;
    while (heads < groups.size() && groups.get(heads).from() + heads < row) heads++;
    return row - heads;
  }
}
