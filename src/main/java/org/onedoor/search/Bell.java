package org.onedoor.search;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.onedoor.log.Following;
import org.onedoor.log.Watchers;

/** Tells watchers that something changed, at most once a second; what comes meanwhile is one. */
final class Bell implements AutoCloseable {
  private static final Duration PACE = Duration.ofSeconds(1);

  private final Watchers watchers = new Watchers("onedoor.index");
  private final AtomicLong rung = new AtomicLong();
  private volatile boolean open = true;

  Following watch(Runnable watcher) {
    return watchers.add(watcher);
  }

  void ring() {
    if (rung.getAndIncrement() == 0) Thread.ofVirtual().start(this::tell);
  }

  private void tell() {
    do {
      var before = rung.get();
      watchers.tell();
      try {
        Thread.sleep(PACE); // the pace of lists, not a wait for something
      } catch (InterruptedException e) {
        return;
      }
      if (rung.compareAndSet(before, 0)) return;
    } while (open);
  }

  @Override
  public void close() {
    open = false;
  }
}
