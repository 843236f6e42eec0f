package org.onedoor.search;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.onedoor.log.Following;

/** Tells watchers that something changed, at most once a second; what comes meanwhile is one. */
final class Bell implements AutoCloseable {
  private static final Duration PACE = Duration.ofSeconds(1);
  private static final System.Logger LOG = System.getLogger("onedoor.index");

  private final Set<Runnable> watchers = ConcurrentHashMap.newKeySet();
  private final AtomicLong rung = new AtomicLong();
  private volatile boolean open = true;

  Following watch(Runnable watcher) {
    watchers.add(watcher);
    return () -> watchers.remove(watcher);
  }

  void ring() {
    if (rung.getAndIncrement() == 0) Thread.ofVirtual().start(this::tell);
  }

  private void tell() {
    do {
      var before = rung.get();
      for (var watcher : watchers) tell(watcher);
      try {
        Thread.sleep(PACE); // the pace of lists, not a wait for something
      } catch (InterruptedException e) {
        return;
      }
      if (rung.compareAndSet(before, 0)) return;
    } while (open);
  }

  private static void tell(Runnable watcher) {
    try {
      watcher.run();
    } catch (RuntimeException
        | Error e) { // a screen that is just closed must not keep it from the others
      LOG.log(System.Logger.Level.DEBUG, "a list could not be told", e);
    }
  }

  @Override
  public void close() {
    open = false;
  }
}
