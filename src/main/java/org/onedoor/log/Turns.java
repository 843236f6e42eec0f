package org.onedoor.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * Many callers, one writer. Who comes when nobody writes leads; who comes meanwhile waits, and when
 * the leader is done the first of them leads and writes what all of them brought. So one alone pays
 * for no hand-over, and a crowd shares one sync of the disk.
 *
 * <p>Easy to get wrong: the leader hands over before anybody is told, or the disk would idle while
 * the crowd wakes up; and who leads writes once and goes, or one caller would work for all others
 * as long as they come.
 */
final class Turns<J> {
  private final int most;
  private final ToIntFunction<J> weight;
  private final Consumer<List<J>> work;
  private final ArrayDeque<Seat<J>> waiting = new ArrayDeque<>();
  private boolean led;

  /**
   * Begins with nobody waiting.
   *
   * @param most weight after which no further job joins a batch
   * @param work writes a batch; one call at a time, and must not throw
   */
  Turns(int most, ToIntFunction<J> weight, Consumer<List<J>> work) {
    this.most = most;
    this.weight = weight;
    this.work = work;
  }

  /** Returns when the job was in a batch that was written. */
  void take(J job) {
    var seat = new Seat<>(job);
    synchronized (waiting) {
      waiting.add(seat);
      if (!led) {
        led = true;
        seat.leads = true;
      }
    }
    seat.await();
    if (seat.leads) lead();
  }

  /** Writes a batch with the leader's own job as its first. */
  private void lead() {
    var batch = next();
    try {
      work.accept(batch.stream().map(s -> s.job).toList());
    } finally {
      handOver();
      for (var seat : batch) {
        seat.done = true;
        LockSupport.unpark(seat.thread);
      }
    }
  }

  private List<Seat<J>> next() {
    synchronized (waiting) {
      var batch = new ArrayList<Seat<J>>();
      for (var sum = 0; !waiting.isEmpty() && sum < most; ) {
        var seat = waiting.remove();
        sum += weight.applyAsInt(seat.job);
        batch.add(seat);
      }
      return batch;
    }
  }

  private void handOver() {
    synchronized (waiting) {
      var first = waiting.peek();
      led = first != null;
      if (first != null) {
        first.leads = true;
        LockSupport.unpark(first.thread);
      }
    }
  }

  private static final class Seat<J> {
    final J job;
    final Thread thread = Thread.currentThread();
    volatile boolean leads;
    volatile boolean done;

    Seat(J job) {
      this.job = job;
    }

    /** Waits to lead or to be done; an interrupt does not take back what was brought. */
    void await() {
      var interrupted = false;
      while (!leads && !done) {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
      if (interrupted) Thread.currentThread().interrupt();
    }
  }
}
