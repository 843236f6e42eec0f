package org.onedoor.note;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Looks at every open line once a second: pings each fifth time, drops who is gone. It goes before
 * the web server does, so that everybody hears when to come back.
 */
@Component
public final class Beats implements SmartLifecycle {
  private static final int PING_EVERY = 5;
  private static final Duration GOODBYE = Duration.ofSeconds(1);

  private final Set<Line> lines = ConcurrentHashMap.newKeySet();
  private volatile boolean running;

  public void add(Line line) {
    lines.add(line);
  }

  public void remove(Line line) {
    lines.remove(line);
  }

  @Override
  public void start() {
    running = true;
    Thread.ofPlatform().daemon().name("beats").start(this::run);
  }

  private void run() {
    for (var n = 0L; running; n++) {
      var ping = n % PING_EVERY == 0;
      lines.forEach(line -> line.beat(ping));
      try {
        TimeUnit.SECONDS.sleep(1); // the beat itself
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** The server goes: everybody is told to come back in a moment. */
  @Override
  public void stop() {
    running = false;
    lines.forEach(line -> line.finish(1012, "restarting"));
    var until = System.nanoTime() + GOODBYE.toNanos();
    try {
      while (lines.stream().anyMatch(Line::open) && System.nanoTime() < until)
        TimeUnit.MILLISECONDS.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
