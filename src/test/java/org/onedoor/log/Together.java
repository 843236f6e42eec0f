package org.onedoor.log;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Several threads that begin with one starting shot. */
final class Together {
  private Together() {}

  interface Part {
    void play(int me) throws Exception;
  }

  /** Runs a part by threads numbered from 0 and fails with the first that fails. */
  static void run(int threads, Part part) throws Exception {
    try (var pool = Executors.newFixedThreadPool(threads)) {
      var shot = new CountDownLatch(1);
      var running = new ArrayList<Future<?>>();
      for (var t = 0; t < threads; t++) {
        var me = t;
        running.add(
            pool.submit(() -> {
              shot.await();
              part.play(me);
              return true;
            }));
      }
      shot.countDown();
      for (var r : running) r.get(60, TimeUnit.SECONDS);
    }
  }
}
