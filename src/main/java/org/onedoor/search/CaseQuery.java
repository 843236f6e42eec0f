package org.onedoor.search;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which cases a list shows; null leaves a filter out.
 *
 * @param status registered, accepted, declined, closed, or {@code open} for the first two
 * @param agency leads or assists
 * @param lead leads
 * @param due late, week (within seven days, not late) or a day
 * @param dueWhat accept or handle
 * @param unassigned only cases without a lead
 * @param newTo came to this agency within the last seven days
 * @param words as in the search box
 * @param sort number, registered, due, title or changed
 */
public record CaseQuery(
    @Nullable String status,
    @Nullable String agency,
    @Nullable String lead,
    @Nullable String due,
    @Nullable String dueWhat,
    boolean unassigned,
    @Nullable String newTo,
    @Nullable String words,
    String sort,
    boolean descending) {

  /** The statuses of a case that is open. */
  static final List<String> OPEN = List.of("registered", "accepted");

  public static final CaseQuery ALL =
      new CaseQuery(null, null, null, null, null, false, null, null, "number", true);

  public CaseQuery status(@Nullable String s) {
    return new CaseQuery(s, agency, lead, due, dueWhat, unassigned, newTo, words, sort, descending);
  }

  public CaseQuery agency(@Nullable String a) {
    return new CaseQuery(status, a, lead, due, dueWhat, unassigned, newTo, words, sort, descending);
  }

  public CaseQuery lead(@Nullable String l) {
    return new CaseQuery(
        status, agency, l, due, dueWhat, unassigned, newTo, words, sort, descending);
  }

  public CaseQuery due(@Nullable String d) {
    return new CaseQuery(
        status, agency, lead, d, dueWhat, unassigned, newTo, words, sort, descending);
  }

  public CaseQuery dueWhat(@Nullable String w) {
    return new CaseQuery(status, agency, lead, due, w, unassigned, newTo, words, sort, descending);
  }

  public CaseQuery unassigned(boolean u) {
    return new CaseQuery(status, agency, lead, due, dueWhat, u, newTo, words, sort, descending);
  }

  public CaseQuery newTo(@Nullable String n) {
    return new CaseQuery(
        status, agency, lead, due, dueWhat, unassigned, n, words, sort, descending);
  }

  public CaseQuery words(@Nullable String w) {
    return new CaseQuery(
        status, agency, lead, due, dueWhat, unassigned, newTo, w, sort, descending);
  }

  public CaseQuery sorted(String by, boolean down) {
    return new CaseQuery(status, agency, lead, due, dueWhat, unassigned, newTo, words, by, down);
  }

  /** Whether all it shows is open. */
  public boolean open() {
    return status != null && (status.equals("open") || OPEN.contains(status));
  }

  /** Whether what is due first stands first. */
  public boolean soonestFirst() {
    return sort.equals("due") && !descending;
  }

  /** Whether a text is a way to say when something is due. */
  public static boolean isDue(String text) {
    return text.equals("late") || text.equals("week") || isDay(text);
  }

  private static boolean isDay(String text) {
    try {
      return LocalDate.parse(text) != null;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
