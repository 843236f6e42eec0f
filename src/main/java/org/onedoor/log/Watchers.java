package org.onedoor.log;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who is told that something changed; one that fails does not keep it from the others. */
public final class Watchers {
  private final Set<Runnable> all = ConcurrentHashMap.newKeySet();
  private final System.Logger log;

  /** Those of one thing; a failure is told to the logger of this name. */
  public Watchers(String logger) {
    log = System.getLogger(logger);
  }

  /** Calls until it is closed, on a thread that must not wait. */
  public Following add(Runnable watcher) {
    all.add(watcher);
    return () -> all.remove(watcher);
  }

  public void tell() {
    for (var watcher : all) {
      try {
        watcher.run();
      } catch (RuntimeException | Error e) { // a screen that is just closed
        log.log(System.Logger.Level.DEBUG, "a watcher failed", e);
      }
    }
  }
}
