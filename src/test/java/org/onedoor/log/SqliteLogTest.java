package org.onedoor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onedoor.event.Event.Typed;
import org.onedoor.event.Update;

class SqliteLogTest extends EventLogContract {
  @Override
  EventLog open(Path dir, InstantSource clock) {
    return new SqliteLog(dir.resolve("onedoor.db"), clock);
  }

  private void sql(String... statements) throws SQLException {
    try (var c = DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("onedoor.db"));
        var s = c.createStatement()) {
      for (var one : statements) s.execute(one);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE entry SET payload = CAST(replace(CAST(payload AS TEXT), 'visit 3', 'visit 4') AS BLOB) WHERE position = 3 | 3",
        "UPDATE entry SET by = by + 1 WHERE position = 4 | 4",
        "UPDATE entry SET at = at + 1 WHERE position = 2 | 2",
        "UPDATE personal SET payload = CAST('{\"name\":\"other\"}' AS BLOB) WHERE position = 1 | 1",
        "DELETE FROM personal WHERE position = 1 | 1",
        "DELETE FROM entry WHERE position = 5 | 5",
        "UPDATE entry SET position = -6 WHERE position = 6; UPDATE entry SET position = 6 WHERE position = 7; UPDATE entry SET position = 7 WHERE position = -6 | 6"
      })
  void whatever_was_changed_behind_its_back_is_found_at_its_place(String change, long position)
      throws SQLException {
    append("case/2026-0001", 0, registered("a", wang()));
    for (var v = 1; v < 9; v++) append("case/2026-0001", v, contact("visit " + (v + 1)));
    sql(change.split(";"));
    assertThatThrownBy(() -> log.verify(null, _ -> {}))
        .isInstanceOfSatisfying(
            EventLog.Broken.class, e -> assertThat(e.position()).isEqualTo(position));
  }

  @Test
  void the_stored_bytes_give_the_hash_of_the_design() throws Exception {
    append("case/2026-0001", 0, registered("a", wang()));
    append("case/2026-0001", 1, contact("b"));
    byte[] previous = new byte[32];
    try (var c = DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("onedoor.db"));
        var s = c.createStatement();
        var rows =
            s.executeQuery(
                "SELECT salt, payload, k.text FROM entry e JOIN kind k ON k.id = e.type ORDER BY position");
        var s2 = c.createStatement()) {
      for (var entry : all()) {
        assertThat(rows.next()).isTrue();
        var parties = new ArrayList<String>();
        var digests = new ArrayList<byte[]>();
        try (var p =
            s2.executeQuery(
                "SELECT party, salt, payload FROM personal WHERE position = "
                    + entry.position()
                    + " ORDER BY n")) {
          while (p.next()) {
            parties.add(p.getString(1));
            digests.add(Chain.digest(p.getBytes(2), p.getBytes(3)));
          }
        }
        previous =
            step(
                previous,
                entry,
                rows.getString(3),
                Chain.digest(rows.getBytes(1), rows.getBytes(2)),
                parties,
                digests);
        assertThat(entry.hash()).isEqualTo(previous);
      }
    }
  }

  @Test
  void particulars_stand_only_in_the_personal_payload_and_are_gone_from_the_disk_when_erased()
      throws Exception {
    append("case/2026-0001", 0, registered("a", wang()));
    try (var c = DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("onedoor.db"));
        var s = c.createStatement();
        var rows = s.executeQuery("SELECT CAST(payload AS TEXT) FROM entry")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).doesNotContain("王", "139", "Willow");
    }
    assertThat(bytes()).contains("Willow Lane");
    log.erase("case/2026-0001", 1, "p1", "by law", "director");
    assertThat(bytes()).doesNotContain("Willow Lane").doesNotContain("139 0000");
  }

  private String bytes() throws Exception {
    var all = new StringBuilder();
    try (var files = Files.list(dir)) {
      for (var file : files.filter(Files::isRegularFile).toList())
        all.append(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    }
    return all.toString();
  }

  @Test
  void a_newer_format_is_refused_with_a_sentence() throws SQLException {
    log.close();
    sql("PRAGMA user_version=99");
    assertThatThrownBy(() -> open(dir, InstantSource.system()))
        .isInstanceOf(NewerFormat.class)
        .hasMessageContaining("newer OneDoor");
    sql("PRAGMA user_version=1");
    log = open(dir, InstantSource.system());
  }

  @Test
  void a_folder_belongs_to_one_server() {
    try (var first = DataFolder.open(dir.resolve("data"))) {
      assertThat(first.database()).hasFileName("onedoor.db");
      assertThatThrownBy(() -> DataFolder.open(dir.resolve("data")))
          .isInstanceOf(DataFolder.InUse.class)
          .hasMessageContaining("already running");
    }
    DataFolder.open(dir.resolve("data")).close();
  }

  @Test
  void when_the_disk_is_full_nothing_is_half_written_and_writing_resumes_by_itself()
      throws SQLException {
    append("case/2026-0001", 0, registered("a"));
    // a trigger stands in for the full disk: the statement fails inside the transaction
    sql("CREATE TRIGGER full BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'disk full'); END");
    assertThatThrownBy(() -> append("case/2026-0001", 1, contact("b")))
        .isInstanceOf(Unavailable.class);
    assertThat(log.version("case/2026-0001")).isEqualTo(1);
    sql("DROP TRIGGER full");
    log.writable();
    assertThat(append("case/2026-0001", 1, contact("b")).position()).isEqualTo(2);
  }

  @Test
  void a_thousand_letters_take_at_most_two_hundred_thousand_bytes() throws Exception {
    append("case/2026-0001", 0, registered("a"));
    var before = settledSize();
    var client = "Abcdefghijklmnopqrstuv";
    for (var i = 0; i < 2_000; i++)
      append(
          "case/2026-0001/note/AbCdEfGhIjKlMnOp",
          i,
          new Typed(List.of(new Update("[" + (40_000 + i) + ",[0,\"x\"],20]", client, i))));
    assertThat((settledSize() - before) / 2).isLessThan(200_000);
  }

  private long settledSize() throws Exception {
    log.close();
    var size = Files.size(dir.resolve("onedoor.db"));
    log = open(dir, InstantSource.system());
    return size;
  }
}
