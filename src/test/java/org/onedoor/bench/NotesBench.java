package org.onedoor.bench;

import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.onedoor.whole.Centre;

/**
 * Typing together: from a push to the last of all having seen it, over real sockets of processes on
 * this machine, beside a bare relay that syncs each batch, in turns in the same run.
 */
final class NotesBench {
  private static final double KEYS = 3;
  private static final int WARM_UP = 15;
  private static final int SECONDS = 30;

  private NotesBench() {}

  static void run() throws Exception {
    System.out.println(
        "| who | what | edits | p50 ms | p95 ms | p99 ms | server CPU s per 1,000 edits | bytes on disk per 1,000 letters |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    for (var scene : new int[][] {{2, 8}, {30, 0}}) {
      relay(scene[0], scene[1]);
      oneDoor(scene[0], scene[1]);
    }
  }

  private static void relay(int typists, int readers) throws Exception {
    var folder = Files.createTempDirectory("onedoor-relay");
    var port = freePort();
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                BareRelay.class.getName(),
                folder.toString(),
                "" + port)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var out = process.inputReader()) {
      while (!"ready".equals(out.readLine()))
        if (!process.isAlive()) throw new IllegalStateException("the relay ended");
      var door = new Door("ws://127.0.0.1:" + port + "/ws?", Map.of());
      measure(
          "bare relay",
          door,
          typists,
          readers,
          process.toHandle(),
          () -> size(folder.resolve("relay.log")));
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static void oneDoor(int typists, int readers) throws Exception {
    try (var centre =
        Centre.measured(Files.createTempDirectory("onedoor-bench").resolve("centre"))) {
      var labour = centre.as("labour");
      var note = labour.note(labour.register("Measured", Map.of()), "Measured", "joint");
      var database = centre.data.resolve("onedoor.db");
      var before = size(database);
      var door =
          new Door(
              centre.url().replace("http", "ws") + "ws/notes/" + note + "?",
              Map.of("Authorization", "Bearer " + labour.token()));
      measure(
          "OneDoor",
          door,
          typists,
          readers,
          centre.handle(),
          () -> {
            centre.stop(); // then everything stands in the one file
            return size(database) - before;
          });
    }
  }

  private record Door(String base, Map<String, String> headers) implements Crowd.Door {
    @Override
    public URI address(String client) {
      return URI.create(base + "i=" + client);
    }
  }

  private interface Disk {
    long bytes() throws Exception;
  }

  private static void measure(
      String who, Crowd.Door door, int typists, int readers, ProcessHandle server, Disk disk)
      throws Exception {
    Took took;
    Duration spent;
    int letters;
    try (var crowd = new Crowd(door, typists, readers)) {
      crowd.type(KEYS * 8, WARM_UP, false);
      var cpu = server.info().totalCpuDuration().orElse(Duration.ZERO);
      took = crowd.type(KEYS, SECONDS, true);
      spent = server.info().totalCpuDuration().orElse(Duration.ZERO).minus(cpu);
      letters = crowd.letters();
    }
    System.out.printf(
        "| %s | %d typists, %d readers | %d | %.2f | %.2f | %.2f | %.2f | %,d |%n",
        who,
        typists,
        readers,
        took.times(),
        took.ms(50),
        took.ms(95),
        took.ms(99),
        spent.toMillis() / (double) took.times(),
        disk.bytes() * 1_000 / letters);
  }

  private static long size(Path file) throws Exception {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  private static int freePort() throws Exception {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
