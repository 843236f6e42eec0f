package org.onedoor.search;

import java.time.Duration;

/** How far what can be found goes in the log, and waiting for it. */
final class Shown {
  private long position;
  private boolean forgotten;

  Shown(long position) {
    this.position = position;
  }

  /** Everything up to this can be found. */
  synchronized long position() {
    return position;
  }

  synchronized void reach(long upTo) {
    position = Math.max(position, upTo);
    notifyAll();
  }

  /** Everything is to be dropped and made anew, which begins with {@link #restart}. */
  synchronized void forget() {
    forgotten = true;
  }

  synchronized boolean forgotten() {
    return forgotten;
  }

  synchronized void restart() {
    position = 0;
    forgotten = false;
  }

  /** Waits until a position can be found, at most so long; says whether it can. */
  synchronized boolean await(long wanted, Duration most) throws InterruptedException {
    var until = System.nanoTime() + most.toNanos();
    while (forgotten || position < wanted) {
      var left = Duration.ofNanos(until - System.nanoTime()).toMillis();
      if (left <= 0) return false;
      wait(left);
    }
    return true;
  }
}
