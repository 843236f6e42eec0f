package org.onedoor.shell;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.onedoor.log.Following;
import org.onedoor.log.Hub;
import org.onedoor.log.Unavailable;
import org.onedoor.log.Watchers;
import org.onedoor.log.Which;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Looks every other second whether the ground still holds: whether the log can be written, and
 * whether the machine's clock goes as time does. Who shows it is told when that changes; nobody has
 * to do anything for the writing to go on once there is room again.
 *
 * <p>A clock that is wrong loses and reorders nothing, because the log is ordered by position; but
 * days and deadlines are counted by it, so somebody should know.
 */
@Component
final class Watchman implements SmartLifecycle {
  /** What can be wrong. */
  enum Trouble {
    /** The log cannot be written. */
    DISK,

    /** The clock jumped a short while ago, or stands before the last entry of the log. */
    CLOCK
  }

  private static final Duration EVERY = Duration.ofSeconds(2);

  /** What a clock may be set right by without a word. */
  private static final Duration LITTLE = Duration.ofSeconds(30);

  /** How long a jump is told of. */
  private static final Duration TOLD = Duration.ofMinutes(10);

  private final Hub hub;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Watchers watchers = new Watchers("onedoor.watchman");
  private volatile Set<Trouble> troubles = Set.of();
  private volatile Instant last = Instant.EPOCH;
  private volatile boolean running;
  private Instant lookedAt;
  private long lookedNanos;
  private long tellUntil;

  @Autowired
  Watchman(Hub hub, InstantSource clock) {
    this(hub, clock, System::nanoTime);
  }

  Watchman(Hub hub, InstantSource clock, LongSupplier nanos) {
    this.hub = hub;
    this.clock = clock;
    this.nanos = nanos;
    lookedAt = clock.instant();
    lookedNanos = nanos.getAsLong();
    tellUntil = lookedNanos;
    try (var end = hub.read(Which.all(), hub.head().position() - 1)) {
      end.forEach(e -> last = e.at());
    }
    hub.fold(e -> last = e.at());
  }

  /** What is wrong now. */
  Set<Trouble> troubles() {
    return troubles;
  }

  /** Calls when that changes, on a thread that must not wait. */
  Following watch(Runnable changed) {
    return watchers.add(changed);
  }

  void look() {
    var now = EnumSet.noneOf(Trouble.class);
    if (!writes()) now.add(Trouble.DISK);
    if (!goesRight()) now.add(Trouble.CLOCK);
    if (now.equals(troubles)) return;
    System.getLogger("onedoor.watchman")
        .log(System.Logger.Level.WARNING, now.isEmpty() ? "all is well again" : "trouble: " + now);
    troubles = Set.copyOf(now);
    watchers.tell();
  }

  private boolean writes() {
    try {
      hub.log().writable();
      return true;
    } catch (Unavailable e) {
      return false;
    }
  }

  private boolean goesRight() {
    var wall = clock.instant();
    var time = nanos.getAsLong();
    var jumped =
        Duration.between(lookedAt, wall).minusNanos(time - lookedNanos).abs().compareTo(LITTLE) > 0;
    if (jumped) tellUntil = time + TOLD.toNanos();
    lookedAt = wall;
    lookedNanos = time;
    return time - tellUntil >= 0 && !last.isAfter(wall.plus(LITTLE));
  }

  @Override
  public void start() {
    running = true;
    Thread.ofVirtual().name("watchman").start(this::run);
  }

  private void run() {
    while (running) {
      try {
        look();
        TimeUnit.NANOSECONDS.sleep(EVERY.toNanos()); // the round itself
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        if (!running) return; // the log was closed under the last round
        System.getLogger("onedoor.watchman").log(System.Logger.Level.WARNING, "a round failed", e);
      }
    }
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
