package org.onedoor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged is there, whole, once, whatever happened to the process or the disk. */
class SqliteCrashTest {
  private static final int THREADS = 8;
  private static final Path STRACE = Path.of("/usr/bin/strace");
  private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

  @TempDir Path dir;

  @Test
  void a_killed_writer_loses_nothing_it_acknowledged() throws Exception {
    Head before = null;
    for (var round = 0; round < 3; round++) {
      try (var writer = new Writer(dir, THREADS)) {
        var said = writer.until(600, line -> line.startsWith("entry")).kill();
        writer.process.waitFor();
        before = check(said, before);
      }
    }
  }

  private Head check(List<String> said, Head before) {
    try (var folder = DataFolder.open(dir);
        var log = new SqliteLog(folder.database(), InstantSource.system())) {
      var head = log.verify(before, _ -> {});
      Map<Long, String> there = new HashMap<>();
      try (var all = log.read(Which.all(), 0)) {
        all.forEach(e -> there.put(e.position(), e.stream() + " " + e.version()));
      }
      assertThat(there).hasSize((int) head.position());
      var acknowledged = 0;
      for (var line : said) {
        var words = line.split(" ", 3);
        if (words[0].equals("entry")) {
          assertThat(there).containsEntry(Long.valueOf(words[1]), words[2]);
          acknowledged++;
        }
        if (words[0].equals("keep"))
          assertThat(log.keep().get("writer", words[1]).map(Integer::valueOf).orElseThrow())
              .isGreaterThanOrEqualTo(Integer.parseInt(words[2]));
      }
      assertThat(acknowledged).isGreaterThanOrEqualTo(600);
      for (var t = 0; t < THREADS; t++)
        assertThat(log.version("case/2026-%04d".formatted(t)) % 3).as("half a list").isZero();
      return head;
    }
  }

  @Test
  void a_full_disk_loses_nothing_and_writing_resumes_when_there_is_room() throws Exception {
    assumeTrue(Files.exists(PRLIMIT), "needs prlimit (util-linux)");
    try (var writer = new Writer(dir, THREADS)) {
      writer.until(1, line -> line.startsWith("entry"));
      limitFiles(writer.process, "524288:"); // beyond this its disk is full, as far as it can tell
      writer.until(10 * THREADS, line -> line.startsWith("unavailable"));
      limitFiles(writer.process, "unlimited:");
      var said = writer.until(600, line -> line.startsWith("entry")).kill();
      writer.process.waitFor();
      check(said, null);
    }
  }

  /** SIGKILL takes nothing from a disk's cache, so it cannot show this. */
  @Test
  void a_sync_of_the_disk_stands_between_each_write_and_its_acknowledgement() throws Exception {
    assumeTrue(traces(), "needs strace, and that it may look");
    var calls = dir.resolve("calls");
    try (var writer =
        new Writer(
            Files.createDirectory(dir.resolve("data")),
            1,
            STRACE.toString(),
            "-f",
            "-qq",
            "-e",
            "trace=fsync,fdatasync,write",
            "-o",
            calls.toString())) {
      writer.until(20, line -> line.startsWith("keep")).kill();
      writer.process.waitFor();
    }
    var synced = 0;
    var acknowledged = 0;
    var last = "keep";
    for (var line : Files.readAllLines(calls)) {
      if (line.matches(".*(fsync|fdatasync)(\\(.*\\)| resumed>.*\\)) += 0")) synced++;
      var kind =
          line.contains("write(1, \"entry ")
              ? "entry"
              : line.contains("write(1, \"keep ") ? "keep" : last;
      if (kind.equals(last)) continue; // the rest of the same commit
      assertThat(synced).as("before it says " + line).isPositive();
      synced = 0;
      last = kind;
      acknowledged++;
    }
    assertThat(acknowledged).isGreaterThanOrEqualTo(39);
  }

  private static boolean traces() throws Exception {
    return Files.exists(STRACE)
        && new ProcessBuilder(STRACE.toString(), "-o", "/dev/null", "true").start().waitFor() == 0;
  }

  private static void limitFiles(Process process, String limit) throws Exception {
    var set =
        new ProcessBuilder(PRLIMIT.toString(), "--pid=" + process.pid(), "--fsize=" + limit)
            .inheritIO()
            .start();
    assertThat(set.waitFor()).isZero();
  }

  @Test
  void a_folder_belongs_to_one_process() throws IOException {
    try (var writer = new Writer(dir, 0)) {
      writer.until(1, "ready"::equals);
      assertThatThrownBy(() -> DataFolder.open(dir)).isInstanceOf(DataFolder.InUse.class);
    }
  }
}
