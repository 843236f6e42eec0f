package org.onedoor.bench;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.onedoor.whole.Centre;

/** From the answer to a write until somebody else's search has it. */
final class FoundBench {
  private static final int TIMES = 60;
  private static final int WARM_UP = 20;

  /** Between two looks: who asks without a pause is told to wait. */
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

  private FoundBench() {}

  static void run() throws Exception {
    try (var centre = Centre.measured(Files.createTempDirectory("onedoor-found").resolve("c"))) {
      var labour = centre.as("labour");
      var coordinator = centre.as("coordinator");
      System.out.println("| what | p50 ms | p95 ms | worst ms |");
      System.out.println("|---|---|---|---|");
      measure(
          "a case, after its registering is answered",
          word -> {
            labour.register("Case " + word, Map.of());
            return () -> found(coordinator.get("/search?q=" + word).json().path("total").asInt());
          });
      var client = UUID.randomUUID().toString();
      var note = labour.note(labour.register("Measured", Map.of()), "Measured", "joint");
      try (var wire = labour.wire("ws/notes/" + note + "?i=" + client)) {
        wire.hear("open");
        var length = new int[2];
        measure(
            "a word in a note, after its echo",
            word -> {
              var change = length[0] == 0 ? "[[0,\"%s \"]]" : "[" + length[0] + ",[0,\"%s \"]]";
              wire.say(
                  "{\"t\":\"push\",\"v\":%d,\"s\":%d,\"u\":[{\"c\":%s,\"i\":\"%s\"}]}"
                      .formatted(length[1], length[1], change.formatted(word), client));
              wire.hear("updates");
              length[0] += word.length() + 1;
              length[1]++;
              return () -> found(coordinator.get("/search?q=" + word).json().path("total").asInt());
            });
      }
    }
  }

  private interface Write {
    BooleanSupplier write(String word);
  }

  private static boolean found(int total) {
    return total > 0;
  }

  private static void measure(String what, Write write) {
    var nanos = new ArrayList<Long>();
    for (var i = -WARM_UP; i < TIMES; i++) {
      var found = write.write("w" + UUID.randomUUID().toString().substring(0, 8));
      var began = System.nanoTime();
      while (!found.getAsBoolean()) LockSupport.parkNanos(PAUSE);
      if (i >= 0) nanos.add(System.nanoTime() - began);
    }
    var took = new Took(nanos);
    System.out.printf(
        "| %s | %.0f | %.0f | %.0f |%n", what, took.ms(50), took.ms(95), took.ms(100));
  }
}
