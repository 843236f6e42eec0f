package org.onedoor.room;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.onedoor.log.Hub;

/**
 * The next free case number of a year. Numbers have no hole, so the last one is found by halving;
 * what somebody else took meanwhile shows as a conflict, and the next one is tried.
 */
final class Numbers {
  private final Hub hub;
  private final Map<Integer, Integer> last = new ConcurrentHashMap<>();

  Numbers(Hub hub) {
    this.hub = hub;
  }

  /** The number after the last one that is taken. */
  int next(int year) {
    var from = last.getOrDefault(year, 0);
    var free = from + 1;
    if (taken(year, free)) {
      var low = free;
      var step = 1;
      while (taken(year, low + step)) {
        low += step;
        step *= 2;
      }
      var high = low + step;
      while (high - low > 1) {
        var middle = low + (high - low) / 2;
        if (taken(year, middle)) low = middle;
        else high = middle;
      }
      free = high;
    }
    last.put(year, free - 1);
    return free;
  }

  static String id(int year, int number) {
    return "%04d-%04d".formatted(year, number);
  }

  private boolean taken(int year, int number) {
    return hub.version("case/" + id(year, number)) > 0;
  }
}
