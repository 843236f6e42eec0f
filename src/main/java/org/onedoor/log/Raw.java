package org.onedoor.log;

import java.util.Arrays;
import java.util.List;
import org.onedoor.event.Event.Erased;

/**
 * A log's rows as they are stored, for what carries a whole log from one place to another: places
 * and hashes stay as they are, also of what was erased.
 */
interface Raw {
  /** Some rows after a position, none beyond another. */
  List<Row> rows(long after, long upTo);

  /**
   * Adds rows that stand right behind the head here; durable when it returns.
   *
   * @throws EventLog.Broken if they do not
   */
  void take(List<Row> rows);

  /** Takes away what a fact of erasure says is gone; that fact stands already. */
  void wipe(Erased fact);

  /** Everything that is kept beside the facts and has not expired. */
  List<Keep.Kept> kept();

  /** Keeps these and nothing else. */
  void keepOnly(List<Keep.Kept> kept);

  static Raw of(EventLog log) {
    return (Raw) log;
  }

  /** The head behind rows that stand behind a head. */
  static Head behind(Head head, List<Row> rows) {
    for (var row : rows) {
      var next = head.position() + 1;
      if (row.position() != next || !Arrays.equals(row.chained(head.hash()), row.hash()))
        throw new EventLog.Broken(next, "this entry is not what was written");
      head = row.head();
    }
    return head;
  }
}
