package org.onedoor.bench;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.onedoor.event.Event;
import org.onedoor.event.Event.Contact;
import org.onedoor.event.Event.NoteOpened;
import org.onedoor.event.Event.Typed;
import org.onedoor.event.Update;
import org.onedoor.log.EventLog;
import org.onedoor.log.Fact;
import org.onedoor.log.Hub;
import org.onedoor.log.MongoLog;
import org.onedoor.log.ReplicaSet;
import org.onedoor.log.SqliteLog;
import org.onedoor.log.Which;

/**
 * How fast the log writes and reads, beside a bare loop of write and sync on the same disk. MongoDB
 * is the one {@code MONGODB_URI} names; else the members of the tests stand in for it, which keep
 * nothing on a disk and measure our side of the wire alone.
 */
final class LogBench {
  private static final int SECONDS = 4;

  private LogBench() {}

  static void run() throws Exception {
    System.out.println("| what | writers | per second | p50 ms | p99 ms |");
    System.out.println("|---|---|---|---|---|");
    var dir = Files.createTempDirectory("onedoor-log");
    try (var log = new SqliteLog(dir.resolve("onedoor.db"), InstantSource.system())) {
      write(log, "warm", 8);
      say("bare write and sync", 1, bare(dir.resolve("bare")));
      measure("SQLite", log);
      read("SQLite", log);
    }
    var named = System.getenv("MONGODB_URI");
    if (named != null) mongo("MongoDB", named + "/bench-" + UUID.randomUUID());
    else
      try (var members = new ReplicaSet()) {
        mongo("MongoDB's wire, no disk", members.url("bench"));
      }
  }

  private static void mongo(String name, String url) throws Exception {
    try (var log = new MongoLog(url, InstantSource.system())) {
      write(log, "warm", 8);
      measure(name, log);
    }
  }

  private static void measure(String name, EventLog log) throws Exception {
    for (var writers : List.of(1, 8, 64)) say(name, writers, write(log, "w", writers));
    say(name + ", until folded here", 1, hub(log));
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

  private static List<Long> write(EventLog log, String name, int writers)
      throws InterruptedException, ExecutionException {
    var times = new ArrayList<Long>();
    try (var threads = Executors.newFixedThreadPool(writers)) {
      var each = new ArrayList<Future<List<Long>>>();
      for (var w = 0; w < writers; w++) {
        var stream = "case/2026-0001/note/" + name + writers + "-" + w;
        var v = new int[1];
        each.add(
            threads.submit(
                () -> timed(() -> log.append(new Fact(stream, v[0], letter(v[0]++), "labour")))));
      }
      for (var one : each) times.addAll(one.get());
    }
    return times;
  }

  private static Event letter(int v) {
    return new Typed(
        List.of(new Update("[" + (40_000 + v) + ",[0,\"x\"],20]", "Abcdefghijklmnopqrstuv", v)));
  }

  /** Append until this process's folds have it. */
  private static List<Long> hub(EventLog log) throws Exception {
    try (var hub = new Hub(log)) {
      var v = new int[1];
      return timed(
          () -> hub.append(new Fact("case/2026-0002/note/h", v[0], letter(v[0]++), "labour")));
    }
  }

  private static void read(String name, EventLog log) {
    var id = "2026-0003";
    var note = "case/" + id + "/note/n";
    log.append(new Fact("case/" + id, 0, new Contact("c", "visit", "words", null), "o"));
    log.append(new Fact(note, 0, new NoteOpened("n", "n", "joint", null, List.of(), null), "o"));
    for (var from = 1; from <= 50_000; from += 500) {
      var facts = new ArrayList<Fact>();
      for (var i = 0; i < 500; i++) facts.add(new Fact(note, from + i, letter(from + i), "o"));
      log.append(facts);
    }
    System.out.println();
    System.out.println("| read from " + name + " | entries | ms |");
    System.out.println("|---|---|---|");
    read(log, "a note of 50,000 letters", Which.stream(note));
    read(log, "its case without letters", Which.about(id).but("typed"));
    read(log, "its case with letters", Which.about(id));
    var start = System.nanoTime();
    var head = log.verify(null, _ -> {});
    row("all of it, verified", head.position(), start);
    System.out.println();
    System.out.println("| what | writers | per second | p50 ms | p99 ms |");
    System.out.println("|---|---|---|---|---|");
  }

  private static void read(EventLog log, String what, Which which) {
    var n = 0L;
    var start = 0L;
    for (var round = 0; round < 3; round++) { // the last of three is told
      start = System.nanoTime();
      try (var entries = log.read(which, 0)) {
        n = entries.count();
      }
    }
    row(what, n, start);
  }

  private static void row(String what, long entries, long start) {
    System.out.printf(
        Locale.ROOT, "| %s | %,d | %.0f |%n", what, entries, (System.nanoTime() - start) / 1e6);
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
    var took = new Took(times);
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %,d | %.2f | %.2f |%n",
        what,
        writers,
        took.times() / SECONDS,
        took.ms(50),
        took.ms(99));
  }
}
