package org.onedoor.log;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.onedoor.event.Entry;
import org.springframework.stereotype.Component;

/**
 * The log as this process sees it: the only follower, which hands each entry first to the folds (in
 * order, at once) and then to the listeners (each with a queue of its own).
 *
 * <p>An append returns when it is durable <em>and</em> this process's folds have it, so who writes
 * and then reads finds what was written. Easy to get wrong: a fold must be tiny and must never
 * wait, because every append of this process waits for it.
 */
@Component
public final class Hub implements AutoCloseable {
  /** Behind by more than this a listener is told to read again; some seconds of a busy hall. */
  private static final int QUEUE = 4096;

  /** Tries under contention before giving up; a conflict is not shown to people. */
  private static final int TRIES = 16;

  private final EventLog log;
  private final List<Consumer<Entry>> folds = new CopyOnWriteArrayList<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final Object step = new Object();
  private final Following following;
  private long folded;

  public Hub(EventLog log) {
    this.log = log;
    folded = log.head().position();
    following = log.follow(folded, this::take);
  }

  /** Appends; returns when durable and folded here. */
  public List<Entry> append(List<Fact> facts) {
    var entries = log.append(facts);
    await(entries.getLast().position());
    return entries;
  }

  public Entry append(Fact fact) {
    return append(List.of(fact)).getFirst();
  }

  /**
   * Checks, appends, and if somebody was faster folds, checks and appends again: a conflict is not
   * shown to people.
   *
   * @param rule looks at the folds as they are now and says what is to be appended, or refuses
   */
  public Entry settle(Supplier<Fact> rule) {
    return settleAll(() -> List.of(rule.get())).getFirst();
  }

  /** As {@link #settle}, for facts that must stand together or not at all. */
  public List<Entry> settleAll(Supplier<List<Fact>> rule) {
    for (var tries = 1; ; tries++) {
      try {
        return append(rule.get());
      } catch (Conflict e) {
        if (tries == TRIES) throw e;
        await(log.head().position());
      }
    }
  }

  public Optional<Entry> once(String key) {
    return log.once(key);
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
    var listener = new Listener(name, each, behind);
    listeners.add(listener);
    return listener;
  }

  /** Waits until the folds of this process have a position (normally well under a millisecond). */
  public void await(long position) {
    synchronized (step) {
      while (folded < position) {
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
      for (var fold : folds) fold.accept(entry);
      folded = entry.position();
      step.notifyAll();
    }
    for (var listener : listeners) listener.offer(entry);
  }

  @Override
  public void close() {
    following.close();
    listeners.forEach(Listener::close);
  }

  private final class Listener implements Following {
    private final Consumer<Entry> each;
    private final Runnable behind;
    private final Queue<Entry> queue = new ArrayDeque<>();
    private final Thread thread;
    private boolean overflowed;
    private volatile boolean open = true;

    Listener(String name, Consumer<Entry> each, Runnable behind) {
      this.each = each;
      this.behind = behind;
      thread = Thread.ofVirtual().name("listen-" + name).start(this::run);
    }

    synchronized void offer(Entry entry) {
      if (overflowed) return;
      if (queue.size() == QUEUE) {
        overflowed = true;
        queue.clear();
      } else {
        queue.add(entry);
      }
      notifyAll();
    }

    private void run() {
      while (open) {
        try {
          var entry = next();
          if (entry.isEmpty()) behind.run();
          else each.accept(entry.get());
        } catch (InterruptedException e) {
          return;
        } catch (RuntimeException e) {
          System.getLogger("onedoor.hub")
              .log(System.Logger.Level.ERROR, thread.getName() + " failed on an entry", e);
        }
      }
    }

    /** The next entry, or nothing when some were dropped. */
    private synchronized Optional<Entry> next() throws InterruptedException {
      while (queue.isEmpty() && !overflowed) wait();
      if (overflowed) {
        overflowed = false;
        return Optional.empty();
      }
      return Optional.of(queue.remove());
    }

    @Override
    public void close() {
      open = false;
      listeners.remove(this);
      thread.interrupt();
    }
  }
}
