package org.onedoor.log;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.onedoor.event.Entry;

/**
 * Hands over what was written: to each follower on a thread of its own, from memory while it keeps
 * up, else from the log.
 *
 * <p>Easy to get wrong is the step from the log to memory. A follower first has what comes queued
 * and then reads: what was durable before that is in the reading, everything else in the queue, and
 * what is in both is dropped by its position.
 */
final class Tail {
  /** Entries queued for one follower before it reads the log instead: a busy second. */
  private static final int QUEUE = 2_048;

  private final LongFunction<List<Entry>> log;
  private final Set<Follower> followers = ConcurrentHashMap.newKeySet();

  /**
   * Begins with nobody following.
   *
   * @param log reads some entries after a position; none if there are no more
   */
  Tail(LongFunction<List<Entry>> log) {
    this.log = log;
  }

  /** Hands over what just became durable; one call at a time, in order. */
  void add(List<Entry> entries) {
    if (!entries.isEmpty()) followers.forEach(f -> f.offer(entries));
  }

  /** Something may have become durable that was not handed over: look at the log. */
  void lost() {
    followers.forEach(Follower::lose);
  }

  Following follow(long after, Consumer<Entry> each) {
    var follower = new Follower(after, each);
    followers.add(follower);
    Thread.ofPlatform().daemon().name("follow").start(follower::run);
    return follower;
  }

  void close() {
    followers.forEach(Follower::close);
  }

  private final class Follower implements Following {
    private final Consumer<Entry> each;
    private final Object handing = new Object();
    private final Deque<Entry> queue = new ArrayDeque<>();
    private boolean queueing;
    private long position;
    private volatile boolean open = true;

    Follower(long after, Consumer<Entry> each) {
      this.each = each;
      position = after;
    }

    synchronized void offer(List<Entry> entries) {
      if (!queueing) return;
      queue.addAll(entries);
      if (queue.size() > QUEUE) lose();
      else notifyAll();
    }

    synchronized void lose() {
      queueing = false;
      queue.clear();
      notifyAll();
    }

    private void run() {
      while (open) {
        try {
          catchUp();
          keepUp();
        } catch (InterruptedException e) {
          return; // nobody interrupts this thread but who wants it to end
        } catch (RuntimeException e) {
          if (open) say("a follower cannot read the log after " + position, e);
          pause();
        }
      }
    }

    /** Reads to the end of the log, from when on everything new is queued. */
    private void catchUp() {
      while (open) {
        synchronized (this) {
          queueing = true;
        }
        var read = log.apply(position);
        if (read.isEmpty()) return;
        read.forEach(this::hand);
      }
    }

    /** Hands over what is queued until closed or behind. */
    private void keepUp() throws InterruptedException {
      while (open) {
        var next = queued();
        if (next.isEmpty()) return;
        for (var entry : next) {
          if (entry.position() > position + 1) return; // somebody else wrote to the file
          if (entry.position() > position) hand(entry);
        }
      }
    }

    /** What is queued, waiting for something; nothing when closed or behind. */
    private synchronized List<Entry> queued() throws InterruptedException {
      while (open && queueing && queue.isEmpty()) wait();
      var next = List.copyOf(queue);
      queue.clear();
      return next;
    }

    private void hand(Entry entry) {
      synchronized (handing) {
        if (!open) return;
        try {
          each.accept(entry);
        } catch (Throwable e) { // whatever it was, the entries after it must come
          say("a follower failed on " + entry.position(), e);
        }
        position = entry.position();
      }
    }

    /** A moment for the disk to come back. */
    private void pause() {
      try {
        TimeUnit.SECONDS.sleep(1);
      } catch (InterruptedException e) {
        open = false;
      }
    }

    private static void say(String what, Throwable e) {
      System.getLogger("onedoor.log").log(System.Logger.Level.ERROR, what, e);
    }

    @Override
    public void close() {
      open = false;
      followers.remove(this);
      synchronized (this) {
        notifyAll();
      }
      synchronized (handing) {
        // waits for the entry that is being handed over just now
      }
    }
  }
}
