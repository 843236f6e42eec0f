package org.onedoor.bench;

import java.util.Arrays;
import java.util.Collection;

/** How long one thing took, done many times. */
final class Took {
  private final long[] sorted;

  /** Of so many nanoseconds each. */
  Took(Collection<Long> nanos) {
    sorted = nanos.stream().mapToLong(n -> n).toArray();
    Arrays.sort(sorted);
  }

  int times() {
    return sorted.length;
  }

  /** Milliseconds within which so many in a hundred were done; of 100: the worst. */
  double ms(int percent) {
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1e6;
  }
}
