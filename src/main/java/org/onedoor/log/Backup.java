package org.onedoor.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Event;
import org.onedoor.event.Event.Emptied;
import org.onedoor.event.Event.Erased;

/**
 * A consistent copy of a log while it is written to: one SQLite file, whichever database it was
 * taken from, checked before it gets its name.
 *
 * <p>Easy to get wrong: what the law made us erase must not come back with an older backup. So
 * erasures of newer backups beside it, and of any log that is named, are done again.
 */
public final class Backup {
  private static final Pattern NAME = Pattern.compile("onedoor-(\\d+)-([0-9a-f]{64})\\.db");

  private Backup() {}

  /** What was done, and how far the chain reaches in it. */
  public record Done(Path file, Head head) {}

  /** It cannot be done this way; the sentence says what to do. */
  public static final class No extends RuntimeException {
    No(String why) {
      super(why);
    }
  }

  /**
   * Writes a backup.
   *
   * @param file a file that does not exist yet; or a folder, in which it is named by its head
   * @param progress is told how far it is, of how many
   */
  public static Done write(EventLog log, Path file, BiConsumer<Long, Long> progress) {
    if (Files.exists(file) && !Files.isDirectory(file))
      throw new No(file + " exists already. A backup never overwrites: name another file.");
    var folder = Files.isDirectory(file) ? file : file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder))
      throw new No("There is no folder " + folder + ".");
    var unfinished = folder.resolve(".unfinished-" + System.nanoTime() + ".db");
    try {
      OwnersOnly.file(unfinished);
      if (log instanceof SqliteLog sqlite) sqlite.copyTo(unfinished);
      else
        try (var copy = new SqliteLog(unfinished, InstantSource.system())) {
          Copy.run(log, copy, progress);
        }
      var head = verified(unfinished, progress);
      var target = Files.isDirectory(file) ? file.resolve(name(head)) : file;
      settle(unfinished, target);
      return new Done(target, head);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      forget(unfinished);
    }
  }

  private static String name(Head head) {
    return "onedoor-" + head.toString().replace(':', '-') + ".db";
  }

  private static Head verified(Path file, BiConsumer<Long, Long> progress) {
    try (var copy = new SqliteLog(file, InstantSource.system())) {
      return verified(copy, progress);
    }
  }

  private static Head verified(EventLog log, BiConsumer<Long, Long> progress) {
    var end = log.head().position();
    return log.verify(null, at -> progress.accept(at, end));
  }

  /**
   * Puts a backup where a log is to be.
   *
   * @param backup a file; or a folder of backups, of which the one that reaches furthest is taken
   * @param database the log's file, which must not exist
   * @param later logs in which later erasures may stand
   * @return how many erasures were done again
   */
  public static int restore(
      Path backup, Path database, List<EventLog> later, BiConsumer<Long, Long> progress) {
    if (Files.exists(database))
      throw new No(
          "There is a centre in " + database.getParent() + ". Restore into an empty folder.");
    var from = newest(backup);
    var unfinished = database.resolveSibling(".restoring.db");
    try {
      forget(unfinished);
      Files.copy(from, OwnersOnly.file(unfinished), StandardCopyOption.REPLACE_EXISTING);
      var again = again(from, unfinished, later, progress);
      settle(unfinished, database);
      return again;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      forget(unfinished);
    }
  }

  private static int again(
      Path from, Path unfinished, List<EventLog> later, BiConsumer<Long, Long> progress) {
    var done = 0;
    try (var log = new SqliteLog(unfinished, InstantSource.system())) {
      var head = verified(log, progress);
      for (var newer : newer(from, head))
        try (var other = new SqliteLog(newer, InstantSource.system())) {
          done += again(log, head, other);
        }
      for (var other : later) done += again(log, head, other);
    }
    return done;
  }

  /** Erases what was erased in another log after the two parted. */
  private static int again(EventLog log, Head head, EventLog other) {
    if (!Heads.passes(other, head)) return 0;
    var before = log.head().position();
    var done = 0;
    for (var entry : Heads.erasures(other, head.position())) {
      var fact = (Erased) entry.event();
      log.erase(List.of(again(log, fact, other)), entry.by());
      if (log.head().position() > before) done++;
      before = log.head().position();
    }
    return done;
  }

  /**
   * The same erasure of a stream that may be shorter here: what an entry said last that is not here
   * yet is said in place of the last one that is.
   */
  private static Erasure again(EventLog log, Erased fact, EventLog other) {
    var restated = new TreeMap<Integer, Event>();
    var last = log.version(fact.stream());
    try (var entries = other.read(Which.stream(fact.stream()), 0)) {
      entries
          .filter(e -> fact.versions().contains(e.version()))
          .filter(e -> !(e.event() instanceof Emptied))
          .forEach(e -> restated.put(Math.min(e.version(), last), e.event()));
    }
    restated.remove(0); // the stream is not here yet at all
    return new Erasure(
        fact.stream(), fact.upTo(), fact.party(), fact.about(), restated, fact.reason(), -1);
  }

  private static Path newest(Path backup) {
    if (Files.isRegularFile(backup)) return backup;
    return named(backup).stream()
        .max(Comparator.comparingLong(Backup::position))
        .orElseThrow(() -> new No("There is no backup at " + backup + "."));
  }

  /** Backups beside this one that reach further. */
  private static List<Path> newer(Path backup, Head head) {
    return named(backup.toAbsolutePath().getParent()).stream()
        .filter(p -> position(p) > head.position())
        .sorted(Comparator.comparingLong(Backup::position))
        .toList();
  }

  private static List<Path> named(@Nullable Path folder) {
    if (folder == null || !Files.isDirectory(folder)) return List.of();
    try (var files = Files.list(folder)) {
      return files.filter(p -> NAME.matcher(p.getFileName().toString()).matches()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long position(Path named) {
    var name = NAME.matcher(named.getFileName().toString());
    return name.matches() ? Long.parseLong(name.group(1)) : 0;
  }

  /** Gives a file its name once it is on the disk. */
  private static void settle(Path file, Path name) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(file, name, StandardCopyOption.ATOMIC_MOVE);
    var folder = name.toAbsolutePath().getParent();
    if (folder == null) return;
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void forget(Path unfinished) {
    for (var end : List.of("", "-wal", "-shm", "-journal"))
      try {
        Files.deleteIfExists(unfinished.resolveSibling(unfinished.getFileName() + end));
      } catch (IOException e) {
        // it is in nobody's way
      }
  }
}
