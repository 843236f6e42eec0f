package org.onedoor.log;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.onedoor.event.Event;
import org.onedoor.event.Event.Contact;
import org.onedoor.event.Event.NoteOpened;
import org.onedoor.event.Event.Typed;
import org.onedoor.event.Update;

/**
 * How fast the log writes and reads on this machine, beside a bare loop of write and sync. Only
 * figures of one run can be compared: {@code LogSpeed FOLDER}.
 */
final class LogSpeed {
  private static final int SECONDS = 4;

  public static void main(String[] args) throws Exception {
    var dir = Files.createTempDirectory(Path.of(args[0]), "speed");
    try (var log = new SqliteLog(dir.resolve("onedoor.db"), InstantSource.system())) {
      write(log, "warm", 8);
      say("bare write + sync", 1, bare(dir.resolve("bare")));
      for (var writers : List.of(1, 8, 64)) say("append", writers, write(log, "w", writers));
      hub(log);
      read(log);
    }
  }

  private static List<Long> bare(Path file) throws Exception {
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      var bytes = new byte[200];
      return timed(() -> {
        channel.write(ByteBuffer.wrap(bytes));
        channel.force(false);
        return null;
      });
    }
  }

  private static List<Long> write(EventLog log, String name, int writers) throws Exception {
    var threads = new ArrayList<Thread>();
    var times = new ArrayList<Long>();
    for (var w = 0; w < writers; w++) {
      var stream = "case/2026-0001/note/" + name + writers + "-" + w;
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                try {
                  var v = new int[1];
                  var mine =
                      timed(() -> log.append(new Fact(stream, v[0], letter(v[0]++), "labour")));
                  synchronized (times) {
                    times.addAll(mine);
                  }
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              }));
    }
    for (var thread : threads) thread.join();
    return times;
  }

  static Event letter(int v) {
    return new Typed(
        List.of(new Update("[" + (40_000 + v) + ",[0,\"x\"],20]", "Abcdefghijklmnopqrstuv", v)));
  }

  /** Append until this process's folds have it. */
  private static void hub(EventLog log) throws Exception {
    try (var hub = new Hub(log)) {
      var v = new int[1];
      say(
          "append through the hub",
          1,
          timed(() -> hub.append(new Fact("case/2026-0002/note/h", v[0], letter(v[0]++), "o"))));
    }
  }

  private static void read(EventLog log) {
    var id = "2026-0003";
    var note = "case/" + id + "/note/n";
    log.append(new Fact("case/" + id, 0, new Contact("c", "visit", "words", null), "o"));
    log.append(new Fact(note, 0, new NoteOpened("n", "n", "joint", null, List.of(), null), "o"));
    for (var from = 1; from <= 50_000; from += 500) {
      var facts = new ArrayList<Fact>();
      for (var i = 0; i < 500; i++) facts.add(new Fact(note, from + i, letter(from + i), "o"));
      log.append(facts);
    }
    read(log, "a note of 50,000 letters", Which.stream(note));
    read(log, "its case without letters", Which.about(id).but("typed"));
    read(log, "its case with letters", Which.about(id));
    read(log, "the notes of its case", Which.stream("case/" + id + "/"));
    read(log, "registered of all", Which.all().only("registered"));
    var start = System.nanoTime();
    var head = log.verify(null, _ -> {});
    System.out.printf(
        Locale.ROOT,
        "verify %d entries: %.0f ms%n",
        head.position(),
        (System.nanoTime() - start) / 1e6);
  }

  private static void read(EventLog log, String what, Which which) {
    for (var round = 0; round < 3; round++) {
      var start = System.nanoTime();
      try (var entries = log.read(which, 0)) {
        var n = entries.count();
        System.out.printf(
            Locale.ROOT, "read %s: %d in %.0f ms%n", what, n, (System.nanoTime() - start) / 1e6);
      }
    }
  }

  private static List<Long> timed(Callable<?> step) throws Exception {
    var times = new ArrayList<Long>();
    var end = System.nanoTime() + SECONDS * 1_000_000_000L;
    for (var now = System.nanoTime(); now < end; ) {
      step.call();
      var then = System.nanoTime();
      times.add(then - now);
      now = then;
    }
    return times;
  }

  private static void say(String what, int writers, List<Long> times) {
    var sorted = times.stream().mapToLong(t -> t).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "%s, %d at once: %d/s, p50 %.2f ms, p99 %.2f ms%n",
        what,
        writers,
        sorted.length / SECONDS,
        sorted[sorted.length / 2] / 1e6,
        sorted[sorted.length * 99 / 100] / 1e6);
  }
}
