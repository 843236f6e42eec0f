package org.onedoor.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.onedoor.event.Entry;

/**
 * The end of the log in memory, for followers that keep up; who falls behind reads the file. A
 * follower asks for what comes after its own position, so there is no hole between the two.
 */
final class Tail {
  /** About as much as a busy second writes. */
  private static final int REMEMBERED = 2_048;

  private final SqliteLog log;
  private final Deque<Entry> recent = new ArrayDeque<>();
  private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
  private long last;

  Tail(SqliteLog log) {
    this.log = log;
  }

  synchronized void start(long position) {
    last = position;
  }

  synchronized void add(List<Entry> entries) {
    if (entries.isEmpty()) return;
    for (var entry : entries) {
      if (!recent.isEmpty() && recent.getLast().position() + 1 != entry.position()) recent.clear();
      recent.add(entry);
      if (recent.size() > REMEMBERED) recent.remove();
    }
    last = entries.getLast().position();
    notifyAll();
  }

  /** Something was written that did not come through {@link #add}: look at the file. */
  void wake() {
    var head = log.head().position();
    synchronized (this) {
      recent.clear();
      last = Math.max(last, head);
      notifyAll();
    }
  }

  Following follow(long after, Consumer<Entry> each) {
    var follower = new Follower(after, each);
    followers.add(follower);
    follower.thread.start();
    return follower;
  }

  void close() {
    followers.forEach(Follower::close);
  }

  /** Waits for something after a position and returns it, from memory or from the file. */
  private List<Entry> next(long position) throws InterruptedException {
    synchronized (this) {
      while (last <= position) wait();
      if (!recent.isEmpty() && recent.getFirst().position() <= position + 1) {
        var found = new ArrayList<Entry>();
        for (var i = recent.descendingIterator(); i.hasNext(); ) {
          var entry = i.next();
          if (entry.position() <= position) break;
          found.add(entry);
        }
        return found.reversed();
      }
    }
    return log.after(position);
  }

  private final class Follower implements Following {
    private final Consumer<Entry> each;
    private final Thread thread;
    private long position;
    private volatile boolean open = true;

    Follower(long after, Consumer<Entry> each) {
      this.each = each;
      position = after;
      thread = Thread.ofPlatform().daemon().name("follow").unstarted(this::run);
    }

    private void run() {
      while (open) {
        try {
          for (var entry : next(position)) {
            if (!open) return;
            hand(entry);
            position = entry.position();
          }
        } catch (InterruptedException e) {
          return;
        } catch (Unavailable e) {
          // reading failed (folder gone, disk error): the next append or wake asks again
          System.getLogger("onedoor.log").log(System.Logger.Level.WARNING, e.getMessage());
          if (!pause()) return;
        }
      }
    }

    private boolean pause() {
      synchronized (Tail.this) {
        try {
          Tail.this.wait(1_000);
          return true;
        } catch (InterruptedException e) {
          return false;
        }
      }
    }

    private void hand(Entry entry) {
      try {
        each.accept(entry);
      } catch (RuntimeException e) {
        System.getLogger("onedoor.log")
            .log(System.Logger.Level.ERROR, "a follower failed on " + entry.position(), e);
      }
    }

    @Override
    public void close() {
      open = false;
      followers.remove(this);
      thread.interrupt();
    }
  }
}
