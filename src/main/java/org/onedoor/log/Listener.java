package org.onedoor.log;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.onedoor.event.Entry;

/**
 * Somebody who is told what comes, through a bounded queue of its own and on a thread of its own,
 * so that a slow one holds up nobody.
 */
final class Listener implements Following {
  /** Behind by more than this a listener is told to read again; some seconds of a busy hall. */
  static final int QUEUE = 4096;

  private final String name;
  private final Consumer<Entry> each;
  private final Runnable behind;
  private final Consumer<Listener> gone;
  private final Deque<Entry> queue = new ArrayDeque<>();
  private boolean overflowed;
  private boolean open = true;

  Listener(String name, Consumer<Entry> each, Runnable behind, Consumer<Listener> gone) {
    this.name = name;
    this.each = each;
    this.behind = behind;
    this.gone = gone;
  }

  Listener start() {
    Thread.ofVirtual().name("listen-" + name).start(this::run);
    return this;
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
    try {
      for (var next = next(); next.isPresent(); next = next()) {
        try {
          next.get().run();
        } catch (RuntimeException | Error e) { // the entries after it must come all the same
          System.getLogger("onedoor.hub")
              .log(System.Logger.Level.ERROR, "listener " + name + " failed", e);
        }
      }
    } catch (InterruptedException e) {
      close();
    }
  }

  /** Waits for what is to be told: an entry, or that some were dropped; nothing once closed. */
  private synchronized Optional<Runnable> next() throws InterruptedException {
    while (open && queue.isEmpty() && !overflowed) wait();
    if (!open) return Optional.empty();
    if (overflowed) { // what comes from here on is queued again
      overflowed = false;
      return Optional.of(behind);
    }
    var entry = queue.remove();
    return Optional.of(() -> each.accept(entry));
  }

  /** Ends it; what is being handled is not interrupted, because files die of that. */
  @Override
  public void close() {
    synchronized (this) {
      open = false;
      queue.clear();
      notifyAll();
    }
    gone.accept(this);
  }
}
