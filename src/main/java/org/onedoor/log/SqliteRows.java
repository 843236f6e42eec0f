package org.onedoor.log;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.onedoor.event.Event;
import org.onedoor.event.Payload;

/** Entries as rows: the SQL of the log, and nothing but it. */
final class SqliteRows {
  private static final int SALT = 16;

  private static final String COLUMNS =
      """
      SELECT e.position, s.text, e.version, e.at, e.by, a.text, e.once, e.type, e.salt, e.payload,
        e.digest, e.hash
      FROM entry e JOIN name s ON s.id = e.stream LEFT JOIN name a ON a.id = e.about
      """;

  private SqliteRows() {}

  /** A party's particulars as stored; payload and salt are null once erased. */
  @SuppressWarnings("ArrayRecordComponent") // bytes as stored; never compared
  record Personal(
      String party, byte @Nullable [] salt, byte @Nullable [] payload, byte @Nullable [] digest) {
    byte[] chained() {
      return salt == null || payload == null
          ? (digest == null ? new byte[0] : digest)
          : Chain.digest(salt, payload);
    }
  }

  /** An entry as stored. */
  @SuppressWarnings("ArrayRecordComponent") // bytes as stored; never compared
  record Row(
      long position,
      String stream,
      int version,
      long at,
      String by,
      @Nullable String about,
      @Nullable String once,
      String type,
      byte @Nullable [] salt,
      byte @Nullable [] payload,
      byte @Nullable [] digest,
      List<Personal> personal,
      byte[] hash) {

    static Row of(Head head, Fact fact, Instant now, SecureRandom random) {
      var stored = Payload.of(fact.event());
      var personal = new ArrayList<Personal>();
      stored
          .personal()
          .forEach((party, bytes) -> personal.add(new Personal(party, salt(random), bytes, null)));
      var row =
          new Row(
              head.position() + 1,
              fact.stream(),
              fact.version() + 1,
              Chain.micros(now),
              fact.by(),
              fact.about(),
              fact.once(),
              stored.name(),
              salt(random),
              stored.open(),
              null,
              personal,
              new byte[0]);
      return row.with(row.chained(head.hash()));
    }

    private Row with(byte[] hashed) {
      return new Row(
          position, stream, version, at, by, about, once, type, salt, payload, digest, personal,
          hashed);
    }

    /** The hash this row has after the one before; over what is stored, or its digest if erased. */
    byte[] chained(byte[] previous) {
      var chain =
          new Chain(previous)
              .number(position)
              .text(stream)
              .number(version)
              .number(at)
              .text(by)
              .text(about)
              .text(once)
              .text(type)
              .digest(
                  salt == null || payload == null
                      ? (digest == null ? new byte[0] : digest)
                      : Chain.digest(salt, payload));
      for (var p : personal) chain.text(p.party()).digest(p.chained());
      return chain.hash();
    }

    Entry entry() {
      return new Entry(
          position, stream, version, Chain.instant(at), by, about, once, event(), hash);
    }

    private Event event() {
      if (payload == null) return new Event.Unknown(type, "");
      var known = new LinkedHashMap<String, byte[]>();
      for (var p : personal) if (p.payload() != null) known.put(p.party(), p.payload());
      return new Payload(type, payload, known).event();
    }

    private static byte[] salt(SecureRandom random) {
      var salt = new byte[SALT];
      random.nextBytes(salt);
      return salt;
    }
  }

  static Head head(Db db) throws SQLException {
    return db.one(
            "SELECT position, hash FROM entry ORDER BY position DESC LIMIT 1",
            r -> new Head(r.getLong(1), r.getBytes(2)))
        .orElse(Head.EMPTY);
  }

  /**
   * How many entries a stream has.
   *
   * @param writing whether they are counted to append: then one of an unknown kind is in the way
   */
  static int version(Db db, String stream, boolean writing) throws SQLException {
    var last =
        db.one(
            "SELECT max(version) FROM entry WHERE stream = (SELECT id FROM name WHERE text = ?)",
            r -> r.getInt(1),
            stream);
    if (writing && last.orElse(0) > 0 && !readable(db, stream)) throw new ReadOnlyStream(stream);
    return last.orElse(0);
  }

  private static boolean readable(Db db, String stream) throws SQLException {
    // a stream's newest entry is by the newest program that wrote to it
    var type =
        db.one(
            """
            SELECT type FROM entry WHERE stream = (SELECT id FROM name WHERE text = ?)
            ORDER BY version DESC LIMIT 1\
            """,
            r -> r.getString(1),
            stream);
    return type.isEmpty() || Payload.kinds().containsKey(type.get());
  }

  static @Nullable Entry once(Db db, String key) throws SQLException {
    var found = db.one(COLUMNS + "WHERE e.once = ?", SqliteRows::row, key);
    return found.isEmpty() ? null : whole(db, found.get()).entry();
  }

  static void insert(Db db, Row row) throws SQLException {
    db.update(
        """
        INSERT INTO entry(position, stream, version, at, by, about, once, type, salt, payload, hash)
        VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        row.position(),
        name(db, row.stream()),
        row.version(),
        row.at(),
        row.by(),
        row.about() == null ? null : name(db, row.about()),
        row.once(),
        row.type(),
        row.salt(),
        row.payload(),
        row.hash());
    for (var n = 0; n < row.personal().size(); n++) {
      var p = row.personal().get(n);
      db.update(
          "INSERT INTO personal(position, n, party, salt, payload) VALUES(?, ?, ?, ?, ?)",
          row.position(),
          n,
          p.party(),
          p.salt(),
          p.payload());
    }
  }

  private static long name(Db db, String text) throws SQLException {
    var known = db.one("SELECT id FROM name WHERE text = ?", r -> r.getLong(1), text);
    if (known.isPresent()) return known.get();
    return db.one("INSERT INTO name(text) VALUES(?) RETURNING id", r -> r.getLong(1), text)
        .orElseThrow();
  }

  static List<Entry> read(Db db, Which which, long after, int limit) throws SQLException {
    var where = new StringBuilder("WHERE e.position > ?");
    var args = new ArrayList<@Nullable Object>(List.of(after));
    var stream = which.stream();
    if (stream != null && stream.endsWith("/")) {
      where.append(" AND s.text >= ? AND s.text < ?");
      args.add(stream);
      args.add(stream.substring(0, stream.length() - 1) + '0'); // '0' follows '/'
    } else if (stream != null) {
      where.append(" AND e.stream = (SELECT id FROM name WHERE text = ?)");
      args.add(stream);
    }
    if (which.about() != null) {
      where.append(" AND e.about = (SELECT id FROM name WHERE text = ?)");
      args.add(which.about());
    }
    among(where, args, " AND e.type IN (", which.kinds());
    among(where, args, " AND e.type NOT IN (", which.not());
    args.add(limit);
    var rows =
        db.list(COLUMNS + where + " ORDER BY e.position LIMIT ?", SqliteRows::row, args.toArray());
    var entries = new ArrayList<Entry>(rows.size());
    for (var row : rows) entries.add(whole(db, row).entry());
    return entries;
  }

  /** Rows after a position as stored, for who checks the chain. */
  static List<Row> rows(Db db, long after, int limit) throws SQLException {
    var rows =
        db.list(
            COLUMNS + "WHERE e.position > ? ORDER BY e.position LIMIT ?",
            SqliteRows::row,
            after,
            limit);
    var whole = new ArrayList<Row>(rows.size());
    for (var row : rows) whole.add(whole(db, row));
    return whole;
  }

  static void erase(Db db, String stream, int upTo, @Nullable String party) throws SQLException {
    for (var row :
        db.list(
            COLUMNS
                + "WHERE e.stream = (SELECT id FROM name WHERE text = ?) AND e.version <= ? ORDER BY e.position",
            SqliteRows::row,
            stream,
            upTo)) {
      for (var p : whole(db, row).personal()) {
        if (p.payload() == null || (party != null && !party.equals(p.party()))) continue;
        db.update(
            "UPDATE personal SET salt = NULL, payload = NULL, digest = ? WHERE position = ? AND party = ?",
            p.chained(),
            row.position(),
            p.party());
      }
      if (party == null && row.payload() != null && row.salt() != null)
        db.update(
            "UPDATE entry SET salt = NULL, payload = NULL, digest = ? WHERE position = ?",
            Chain.digest(row.salt(), row.payload()),
            row.position());
    }
  }

  private static void among(
      StringBuilder where, List<@Nullable Object> args, String how, java.util.Set<String> names) {
    if (names.isEmpty()) return;
    where.append(how).append("?,".repeat(names.size() - 1)).append("?)");
    args.addAll(names);
  }

  private static Row row(ResultSet r) throws SQLException {
    return new Row(
        r.getLong(1),
        r.getString(2),
        r.getInt(3),
        r.getLong(4),
        r.getString(5),
        r.getString(6),
        r.getString(7),
        r.getString(8),
        r.getBytes(9),
        r.getBytes(10),
        r.getBytes(11),
        List.of(),
        r.getBytes(12));
  }

  /** The row with its particulars; only kinds that can have some are asked for. */
  private static Row whole(Db db, Row row) throws SQLException {
    var kind = Payload.kinds().get(row.type());
    if (kind != null && !Event.Personal.class.isAssignableFrom(kind)) return row;
    var personal =
        db.list(
            "SELECT party, salt, payload, digest FROM personal WHERE position = ? ORDER BY n",
            r -> new Personal(r.getString(1), r.getBytes(2), r.getBytes(3), r.getBytes(4)),
            row.position());
    return new Row(
        row.position(),
        row.stream(),
        row.version(),
        row.at(),
        row.by(),
        row.about(),
        row.once(),
        row.type(),
        row.salt(),
        row.payload(),
        row.digest(),
        personal,
        row.hash());
  }
}
