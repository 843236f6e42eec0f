package org.onedoor.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The database file: how it is opened, made and closed, and a few readers kept open. */
final class SqliteFile {
  /** What {@code user_version} says; a newer one is refused. */
  static final int FORMAT = 1;

  private static final int READERS = 8;

  private static final List<String> SCHEMA =
      List.of(
          "CREATE TABLE name(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT",
          """
          CREATE TABLE entry(
            position INTEGER PRIMARY KEY,
            stream INTEGER NOT NULL,
            version INTEGER NOT NULL,
            at INTEGER NOT NULL,
            by TEXT NOT NULL,
            about INTEGER,
            once TEXT,
            type TEXT NOT NULL,
            salt BLOB,
            payload BLOB,
            digest BLOB,
            hash BLOB NOT NULL) STRICT\
          """,
          "CREATE UNIQUE INDEX entry_stream ON entry(stream, version)",
          "CREATE UNIQUE INDEX entry_once ON entry(once) WHERE once IS NOT NULL",
          "CREATE INDEX entry_about ON entry(about, position) WHERE about IS NOT NULL",
          """
          CREATE TABLE personal(
            position INTEGER NOT NULL,
            n INTEGER NOT NULL,
            party TEXT NOT NULL,
            salt BLOB,
            payload BLOB,
            digest BLOB,
            PRIMARY KEY(position, n)) STRICT, WITHOUT ROWID\
          """,
          """
          CREATE TABLE keep(
            shelf TEXT NOT NULL,
            key TEXT NOT NULL,
            value TEXT NOT NULL,
            until INTEGER,
            PRIMARY KEY(shelf, key)) STRICT, WITHOUT ROWID\
          """,
          "CREATE TABLE probe(n INTEGER NOT NULL) STRICT",
          "INSERT INTO probe VALUES(0)",
          "PRAGMA user_version=" + FORMAT);

  private final Path path;
  private final Deque<Db> idle = new ArrayDeque<>();

  interface Work<T> {
    T with(Db db) throws SQLException;
  }

  /** A reader on loan; closing gives it back. */
  final class Lent implements AutoCloseable {
    private final Db db;

    Lent(Db db) {
      this.db = db;
    }

    Db db() {
      return db;
    }

    @Override
    public void close() {
      synchronized (idle) {
        if (idle.size() < READERS) idle.push(db);
        else quietly(db);
      }
    }
  }

  SqliteFile(Path path) {
    this.path = path;
    try {
      var parent = path.toAbsolutePath().getParent();
      if (parent != null) Files.createDirectories(parent);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Db writer() throws SQLException {
    var db = open();
    var format = db.one("PRAGMA user_version", r -> r.getInt(1)).orElseThrow();
    if (format > FORMAT) {
      quietly(db);
      throw new NewerFormat(format, FORMAT);
    }
    if (format == 0) make(db);
    return db;
  }

  private static void make(Db db) throws SQLException {
    db.begin();
    for (var sql : SCHEMA) db.execute(sql);
    db.commit();
  }

  Lent reader() throws SQLException {
    synchronized (idle) {
      if (!idle.isEmpty()) return new Lent(idle.pop());
    }
    var db = open();
    db.execute("PRAGMA query_only=ON");
    return new Lent(db);
  }

  private Db open() throws SQLException {
    var connection = DriverManager.getConnection("jdbc:sqlite:" + path);
    try (var s = connection.createStatement()) {
      // WAL and FULL: durable when COMMIT returns; secure_delete: what was erased is overwritten
      s.execute("PRAGMA journal_mode=WAL");
      s.execute("PRAGMA synchronous=FULL");
      s.execute("PRAGMA busy_timeout=5000");
      s.execute("PRAGMA secure_delete=ON");
      s.execute("PRAGMA trusted_schema=OFF");
      s.execute("PRAGMA cell_size_check=ON");
      s.execute("PRAGMA wal_autocheckpoint=1000");
      s.execute("PRAGMA journal_size_limit=67108864");
    }
    return new Db(connection);
  }

  /**
   * Writes everything into the main file and empties the log beside it, as soon as readers allow.
   */
  void truncateWal() {
    try (var db = open()) {
      for (var tries = 0; tries < 100; tries++) {
        var busy = db.one("PRAGMA wal_checkpoint(TRUNCATE)", r -> r.getInt(1)).orElseThrow();
        if (busy == 0) return;
      }
    } catch (SQLException e) {
      throw new Unavailable("the log beside the database could not be emptied", e);
    }
  }

  void close(@Nullable Db writer) {
    synchronized (idle) {
      idle.forEach(this::quietly);
      idle.clear();
    }
    quietly(writer);
  }

  void quietly(@Nullable Db db) {
    if (db == null) return;
    try {
      db.close();
    } catch (SQLException e) {
      System.getLogger("onedoor.log").log(System.Logger.Level.DEBUG, "closing", e);
    }
  }
}
