package org.onedoor.log;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@link Keep} as a table beside the log; what has expired is swept when something is put. */
final class SqliteKeep implements Keep {
  private static final String ALIVE = " AND (until IS NULL OR until > ?)";

  private final SqliteLog log;
  private final InstantSource clock;

  SqliteKeep(SqliteLog log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
  }

  @Override
  public void put(String shelf, String key, String value, @Nullable Instant until) {
    log.write(db -> put(db, shelf, key, value, until));
  }

  @Override
  public Optional<String> putIfAbsent(
      String shelf, String key, String value, @Nullable Instant until) {
    return log.write(db -> {
      var there = value(db, shelf, key);
      if (there.isEmpty()) put(db, shelf, key, value, until);
      return there;
    });
  }

  private int put(Db db, String shelf, String key, String value, @Nullable Instant until)
      throws SQLException {
    db.update("DELETE FROM keep WHERE shelf = ? AND until <= ?", shelf, now());
    return db.update(
        "INSERT OR REPLACE INTO keep(shelf, key, value, until) VALUES(?, ?, ?, ?)",
        shelf,
        key,
        value,
        until == null ? null : until.toEpochMilli());
  }

  @Override
  public Optional<String> get(String shelf, String key) {
    return log.reading(db -> value(db, shelf, key));
  }

  private Optional<String> value(Db db, String shelf, String key) throws SQLException {
    return db.one(
        "SELECT value FROM keep WHERE shelf = ? AND key = ?" + ALIVE,
        r -> r.getString(1),
        shelf,
        key,
        now());
  }

  @Override
  public void drop(String shelf, String key) {
    log.write(db -> db.update("DELETE FROM keep WHERE shelf = ? AND key = ?", shelf, key));
  }

  @Override
  public Stream<Kept> all(String shelf, String keyPrefix) {
    return log
        .reading(db ->
            db.list(
                "SELECT shelf, key, value, until FROM keep WHERE shelf = ? AND key >= ?"
                    + ALIVE
                    + " ORDER BY key",
                SqliteKeep::kept,
                shelf,
                keyPrefix,
                now()))
        .stream()
        .filter(k -> k.key().startsWith(keyPrefix));
  }

  private static Kept kept(ResultSet r) throws SQLException {
    var until = r.getLong(4);
    return new Kept(
        r.getString(1),
        r.getString(2),
        r.getString(3),
        r.wasNull() ? null : Instant.ofEpochMilli(until));
  }

  private long now() {
    return clock.millis();
  }
}
