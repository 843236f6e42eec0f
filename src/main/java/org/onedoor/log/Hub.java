package org.onedoor.log;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.springframework.stereotype.Component;

/**
 * The log as this process sees it: the only follower, which hands each entry first to the folds (in
 * order, at once) and then to the listeners (each with a queue of its own).
 *
 * <p>An append returns when it is durable <em>and</em> this process's folds have it, so who writes
 * and then reads finds what was written. Easy to get wrong: a fold must be tiny and must never
 * wait, because every append of this process waits for it; a fold that appends would wait for
 * itself.
 */
@Component
public final class Hub implements AutoCloseable, MeterBinder {
  /** Tries side by side with others before asking for a moment alone. */
  private static final int TOGETHER = 3;

  /** Tries in all before giving up: alone only another process can still be faster. */
  private static final int TRIES = 16;

  private final EventLog log;
  private final List<Consumer<Entry>> folds = new CopyOnWriteArrayList<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantReadWriteLock settling = new ReentrantReadWriteLock(true);
  private final Object step = new Object();
  private final Following following;
  private volatile Timer appends = appends(new CompositeMeterRegistry()); // nobody's yet
  private long folded;
  private boolean closed;

  public Hub(EventLog log) {
    this.log = log;
    folded = log.head().position();
    following = log.follow(folded, this::take);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("onedoor.follow.lag", this, Hub::lag)
        .description("Facts in the log that this server does not know yet")
        .register(registry);
    appends = appends(registry);
  }

  private static Timer appends(MeterRegistry registry) {
    return Timer.builder("onedoor.append")
        .description("Until a fact is durable and known here")
        .publishPercentiles(0.5, 0.99)
        .register(registry);
  }

  private double lag() {
    try {
      return Math.max(0, log.head().position() - folded());
    } catch (Unavailable e) {
      return Double.NaN;
    }
  }

  /** Appends; returns when durable and folded here. */
  public List<Entry> append(List<Fact> facts) {
    if (facts.isEmpty()) return List.of();
    var begun = System.nanoTime();
    var entries = log.append(facts);
    await(entries.getLast().position());
    appends.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
    return entries;
  }

  public Entry append(Fact fact) {
    return append(List.of(fact)).getFirst();
  }

  /**
   * Checks, appends, and if somebody was faster folds, checks and appends again: a conflict is not
   * shown to people.
   *
   * @param rule looks at the folds as they are now and says what is to be appended, or refuses; it
   *     must not append anything itself
   */
  public Entry settle(Supplier<Fact> rule) {
    return settleAll(() -> List.of(rule.get())).getFirst();
  }

  /**
   * As {@link #settle(Supplier)}, under a key: what was done under it before is not looked at anew,
   * because by now the rule would see its own effect and refuse.
   */
  public Entry settle(@Nullable String once, Supplier<Fact> rule) {
    return settleAll(once, () -> List.of(rule.get())).getFirst();
  }

  /** As {@link #settle(String, Supplier)}, where the first of the facts carries the key. */
  public List<Entry> settleAll(@Nullable String once, Supplier<List<Fact>> rule) {
    var first = once == null ? Optional.<Entry>empty() : log.once(once);
    if (first.isPresent()) return List.of(first.get());
    try {
      return settleAll(rule);
    } catch (RuntimeException refused) {
      // the same request a moment earlier may be why
      var same = once == null ? Optional.<Entry>empty() : log.once(once);
      if (same.isPresent()) return List.of(same.get());
      throw refused;
    }
  }

  /** As {@link #settle}, for facts that must stand together or not at all. */
  public List<Entry> settleAll(Supplier<List<Fact>> rule) {
    if (settling.getReadHoldCount() > 0 || settling.isWriteLockedByCurrentThread())
      throw new IllegalStateException("a rule only says what is to be appended");
    for (var tries = 1; ; tries++) {
      try {
        return settleOnce(tries <= TOGETHER ? settling.readLock() : settling.writeLock(), rule);
      } catch (Conflict e) {
        if (tries == TRIES) throw e;
        await(log.head().position());
      }
    }
  }

  private List<Entry> settleOnce(Lock lock, Supplier<List<Fact>> rule) {
    lock.lock();
    try {
      return append(rule.get());
    } finally {
      lock.unlock();
    }
  }

  public Optional<Entry> once(String key) {
    return log.once(key);
  }

  /** Those of these keys under which something was appended. */
  public Set<String> done(Collection<String> keys) {
    return log.done(keys);
  }

  public Stream<Entry> read(Which which, long after) {
    return log.read(which, after);
  }

  public int version(String stream) {
    return log.version(stream);
  }

  public Head head() {
    return log.head();
  }

  public Keep keep() {
    return log.keep();
  }

  public Signs signs() {
    return log.signs();
  }

  public EventLog log() {
    return log;
  }

  /** The last position all folds have. */
  public long folded() {
    synchronized (step) {
      return folded;
    }
  }

  /**
   * Adds a fold: it is given everything that {@code which} names so far, then everything (of any
   * kind) that comes, without a hole, on the follower's thread.
   */
  public void fold(Which which, Consumer<Entry> fold) {
    synchronized (step) {
      try (var past = log.read(which, 0)) {
        past.takeWhile(e -> e.position() <= folded).forEach(fold);
      }
      folds.add(fold);
    }
  }

  /** Adds a fold that needs nothing of the past. */
  public void fold(Consumer<Entry> fold) {
    folds.add(fold);
  }

  /**
   * Hands over every entry that comes from now on, in order, on a thread of its own.
   *
   * @param behind called instead of the entries that did not fit the queue: read again from the log
   */
  public Following listen(String name, Consumer<Entry> each, Runnable behind) {
    var listener = new Listener(name, each, behind, listeners::remove);
    listeners.add(listener);
    return listener.start();
  }

  /** Waits until the folds of this process have a position (normally well under a millisecond). */
  public void await(long position) {
    synchronized (step) {
      while (folded < position && !closed) {
        try {
          step.wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  private void take(Entry entry) {
    synchronized (step) {
      for (var fold : folds) fold(fold, entry);
      folded = entry.position();
      step.notifyAll();
    }
    for (var listener : listeners) listener.offer(entry);
  }

  /** A fold that fails must not keep the entry from the others, nor the writer waiting for ever. */
  private static void fold(Consumer<Entry> fold, Entry entry) {
    try {
      fold.accept(entry);
    } catch (RuntimeException | Error e) {
      System.getLogger("onedoor.hub")
          .log(System.Logger.Level.ERROR, "a fold failed on " + entry.position(), e);
    }
  }

  @Override
  public void close() {
    following.close();
    listeners.forEach(Listener::close);
    synchronized (step) {
      closed = true;
      step.notifyAll();
    }
  }
}
