package org.onedoor.desk;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.onedoor.look.Reading;
import org.onedoor.people.Officer;
import org.onedoor.search.CaseLine;
import org.onedoor.search.CaseList;
import org.onedoor.search.CaseQuery;

/**
 * The rows of one list on one screen, asked of the index in the background: a grid is given what is
 * here, and a blank row for what is not here yet. Of a new question the old rows stay until the
 * answer comes. In order of what is due first, some rows are heads.
 */
final class CaseRows {
  /** Rows read beyond those a grid asks for, on either side. */
  private static final int AROUND = 120;

  private final Officer who;
  private final CaseList cases;
  private final Consumer<Answer> changed;
  private final Reading reading = new Reading();
  private CaseQuery query = CaseQuery.ALL;
  private CaseList.Part here = new CaseList.Part(0, List.of(), 0);
  private DueGroups groups = DueGroups.NONE;
  private int from;
  private int limit;

  /** A place in the list, and the case that stands there if it is known, or the head. */
  record Row(int place, @Nullable CaseLine line, DueGroups.@Nullable Group head) {}

  /**
   * Rows that came, with what is said above them: read together, or a late answer to an old
   * question would be said of a new one.
   *
   * @param due null in a list that is itself of some due dates
   */
  record Answer(CaseList.Part part, @Nullable Due due, DueGroups groups) {}

  /** How many of a list's cases are due within a week, and past due. */
  record Due(int week, int late) {}

  /**
   * @param changed called when rows came that were not here before
   */
  CaseRows(Officer who, CaseList cases, Consumer<Answer> changed) {
    this.who = who;
    this.cases = cases;
    this.changed = changed;
  }

  void ask(CaseQuery query) {
    this.query = query;
    read();
  }

  /** Reads the same rows anew. */
  void read() {
    var asked = query;
    var first = Math.max(0, from - AROUND);
    var most = from + limit + AROUND - first;
    reading.ask(() -> answer(asked, first, most), this::take);
  }

  private Answer answer(CaseQuery asked, int first, int most) {
    var part = cases.part(who, asked, first, most);
    var due = due(asked);
    var groups =
        due != null && asked.open() && asked.soonestFirst()
            ? DueGroups.of(due.late(), due.week(), part.all(), shown(part))
            : DueGroups.NONE;
    return new Answer(part, due, groups);
  }

  private @Nullable Due due(CaseQuery asked) {
    return asked.due() != null
        ? null
        : new Due(cases.count(who, asked.due("week")), cases.count(who, asked.due("late")));
  }

  private void take(Answer answer) {
    here = answer.part();
    groups = answer.groups();
    changed.accept(answer);
  }

  int size() {
    return shown(here) + groups.heads();
  }

  private static int shown(CaseList.Part part) {
    return Math.min(part.all(), CaseList.MOST);
  }

  /** What a grid wants to show. */
  Stream<Row> rows(int offset, int many) {
    var end = Math.min(offset + many, size());
    from = groups.before(offset);
    limit = groups.before(end) - from;
    if (from < here.from() || from + limit > here.from() + here.lines().size()) read();
    return IntStream.range(offset, end).mapToObj(this::row);
  }

  private Row row(int place) {
    var head = groups.at(place);
    var n = groups.before(place) - here.from();
    var known = head == null && n >= 0 && n < here.lines().size();
    return new Row(place, known ? here.lines().get(n) : null, head);
  }
}
