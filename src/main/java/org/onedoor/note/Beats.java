package org.onedoor.note;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Looks at every open line once a second: pings each fifth time, drops who is gone. */
@Component
public final class Beats implements AutoCloseable {
  private static final int PING_EVERY = 5;

  private final Set<Line> lines = ConcurrentHashMap.newKeySet();
  private final Thread thread = Thread.ofPlatform().daemon().name("beats").start(this::run);
  private volatile boolean open = true;

  public void add(Line line) {
    lines.add(line);
  }

  public void remove(Line line) {
    lines.remove(line);
  }

  private void run() {
    for (var n = 0L; open; n++) {
      var ping = n % PING_EVERY == 0;
      lines.forEach(line -> line.beat(ping));
      try {
        Thread.sleep(1_000); // the beat itself
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** The server goes: everybody is told to come back in a moment. */
  @Override
  public void close() {
    open = false;
    lines.forEach(line -> line.close(1012, "restarting"));
    thread.interrupt();
  }
}
