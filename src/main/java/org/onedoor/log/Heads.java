package org.onedoor.log;

import java.util.List;
import org.onedoor.event.Entry;

/** How two logs lie to each other. */
final class Heads {
  private Heads() {}

  /** Whether a log's chain passes through a head. */
  static boolean passes(EventLog log, Head head) {
    if (head.position() == 0) return true;
    return Raw.of(log).rows(head.position() - 1, head.position()).stream()
        .map(Row::head)
        .anyMatch(head::equals);
  }

  /** What was erased after a position. */
  static List<Entry> erasures(EventLog log, long after) {
    try (var entries = log.read(Which.all().only("erased"), after)) {
      return entries.toList();
    }
  }
}
