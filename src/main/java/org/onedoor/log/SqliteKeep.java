package org.onedoor.log;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Utf8;

/** {@link Keep} as a table beside the log; what has expired is swept when something is put. */
final class SqliteKeep implements Keep {
  private static final String ALIVE = " AND (until IS NULL OR until > ?)";

  /** Follows every text that can be written. */
  private static final String END = Character.toString(Character.MAX_CODE_POINT);

  private final SqliteFile file;
  private final SqliteCommits commits;
  private final InstantSource clock;

  SqliteKeep(SqliteFile file, SqliteCommits commits, InstantSource clock) {
    this.file = file;
    this.commits = commits;
    this.clock = clock;
  }

  @Override
  public void put(String shelf, String key, String value, @Nullable Instant until) {
    check(shelf, key, value);
    commits.write(1, writer -> put(writer.db(), shelf, key, value, until));
  }

  @Override
  public Optional<String> putIfAbsent(
      String shelf, String key, String value, @Nullable Instant until) {
    check(shelf, key, value);
    return commits.write(
        1,
        writer -> {
          var there = value(writer.db(), shelf, key);
          if (there.isEmpty()) put(writer.db(), shelf, key, value, until);
          return there;
        });
  }

  /** A text that would come back as another one is refused before anybody else's is in hand. */
  private static void check(String... texts) {
    for (var text : texts) Utf8.bytes(text);
  }

  private int put(Db db, String shelf, String key, String value, @Nullable Instant until)
      throws SQLException {
    db.update("DELETE FROM keep WHERE until <= ?", clock.millis());
    return db.update(
        "INSERT OR REPLACE INTO keep(shelf, key, value, until) VALUES(?, ?, ?, ?)",
        shelf,
        key,
        value,
        until == null ? null : until.toEpochMilli());
  }

  @Override
  public Optional<String> get(String shelf, String key) {
    return file.reading(db -> value(db, shelf, key));
  }

  private Optional<String> value(Db db, String shelf, String key) throws SQLException {
    return db.one(
        "SELECT value FROM keep WHERE shelf = ? AND key = ?" + ALIVE,
        r -> r.getString(1),
        shelf,
        key,
        clock.millis());
  }

  @Override
  public void drop(String shelf, String key) {
    commits.write(
        1,
        writer -> writer.db().update("DELETE FROM keep WHERE shelf = ? AND key = ?", shelf, key));
  }

  /** Also from the log beside the file, where the bytes of what was dropped still stand. */
  @Override
  public void forget(String shelf, String text) {
    var _ =
        commits.write(
            1,
            writer ->
                writer
                    .db()
                    .update(
                        "DELETE FROM keep WHERE shelf = ? AND instr(value, ?) > 0", shelf, text));
    file.truncate();
  }

  @Override
  public Stream<Kept> all(String shelf, String keyPrefix) {
    return file
        .reading(db ->
            db.list(
                "SELECT shelf, key, value, until FROM keep"
                    + " WHERE shelf = ? AND key >= ? AND key < ?"
                    + ALIVE
                    + " ORDER BY key",
                SqliteKeep::kept,
                shelf,
                keyPrefix,
                keyPrefix + END,
                clock.millis()))
        .stream();
  }

  /** Everything on all shelves. */
  List<Kept> all() {
    return file.reading(db ->
        db.list(
            "SELECT shelf, key, value, until FROM keep WHERE true" + ALIVE,
            SqliteKeep::kept,
            clock.millis()));
  }

  /** These and nothing else. */
  void only(List<Kept> kept) {
    var _ =
        commits.write(
            1,
            writer -> {
              var db = writer.db();
              db.update("DELETE FROM keep");
              for (var k : kept) put(db, k.shelf(), k.key(), k.value(), k.until());
              return true;
            });
  }

  private static Kept kept(ResultSet r) throws SQLException {
    var until = r.getLong(4);
    var forEver = r.wasNull(); // asks about the column read last
    return new Kept(
        r.getString(1),
        r.getString(2),
        r.getString(3),
        forEver ? null : Instant.ofEpochMilli(until));
  }
}
