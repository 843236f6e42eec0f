package org.onedoor.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.onedoor.event.Event.AgencyAdded;
import org.onedoor.event.Event.CentreNamed;
import org.onedoor.event.Label;
import org.onedoor.log.Hub;
import org.onedoor.log.SqliteLog;
import org.onedoor.people.People;
import org.onedoor.room.Batch;
import org.onedoor.room.Rooms;
import org.onedoor.share.Import;

/**
 * Rows of a petition file into the log, beside the same bytes into a bare table of the same
 * database, in the same batches, each with a sync.
 */
final class ImportBench {
  /** As many as an import writes at once. */
  private static final int TOGETHER = 500;

  private static final String WORDS =
      "我们村三十多户的自来水已经断了两个星期，多次向有关部门反映，至今没有人来修，希望尽快处理。"
          + "The water has been off for two weeks and nobody came to mend it. ";

  private ImportBench() {}

  static void run(int rows) throws Exception {
    System.out.println("| what | rows | s | rows/s |");
    System.out.println("|---|---|---|---|");
    var dir = Files.createTempDirectory("onedoor-import");
    var lines = lines(rows);
    bare(dir, lines.subList(0, Math.min(rows, 5_000))); // warm up
    var start = System.nanoTime();
    bare(dir, lines);
    say("bare inserts", rows, start);
    var file =
        ("number,title,words,at\n" + String.join("\n", lines)).getBytes(StandardCharsets.UTF_8);
    try (var log = new SqliteLog(dir.resolve("onedoor.db"), InstantSource.system());
        var hub = new Hub(log)) {
      var people = new People(hub);
      people.add(new CentreNamed(new Label("Centre", null), "Asia/Shanghai", "en"), "admin");
      people.add(
          new AgencyAdded("centre", new Label("Centre", null), new Label("CE", null), 5), "admin");
      var imports =
          new Import(people, new Batch(hub, new Rooms(hub, people, InstantSource.system())));
      bring(imports, file, "warm");
      start = System.nanoTime();
      bring(imports, file, "one");
      say("import", rows, start);
      start = System.nanoTime();
      bring(imports, file, "one");
      say("import, all known", rows, start);
    }
  }

  private static void bring(Import imports, byte[] file, String source) {
    var result = imports.run(file, Map.of(), source, false, "console", (_, _, _) -> {});
    if (result.rejected() > 0) throw new IllegalStateException(String.valueOf(result.rejects()));
  }

  private static List<String> lines(int rows) {
    var lines = new ArrayList<String>();
    for (var i = 0; i < rows; i++)
      lines.add(
          "N%d,Water off in lane %d 停水,%s%d,2025-%02d-%02d 09:00"
              .formatted(i, i % 97, WORDS.replace(",", " "), i, i % 12 + 1, i % 28 + 1));
    return lines;
  }

  private static void bare(Path dir, List<String> lines) throws Exception {
    var file = Files.createTempFile(dir, "bare", ".db");
    try (var db = DriverManager.getConnection("jdbc:sqlite:" + file);
        var set = db.createStatement()) {
      set.execute("PRAGMA journal_mode=WAL");
      set.execute("PRAGMA synchronous=FULL");
      set.execute("CREATE TABLE row(id INTEGER PRIMARY KEY, number TEXT UNIQUE, body BLOB)");
      db.setAutoCommit(false);
      try (var insert = db.prepareStatement("INSERT INTO row(number, body) VALUES(?, ?)")) {
        for (var i = 0; i < lines.size(); i++) {
          insert.setString(1, "N" + i);
          insert.setBytes(2, lines.get(i).getBytes(StandardCharsets.UTF_8));
          insert.executeUpdate();
          if (i % TOGETHER == TOGETHER - 1) db.commit();
        }
        db.commit();
      }
    }
  }

  private static void say(String what, int rows, long start) {
    var seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT, "| %s | %,d | %.1f | %,.0f |%n", what, rows, seconds, rows / seconds);
  }
}
