package org.onedoor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onedoor.event.Entry;
import org.onedoor.event.Event.Corrected;
import org.onedoor.event.Event.Typed;
import org.onedoor.event.EventSamples;
import org.onedoor.event.Update;

class SqliteLogTest extends EventLogContract {
  @Override
  EventLog open(Path dir, InstantSource clock) {
    return new SqliteLog(dir.resolve("onedoor.db"), clock);
  }

  private Connection connection() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("onedoor.db"));
  }

  /** Somebody at the file itself. */
  private void sql(String... statements) throws SQLException {
    try (var c = connection();
        var s = c.createStatement()) {
      for (var one : statements) s.execute(one);
    }
  }

  /** Stands in for a full disk: the statement fails inside the transaction. */
  private void full(String when) throws SQLException {
    sql("CREATE TRIGGER full BEFORE " + when + " BEGIN SELECT RAISE(ABORT, 'disk full'); END");
  }

  // ---- the chain ----

  @Test
  void the_stored_bytes_give_the_hashes_of_the_design() throws Exception {
    for (var event : EventSamples.all().values()) append(CASE, log.version(CASE), event);
    log.append(new Fact("people", 0, contact("𠮷"), "admin", "a key"));
    log.erase(CASE, 9, null, "by law", "director");
    var previous = new byte[32];
    try (var c = connection()) {
      for (var entry : all()) {
        previous = hash(c, previous, entry);
        assertThat(entry.hash()).isEqualTo(previous);
      }
    }
    assertThat(log.head().hash()).isEqualTo(previous);
  }

  /** DESIGN's formula, written a second time. */
  private static byte[] hash(Connection c, byte[] previous, Entry e) throws Exception {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.write(previous);
    out.writeLong(e.position());
    text(out, e.stream());
    out.writeLong(e.version());
    out.writeLong(e.at().getEpochSecond() * 1_000_000 + e.at().getNano() / 1_000);
    text(out, e.by());
    text(out, e.about());
    text(out, e.once());
    try (var s = c.createStatement();
        var row =
            s.executeQuery(
                "SELECT k.text, salt, payload, digest FROM entry e JOIN kind k ON k.id = e.type"
                    + " WHERE position = "
                    + e.position())) {
      text(out, row.getString(1));
      out.write(digest(row.getBytes(2), row.getBytes(3), row.getBytes(4)));
    }
    try (var s = c.createStatement();
        var row =
            s.executeQuery(
                "SELECT party, salt, payload, digest FROM personal WHERE position = "
                    + e.position()
                    + " ORDER BY n")) {
      while (row.next()) {
        text(out, row.getString(1));
        out.write(digest(row.getBytes(2), row.getBytes(3), row.getBytes(4)));
      }
    }
    return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
  }

  private static void text(DataOutputStream out, @Nullable String text) throws IOException {
    var bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] digest(
      byte @Nullable [] salt, byte @Nullable [] payload, byte @Nullable [] digest)
      throws Exception {
    if (digest != null) return digest;
    assertThat(salt).hasSize(16);
    var sha = MessageDigest.getInstance("SHA-256");
    sha.update(salt);
    return sha.digest(payload);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4 | UPDATE entry SET stream = (SELECT id FROM name WHERE text = 'case/2026-0001/note/x'), version = 9 WHERE position = 4",
        "4 | UPDATE entry SET version = 77 WHERE position = 4",
        "4 | UPDATE entry SET at = at + 1 WHERE position = 4",
        "4 | UPDATE entry SET by = about WHERE position = 4",
        "4 | UPDATE entry SET about = NULL WHERE position = 4",
        "4 | UPDATE entry SET once = 'k' WHERE position = 4",
        "6 | UPDATE entry SET once = NULL WHERE position = 6",
        "4 | UPDATE entry SET type = (SELECT type FROM entry WHERE position = 5) WHERE position = 4",
        "4 | UPDATE entry SET salt = zeroblob(16) WHERE position = 4",
        "4 | UPDATE entry SET payload = CAST(replace(CAST(payload AS TEXT), 'four', 'five') AS BLOB) WHERE position = 4",
        "4 | UPDATE entry SET digest = zeroblob(32) WHERE position = 4",
        "4 | UPDATE entry SET payload = NULL WHERE position = 4",
        "4 | UPDATE entry SET payload = NULL, salt = NULL, digest = zeroblob(32) WHERE position = 4",
        "4 | UPDATE entry SET hash = zeroblob(32) WHERE position = 4",
        "1 | UPDATE name SET text = 'case/2026-0009' WHERE text = 'case/2026-0001'",
        "5 | DELETE FROM name WHERE text = 'case/2026-0001/note/x'",
        "2 | UPDATE kind SET text = 'kontakt' WHERE text = 'contact'",
        "1 | UPDATE personal SET payload = CAST('{\"name\":\"Other\"}' AS BLOB) WHERE position = 1 AND n = 1",
        "1 | UPDATE personal SET salt = zeroblob(16) WHERE position = 1 AND n = 1",
        "1 | UPDATE personal SET party = 'p9' WHERE position = 1 AND n = 1",
        "1 | UPDATE personal SET digest = zeroblob(32) WHERE position = 1 AND n = 1",
        "1 | UPDATE personal SET n = 2 WHERE position = 1 AND n = 1",
        "1 | UPDATE personal SET n = n + 10 WHERE position = 1; UPDATE personal SET n = 11 - n WHERE position = 1",
        "1 | DELETE FROM personal WHERE position = 1 AND n = 1",
        "3 | DELETE FROM personal WHERE position = 3",
        "1 | INSERT INTO personal SELECT 1, 2, 'p3', salt, payload, digest FROM personal WHERE position = 1 AND n = 1",
        "2 | INSERT INTO personal SELECT 2, 0, 'p3', salt, payload, digest FROM personal WHERE position = 1 AND n = 1",
        "99 | INSERT INTO personal SELECT 99, 0, 'p3', salt, payload, digest FROM personal WHERE position = 1 AND n = 1",
        "4 | DELETE FROM entry WHERE position = 4",
        "1 | DELETE FROM entry WHERE position = 1",
        "8 | DELETE FROM entry WHERE position = 8",
        "1 | DELETE FROM entry",
        "4 | UPDATE entry SET position = -4 WHERE position = 4; UPDATE entry SET position = 4 WHERE position = 8; UPDATE entry SET position = 8 WHERE position = -4",
        "2 | UPDATE entry SET payload = (SELECT payload FROM entry WHERE position = 4), salt = (SELECT salt FROM entry WHERE position = 4) WHERE position = 2",
        "7 | UPDATE entry SET payload = CAST(replace(CAST(payload AS TEXT), 'by law', 'no law') AS BLOB) WHERE position = 7"
      })
  void what_is_changed_behind_its_back_is_found_at_its_place(long position, String change)
      throws SQLException {
    append(CASE, 0, registered("a", party("p1", "Wang"), party("p2", "Li")));
    append(CASE, 1, contact("two"));
    append(CASE, 2, new Corrected("phone", "p1", "139 0000 4417", "1", "typo"));
    append(CASE, 3, contact("four"));
    append(CASE + "/note/x", 0, new Typed(List.of(new Update("[0,[0,\"a\"]]", "i", 0))));
    log.append(new Fact(CASE, 4, contact("six"), "clerk", "key"));
    log.erase(CASE, 5, "p1", "by law", "director");
    append(CASE, 6, contact("eight"));
    assertThat(log.verify(null, _ -> {})).isEqualTo(log.head());
    sql(change.split(";"));
    assertBroken(position, () -> log.verify(null, _ -> {}));
  }

  @Test
  void a_tail_cut_off_while_nobody_looked_is_seen_by_who_knows_the_head() throws SQLException {
    for (var v = 0; v < 5; v++) append(CASE, v, contact("" + v));
    var head = log.head();
    log.close();
    sql("DELETE FROM entry WHERE position > 3");
    log = open(dir, InstantSource.system());
    assertThat(log.verify(null, _ -> {}).position()).isEqualTo(3);
    assertBroken(4, () -> log.verify(head, _ -> {}));
    for (var v = 3; v < 5; v++) append(CASE, v, contact("" + v));
    assertBroken(5, () -> log.verify(head, _ -> {})); // written again, but not the same
  }

  @Test
  void what_is_erased_without_a_fact_that_says_so_is_found() throws Exception {
    append(CASE, 0, registered("a", party("p1", "Wang"), party("p2", "Li")));
    append(CASE, 1, contact("b"));
    log.erase(CASE, 1, "p1", "by law", "director");
    eraseByHand("personal", "position = 1 AND n = 1");
    assertBroken(1, () -> log.verify(null, _ -> {}));
    log.erase(CASE, 1, "p2", "nothing is left to erase", "director");
    assertBroken(1, () -> log.verify(null, _ -> {}));
    log.erase(CASE, 1, null, "by law", "director");
    assertThat(log.verify(null, _ -> {})).isEqualTo(log.head());
    eraseByHand("entry", "position = 2");
    assertBroken(2, () -> log.verify(null, _ -> {}));
  }

  private void eraseByHand(String table, String where) throws Exception {
    try (var c = connection();
        var s = c.createStatement()) {
      byte[] digest;
      try (var row = s.executeQuery("SELECT salt, payload FROM " + table + " WHERE " + where)) {
        digest = digest(row.getBytes(1), row.getBytes(2), null);
      }
      var update =
          "UPDATE " + table + " SET salt = NULL, payload = NULL, digest = ? WHERE " + where;
      try (var u = c.prepareStatement(update)) {
        u.setBytes(1, digest);
        assertThat(u.executeUpdate()).isEqualTo(1);
      }
    }
  }

  @Test
  void a_damaged_page_is_a_broken_chain_from_there_on() throws Exception {
    for (var v = 0; v < 200; v++) append(CASE, v, contact("words ".repeat(100)));
    log.close();
    long page;
    try (var c = connection();
        var s = c.createStatement();
        var row =
            s.executeQuery(
                "SELECT pageno FROM dbstat WHERE name = 'entry' AND pagetype = 'leaf'"
                    + " ORDER BY path LIMIT 1 OFFSET 10")) {
      page = row.getLong(1);
    }
    try (var file = new RandomAccessFile(dir.resolve("onedoor.db").toFile(), "rw")) {
      file.seek((page - 1) * 4096);
      file.write(new byte[64]);
    }
    log = open(dir, InstantSource.system());
    assertThatThrownBy(() -> log.verify(null, _ -> {}))
        .isInstanceOfSatisfying(
            EventLog.Broken.class, e -> assertThat(e.position()).isBetween(1L, 80L));
  }

  // ---- erasing ----

  @Test
  void what_was_erased_is_gone_from_the_disk() throws Exception {
    append(CASE, 0, registered("Title of a secret", party("p1", "Wang of Willow")));
    append(CASE, 1, new Corrected("phone", "p1", "139 0000 4417", "139 0000 9999", "typo"));
    append(CASE, 2, contact("A long secret. ".repeat(2_000)));
    for (var v = 0; v < 500; v++) append("people", v, contact("others " + v));
    try (var c = connection();
        var s = c.createStatement();
        var rows = s.executeQuery("SELECT CAST(payload AS TEXT) FROM entry")) {
      while (rows.next())
        assertThat(rows.getString(1)).doesNotContain("Wang", "139 0000", "310 101", "Willow Lane");
    }
    assertThat(onDisk()).contains("Wang of Willow", "139 0000", "310 101", "Willow Lane");
    log.erase(CASE, 3, "p1", "by law", "director");
    assertThat(onDisk()).doesNotContain("Wang of Willow", "139 0000", "310 101", "Willow Lane");
    assertThat(onDisk()).contains("Title of a secret", "A long secret.");
    log.erase(CASE, 3, null, "by law", "director");
    assertThat(onDisk()).doesNotContain("Title of a secret", "A long secret.");
    assertThat(onDisk()).contains("others 499");
    assertThat(log.verify(null, _ -> {})).isEqualTo(log.head());
  }

  @Test
  void erasing_while_others_read_and_write_leaves_no_byte_either() throws Exception {
    Together.run(
        4,
        me -> {
          for (var v = 0; v < 20; v++)
            if (me == 0) {
              append(CASE, v * 2, registered("a", party("p" + v, "Wang of Willow")));
              log.erase(CASE, v * 2 + 1, "p" + v, "by law", "director");
            } else {
              append("case/2026-100" + me, v, contact("others " + v));
              assertThat(all()).isNotEmpty();
            }
        });
    assertThat(onDisk()).doesNotContain("Wang of Willow");
    assertThat(log.verify(null, _ -> {}).position()).isEqualTo(100);
  }

  private String onDisk() throws IOException {
    var all = new StringBuilder();
    try (var files = Files.list(dir)) {
      for (var file : files.filter(Files::isRegularFile).toList())
        all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    }
    return all.toString();
  }

  // ---- when writing fails ----

  @Test
  void when_nothing_can_be_written_nothing_is_half_written_and_writing_resumes_by_itself()
      throws Exception {
    append(CASE, 0, contact("a"));
    var follower = new Follower(log, 0);
    full("INSERT ON entry WHEN NEW.version = 3");
    Together.run(
        4,
        me -> {
          var stream = "case/2026-100" + me;
          assertThatThrownBy(() ->
                  log.append(
                      List.of(
                          new Fact(stream, 0, contact("b"), "clerk", "key " + me),
                          new Fact(stream, 1, contact("c"), "clerk"),
                          new Fact(stream, 2, contact("d"), "clerk"))))
              .isInstanceOf(Unavailable.class)
              .hasMessageContaining("disk full");
          assertThat(log.version(stream)).isZero();
          assertThat(log.once("key " + me)).isEmpty();
        });
    assertThat(log.head().position()).isEqualTo(1);
    assertThat(all()).hasSize(1);
    sql("DROP TRIGGER full");
    log.writable();
    append(CASE, 1, contact("b"));
    append("case/2026-1000", 0, contact("names are given numbers anew"));
    follower.await(3);
    assertSame(follower.seen(), all());
    assertThat(log.verify(null, _ -> {})).isEqualTo(log.head());
    follower.close();
  }

  @Test
  void a_log_that_cannot_write_says_so_when_asked() throws SQLException {
    append(CASE, 0, contact("a"));
    full("UPDATE ON probe");
    log.writable(); // proved by the append just now
    sql("CREATE TRIGGER entries BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'full'); END");
    assertThatThrownBy(() -> append(CASE, 1, contact("b"))).isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> log.writable()).isInstanceOf(Unavailable.class);
    assertThat(all()).as("reading goes on").hasSize(1);
    sql("DROP TRIGGER full");
    log.writable();
  }

  @Test
  void when_only_the_answer_to_a_commit_is_lost_the_facts_stand_and_are_acknowledged()
      throws Exception {
    log.close();
    var lose = new AtomicBoolean();
    var lost = new AtomicInteger();
    log =
        new SqliteLog(
            new SqliteFile(dir.resolve("onedoor.db")) {
              @Override
              SqliteWriter writer(Db db) throws SQLException {
                return new SqliteWriter(db) {
                  @Override
                  void commit() throws SQLException {
                    super.commit();
                    if (!lose.get()) return;
                    lost.incrementAndGet();
                    throw new SQLException("no answer");
                  }
                };
              }
            },
            InstantSource.system());
    var follower = new Follower(log, 0);
    append(CASE, 0, contact("a"));
    lose.set(true);
    assertThat(append(CASE, 1, contact("b")).position()).isEqualTo(2);
    assertThatThrownBy(() -> append(CASE, 7, contact("b"))).isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> log.keep().put("s", "k", "v", null)).isInstanceOf(Unavailable.class);
    lose.set(false);
    assertThat(append(CASE, 2, contact("c")).position()).isEqualTo(3);
    assertThat(lost).hasValue(3);
    follower.await(3);
    assertSame(follower.seen(), all());
    assertThat(log.verify(null, _ -> {}).position()).isEqualTo(3);
    follower.close();
  }

  @Test
  void a_file_that_vanished_or_was_exchanged_is_never_begun_anew() throws Exception {
    append(CASE, 0, contact("a"));
    var head = log.head();
    full("INSERT ON entry");
    assertThatThrownBy(() -> append(CASE, 1, contact("b"))).isInstanceOf(Unavailable.class);
    sql("DROP TRIGGER full");
    move(dir, Files.createDirectory(dir.resolve("away")));
    assertThatThrownBy(() -> append(CASE, 1, contact("b")))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("gone");
    try (var other = open(dir, InstantSource.system())) {
      other.append(new Fact(CASE, 0, contact("another centre"), "clerk"));
    }
    assertThatThrownBy(() -> append(CASE, 1, contact("b")))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("another file");
    assertThat(log.head()).isEqualTo(head);
    Files.delete(dir.resolve("onedoor.db"));
    move(dir.resolve("away"), dir);
    assertThat(append(CASE, 1, contact("b")).position()).isEqualTo(2);
  }

  private static void move(Path from, Path to) throws IOException {
    for (var name : List.of("onedoor.db", "onedoor.db-wal", "onedoor.db-shm"))
      if (Files.exists(from.resolve(name))) Files.move(from.resolve(name), to.resolve(name));
  }

  // ---- the file ----

  @Test
  void a_newer_format_is_refused_with_a_sentence() throws SQLException {
    log.close();
    sql("PRAGMA user_version=99");
    assertThatThrownBy(() -> open(dir, InstantSource.system()))
        .isInstanceOf(NewerFormat.class)
        .hasMessageContaining("newer OneDoor");
    sql("PRAGMA user_version=" + SqliteFile.FORMAT);
    log = open(dir, InstantSource.system());
  }

  @Test
  void a_log_of_the_first_format_is_renewed_and_goes_on() throws SQLException {
    append(CASE, 0, registered("a", party("p1", "Wang")));
    log.close();
    sql("ALTER TABLE entry DROP COLUMN restated", "PRAGMA user_version=1");
    log = open(dir, InstantSource.system());
    append(CASE, 1, contact("b"));
    log.erase(CASE, 1, "p1", "by law", "director");
    assertThat(log.verify(null, _ -> {}).position()).isEqualTo(3);
  }

  @Test
  void something_that_is_no_log_is_refused() throws IOException {
    Files.createDirectory(dir.resolve("other"));
    Files.writeString(dir.resolve("other/onedoor.db"), "not a database ".repeat(500));
    assertThatThrownBy(() -> open(dir.resolve("other"), InstantSource.system()))
        .isInstanceOf(Unavailable.class);
    Files.writeString(dir.resolve("file"), "");
    assertThatThrownBy(() -> open(dir.resolve("file/folder"), InstantSource.system()))
        .isInstanceOf(Unavailable.class);
  }

  @Test
  void the_folder_may_have_any_name() throws IOException {
    var odd = dir.resolve("数据 a?b#c%20d'e&f");
    try (var there = open(odd, InstantSource.system())) {
      there.append(new Fact(CASE, 0, contact("a"), "clerk"));
    }
    assertThat(odd.resolve("onedoor.db")).isNotEmptyFile();
    try (var there = open(odd, InstantSource.system())) {
      assertThat(there.head().position()).isEqualTo(1);
    }
  }

  @Test
  void who_mends_the_file_by_hand_while_it_is_open_confuses_nobody() {
    append(CASE, 0, contact("a"));
    try (var other = open(dir, InstantSource.system())) {
      other.append(new Fact(CASE, 1, contact("b"), "other"));
      other.append(new Fact("case/2026-0002", 0, contact("new name"), "new account"));
      assertThatThrownBy(() -> append(CASE, 1, contact("c"))).isInstanceOf(Conflict.class);
      assertThat(append(CASE, 2, contact("c")).position()).isEqualTo(4);
      assertThat(all())
          .extracting(Entry::by)
          .containsExactly("clerk", "other", "new account", "clerk");
    }
    assertThat(log.verify(null, _ -> {}).position()).isEqualTo(4);
  }

  @Test
  void a_thousand_letters_take_at_most_two_hundred_thousand_bytes() throws Exception {
    append(CASE, 0, registered("a"));
    var before = settledSize();
    var facts = new ArrayList<Fact>();
    for (var i = 0; i < 2_000; i++)
      facts.add(new Fact(CASE + "/note/AbCdEfGhIjKlMnOp", i, letter(i), "labour"));
    log.append(facts);
    assertThat((settledSize() - before) / 2).isBetween(50_000L, 200_000L);
  }

  private long settledSize() throws IOException {
    reopen();
    return Files.size(dir.resolve("onedoor.db"));
  }

  private static Typed letter(int v) {
    return new Typed(
        List.of(new Update("[" + (40_000 + v) + ",[0,\"x\"],20]", "Abcdefghijklmnopqrstuv", v)));
  }
}
