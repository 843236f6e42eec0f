package org.onedoor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onedoor.event.Entry;
import org.onedoor.event.Event.Contact;
import org.onedoor.event.Event.Erased;
import org.onedoor.event.Event.Restated;
import org.onedoor.event.EventSamples;

/** Whole logs on the move: copies, backups, and what was erased meanwhile. */
class CarryTest {
  private static final String CASE = EventLogContract.CASE;
  private static ReplicaSet mongo;

  @TempDir Path dir;
  private EventLog log;
  private int databases;

  @BeforeAll
  static void begin() {
    mongo = new ReplicaSet();
  }

  @AfterAll
  static void end() {
    mongo.close();
  }

  @BeforeEach
  void open() {
    log = sqlite("first.db");
  }

  private EventLog sqlite(String name) {
    return new SqliteLog(dir.resolve(name), InstantSource.system());
  }

  private EventLog mongo() {
    return new MongoLog(mongo.url(dir.getFileName() + "-" + databases++), InstantSource.system());
  }

  /** All kinds of events, some erased, and things kept. */
  private void fill() {
    for (var event : EventSamples.all().values())
      if (!(event instanceof Erased || event instanceof Restated)) // which say it of others
      log.append(new Fact("samples", log.version("samples"), event, "clerk"));
    log.append(
        new Fact(
            CASE,
            0,
            EventLogContract.registered(
                "a", EventLogContract.party("p1", "Wang"), EventLogContract.party("p2", "Quilt")),
            "clerk",
            "key"));
    for (var v = 1; v < 1_200; v++)
      log.append(new Fact(CASE, v, new Contact("c", "visit", "visit " + v, null), "clerk"));
    log.erase(CASE, 1, "p1", "by law", "director");
    log.append(new Fact("case/2026-0002", 0, EventLogContract.registered("b"), "clerk"));
    log.erase("case/2026-0002", 1, null, "by law", "director");
    log.keep().put("token", "hash", "clerk", null);
    log.keep().put("draft", "clerk", "half a sentence", null);
  }

  private static List<Entry> all(EventLog log) {
    try (var entries = log.read(Which.all(), 0)) {
      return entries.toList();
    }
  }

  private static void assertAlike(EventLog one, EventLog other) {
    assertThat(other.head()).isEqualTo(one.head());
    assertThat(other.verify(one.head(), _ -> {})).isEqualTo(one.head());
    EventLogContract.assertSame(all(other), all(one));
    assertThat(Raw.of(other).kept()).containsExactlyInAnyOrderElementsOf(Raw.of(one).kept());
  }

  @Test
  void a_log_goes_to_mongo_and_back_and_stays_the_same() {
    fill();
    try (var there = mongo();
        var back = sqlite("back.db")) {
      assertThat(Copy.run(log, there, (_, _) -> {})).isEqualTo(log.head());
      assertAlike(log, there);
      Copy.run(there, back, (_, _) -> {});
      assertAlike(log, back);
      // and each goes on by itself
      for (var one : List.of(there, back)) {
        var fact = new Fact(CASE, one.version(CASE), EventLogContract.contact("more"), "clerk");
        assertThat(one.append(fact).position()).isEqualTo(log.head().position() + 1);
        assertThat(one.once("key")).isPresent();
      }
    }
  }

  @Test
  void a_copy_that_broke_off_goes_on_and_follows_what_was_erased_meanwhile() {
    fill();
    for (var target : List.of(mongo(), sqlite("second.db"))) {
      try (target) {
        assertThatThrownBy(() ->
                Copy.run(
                    log,
                    target,
                    (at, _) -> {
                      if (at > 600) throw new IllegalStateException("on purpose");
                    }))
            .hasMessage("on purpose");
        var reached = target.head().position();
        assertThat(reached).isBetween(600L, log.head().position() - 1);
        log.erase(CASE, 100, null, "by law", "director");
        log.keep().drop("token", "hash");
        Copy.run(log, target, (_, _) -> {});
        assertAlike(log, target);
        Copy.run(log, target, (_, _) -> {});
        assertAlike(log, target);
      }
    }
  }

  @Test
  void a_log_is_not_copied_into_another_one() {
    fill();
    for (var target : List.of(mongo(), sqlite("second.db"))) {
      try (target) {
        target.append(new Fact(CASE, 0, EventLogContract.contact("other"), "clerk"));
        assertThatThrownBy(() -> Copy.run(log, target, (_, _) -> {}))
            .isInstanceOf(Copy.Different.class);
        assertThat(target.head().position()).isEqualTo(1);
      }
    }
  }

  @Test
  void what_was_changed_in_the_first_log_is_not_carried_on() throws Exception {
    fill();
    sql("first.db", "UPDATE entry SET payload = CAST('{}' AS BLOB) WHERE position = 40");
    try (var there = mongo()) {
      assertThatThrownBy(() -> Copy.run(log, there, (_, _) -> {}))
          .isInstanceOfSatisfying(
              EventLog.Broken.class, e -> assertThat(e.position()).isEqualTo(40));
    }
  }

  private void sql(String file, String statement) throws SQLException {
    try (var db = DriverManager.getConnection("jdbc:sqlite:" + dir.resolve(file));
        var s = db.createStatement()) {
      s.execute(statement);
    }
  }

  // ---- backups ----

  @Test
  void a_backup_taken_under_load_is_whole_and_its_name_tells_its_head() throws Exception {
    fill();
    var backups = Files.createDirectory(dir.resolve("backups"));
    var over = new AtomicBoolean();
    var writer =
        Thread.ofPlatform()
            .start(() -> {
              for (var v = 0; !over.get(); v++)
                log.append(
                    List.of(
                        new Fact("case/load", 2 * v, EventLogContract.contact("a"), "clerk"),
                        new Fact("case/load", 2 * v + 1, EventLogContract.contact("b"), "clerk")));
            });
    var done = Backup.write(log, backups, (_, _) -> {});
    over.set(true);
    writer.join();
    assertThat(done.file())
        .hasFileName("onedoor-" + done.head().toString().replace(':', '-') + ".db");
    assertThat(log.verify(done.head(), _ -> {})).isEqualTo(log.head());
    assertThat(Files.list(backups)).hasSize(1);
    Backup.restore(backups, dir.resolve("new.db"), List.of(), (_, _) -> {});
    try (var restored = sqlite("new.db")) {
      assertThat(restored.head()).isEqualTo(done.head());
      assertThat(restored.version("case/load") % 2).as("both or none").isZero();
      assertThat(restored.keep().get("token", "hash")).contains("clerk");
      EventLogContract.assertSame(all(restored), all(log).subList(0, (int) done.head().position()));
    }
  }

  @Test
  void a_backup_of_a_mongo_is_a_file_too() throws Exception {
    fill();
    try (var there = mongo()) {
      Copy.run(log, there, (_, _) -> {});
      var file = dir.resolve("backup.db");
      assertThat(Backup.write(there, file, (_, _) -> {}).head()).isEqualTo(log.head());
      try (var opened = sqlite("backup.db")) {
        assertAlike(log, opened);
      }
    }
  }

  @Test
  void what_was_erased_after_a_backup_is_erased_again_when_it_is_restored() throws Exception {
    fill();
    var backups = Files.createDirectory(dir.resolve("backups"));
    var old = Backup.write(log, backups, (_, _) -> {}).file();
    log.erase(CASE, 1, "p2", "by law, later", "director");
    log.append(new Fact("calendar", 0, EventLogContract.contact("after"), "clerk"));
    assertThat(bytes(old)).contains("Quilt");

    // known from a newer backup beside it
    Backup.write(log, backups, (_, _) -> {});
    assertThat(Backup.restore(old, dir.resolve("one.db"), List.of(), (_, _) -> {})).isEqualTo(1);
    // known from a log that is named
    var lonely = Files.createDirectory(dir.resolve("lonely")).resolve("old.db");
    Files.copy(old, lonely);
    assertThat(Backup.restore(lonely, dir.resolve("two.db"), List.of(log), (_, _) -> {}))
        .isEqualTo(1);
    for (var name : List.of("one.db", "two.db"))
      try (var restored = sqlite(name)) {
        var last = all(restored).getLast();
        assertThat(last.event()).isEqualTo(new Erased(CASE, 1, "p2", "by law, later"));
        assertThat(last.by()).isEqualTo("director");
        assertThat(restored.verify(null, _ -> {})).isEqualTo(restored.head());
        assertThat(bytes(dir.resolve(name))).doesNotContain("Quilt");
      }
    // unknown: it comes back
    assertThat(Backup.restore(lonely, dir.resolve("three.db"), List.of(), (_, _) -> {})).isZero();
  }

  private static String bytes(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }

  @Test
  void a_backup_overwrites_nothing_and_a_damaged_one_is_not_restored() throws Exception {
    fill();
    var file = dir.resolve("backup.db");
    Backup.write(log, file, (_, _) -> {});
    assertThatThrownBy(() -> Backup.write(log, file, (_, _) -> {})).isInstanceOf(Backup.No.class);
    assertThatThrownBy(() -> Backup.write(log, dir.resolve("none/backup.db"), (_, _) -> {}))
        .isInstanceOf(Backup.No.class);
    sql("backup.db", "DELETE FROM entry WHERE position = 50");
    var target = dir.resolve("target.db");
    assertThatThrownBy(() -> Backup.restore(file, target, List.of(), (_, _) -> {}))
        .isInstanceOfSatisfying(EventLog.Broken.class, e -> assertThat(e.position()).isEqualTo(50));
    assertThatThrownBy(() -> Backup.restore(dir.resolve("no"), target, List.of(), (_, _) -> {}))
        .isInstanceOf(Backup.No.class);
    Files.writeString(dir.resolve("text.db"), "no database ".repeat(1_000));
    assertThatThrownBy(
            () -> Backup.restore(dir.resolve("text.db"), target, List.of(), (_, _) -> {}))
        .isInstanceOf(Unavailable.class);
    assertThat(target).doesNotExist();
    try (Stream<Path> left = Files.list(dir)) {
      assertThat(new ArrayList<>(left.map(p -> p.getFileName().toString()).toList()))
          .noneMatch(name -> name.startsWith("."));
    }
    assertThatThrownBy(() -> Backup.restore(file, dir.resolve("first.db"), List.of(), (_, _) -> {}))
        .isInstanceOf(Backup.No.class);
  }
}
