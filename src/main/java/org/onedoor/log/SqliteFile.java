package org.onedoor.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/** The database file: how it is made and opened, and the few readers kept open. */
class SqliteFile implements AutoCloseable {
  /** What {@code user_version} says; a newer one is refused. */
  static final int FORMAT = 2;

  /** Readers at work at once; a reader keeps a processor busy, so many more would only queue. */
  private static final int READERS = 8;

  /** How long the bytes of what was erased may wait for a reader to let go of them. */
  private static final int TRIES = 6;

  private static final List<String> SCHEMA =
      List.of(
          "CREATE TABLE name(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT",
          "CREATE TABLE kind(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT",
          """
          CREATE TABLE entry(
            position INTEGER PRIMARY KEY,
            stream INTEGER NOT NULL,
            version INTEGER NOT NULL,
            at INTEGER NOT NULL,
            by INTEGER NOT NULL,
            about INTEGER,
            once TEXT,
            type INTEGER NOT NULL,
            salt BLOB,
            payload BLOB,
            digest BLOB,
            restated INTEGER,
            hash BLOB NOT NULL) STRICT\
          """,
          "CREATE UNIQUE INDEX entry_stream ON entry(stream, version)",
          "CREATE UNIQUE INDEX entry_once ON entry(once) WHERE once IS NOT NULL",
          // an index of SQLite ends with the row's number, which is the position
          "CREATE INDEX entry_about ON entry(about) WHERE about IS NOT NULL",
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
          "CREATE INDEX keep_until ON keep(until) WHERE until IS NOT NULL",
          "CREATE TABLE probe(n INTEGER NOT NULL) STRICT",
          "INSERT INTO probe VALUES(0)",
          "PRAGMA user_version=" + FORMAT);

  private static final List<String> PRAGMAS =
      List.of(
          // with WAL and FULL a commit is on the disk when it returns
          "PRAGMA journal_mode=WAL",
          "PRAGMA synchronous=FULL",
          "PRAGMA busy_timeout=5000",
          // what was erased is overwritten, not only forgotten
          "PRAGMA secure_delete=ON",
          "PRAGMA trusted_schema=OFF",
          "PRAGMA cell_size_check=ON",
          "PRAGMA wal_autocheckpoint=1000",
          "PRAGMA journal_size_limit=67108864");

  private final Path path;
  private final Semaphore free = new Semaphore(READERS);
  private final Deque<Db> idle = new ArrayDeque<>();
  private boolean closed;
  private volatile boolean made;

  interface Work<T> {
    T with(Db db) throws SQLException;
  }

  SqliteFile(Path path) {
    this.path = path.toAbsolutePath();
    try {
      var folder = this.path.getParent();
      if (folder != null) Files.createDirectories(folder);
    } catch (IOException e) {
      throw new Unavailable("cannot make the folder of " + path + ": " + e.getMessage(), e);
    }
  }

  /**
   * Opens the connection that writes, making the tables if there are none.
   *
   * @throws NewerFormat if a newer program made them
   */
  SqliteWriter writer() throws SQLException {
    var db = open();
    try {
      var format = db.number("PRAGMA user_version");
      if (format > FORMAT) throw new NewerFormat(Math.toIntExact(format), FORMAT);
      if (format == 0) make(db);
      if (format == 1) renew(db);
      made = true;
      return writer(db);
    } catch (SQLException | RuntimeException e) {
      quietly(db);
      throw e;
    }
  }

  SqliteWriter writer(Db db) throws SQLException {
    return new SqliteWriter(db);
  }

  private static void make(Db db) throws SQLException {
    db.execute("BEGIN IMMEDIATE");
    for (var sql : SCHEMA) db.execute(sql);
    db.execute("COMMIT");
  }

  /** Format 1 could not say of an entry where it is restated. */
  private static void renew(Db db) throws SQLException {
    db.execute("BEGIN IMMEDIATE");
    db.execute("ALTER TABLE entry ADD COLUMN restated INTEGER");
    db.execute("PRAGMA user_version=2");
    db.execute("COMMIT");
  }

  /** Does something with a reader, waiting for one if all are at work. */
  <T> T reading(Work<T> work) {
    free.acquireUninterruptibly();
    try {
      var db = reader();
      try {
        var result = work.with(db);
        giveBack(db);
        return result;
      } catch (SQLException | RuntimeException e) {
        quietly(db); // it may be broken for ever
        throw e;
      }
    } catch (SQLException e) {
      throw new Unavailable("the log cannot be read: " + e.getMessage(), e);
    } finally {
      free.release();
    }
  }

  private Db reader() throws SQLException {
    synchronized (idle) {
      if (closed) throw new SQLException("it is closed");
      if (!idle.isEmpty()) return idle.pop();
    }
    var db = open();
    db.execute("PRAGMA query_only=ON");
    return db;
  }

  private void giveBack(Db db) {
    synchronized (idle) {
      if (closed) quietly(db);
      else idle.push(db);
    }
  }

  private Db open() throws SQLException {
    if (made && !Files.exists(path)) throw new SQLException(path + " is gone"); // else it is made
    var settings = new SQLiteConfig();
    settings.setGetGeneratedKeys(false); // or the driver asks for one after each row
    Connection connection = settings.createConnection("jdbc:sqlite:" + path.toUri());
    try (var s = connection.createStatement()) {
      for (var pragma : PRAGMAS) s.execute(pragma);
      return new Db(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Writes a copy as of one moment; only an empty file may be there. */
  void copyTo(Path copy) {
    try (var db = open()) {
      db.update("VACUUM INTO ?", copy.toString());
    } catch (SQLException e) {
      throw new Unavailable("the log cannot be copied: " + e.getMessage(), e);
    }
  }

  /**
   * Writes everything into the main file and empties the log beside it, where the bytes of what was
   * erased still stand.
   *
   * @return whether it is empty; a reader that does not let go can prevent it
   */
  boolean truncate() {
    try (var db = open()) {
      for (var tries = 0; tries < TRIES; tries++)
        if (db.number("PRAGMA wal_checkpoint(TRUNCATE)") == 0) return true;
      return false;
    } catch (SQLException e) {
      throw new Unavailable("the log cannot be emptied: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    synchronized (idle) {
      closed = true;
      idle.forEach(SqliteFile::quietly);
      idle.clear();
    }
  }

  static void quietly(@Nullable AutoCloseable db) {
    if (db == null) return;
    try {
      db.close();
    } catch (Exception e) {
      System.getLogger("onedoor.log").log(System.Logger.Level.DEBUG, "closing", e);
    }
  }
}
