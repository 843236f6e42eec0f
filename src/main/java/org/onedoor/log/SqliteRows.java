package org.onedoor.log;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Event;
import org.onedoor.event.Payload;

/** Entries as rows: how they are written, found and read. */
final class SqliteRows {
  private static final String COLUMNS =
      """
      SELECT position, stream, version, at, by, about, once, type, salt, payload, digest,
        restated, hash
      FROM entry \
      """;

  private static final String UNKNOWN_IN =
      """
      SELECT count(*) FROM kind k WHERE k.text NOT IN (%s) AND EXISTS (
        SELECT 1 FROM entry
        WHERE stream = (SELECT id FROM name WHERE text = ?) AND type = k.id)\
      """
          .formatted(quoted(_ -> true));

  /** The first entry whose particulars are not numbered 0, 1, 2 … or stand where none can be. */
  private static final String ODD_PERSONAL =
      """
      SELECT min(position) FROM (
        SELECT position FROM personal GROUP BY position
        HAVING min(n) <> 0 OR max(n) <> count(*) - 1
        UNION ALL
        SELECT p.position FROM personal p LEFT JOIN entry e ON e.position = p.position
        WHERE e.position IS NULL OR e.type IN (SELECT id FROM kind WHERE text IN (%s)))\
      """
          .formatted(quoted(kind -> !mayBePersonal(kind)));

  private final Names names = new Names("name");
  private final Names kinds = new Names("kind");

  static Head head(Db db) throws SQLException {
    return db.one(
            "SELECT position, hash FROM entry ORDER BY position DESC LIMIT 1",
            r -> new Head(r.getLong(1), r.getBytes(2)))
        .orElse(Head.EMPTY);
  }

  static boolean stands(Db db, Head head) throws SQLException {
    return head.position() == 0
        || db.one("SELECT hash FROM entry WHERE position = ?", r -> r.getBytes(1), head.position())
            .map(hash -> new Head(head.position(), hash).equals(head))
            .orElse(false);
  }

  /** How many entries a stream has. */
  static int version(Db db, String stream) throws SQLException {
    return Math.toIntExact(
        db.number(
            "SELECT max(version) FROM entry WHERE stream = (SELECT id FROM name WHERE text = ?)",
            stream));
  }

  /** Whether a stream holds an entry of a kind this program does not know. */
  static boolean unknownIn(Db db, String stream) throws SQLException {
    return db.number(UNKNOWN_IN, stream) > 0;
  }

  /** The first entry with particulars the chain would not see; 0 if there is none. */
  static long oddPersonal(Db db) throws SQLException {
    return db.number(ODD_PERSONAL);
  }

  static Set<String> done(Db db, Collection<String> keys) throws SQLException {
    var done = new HashSet<String>();
    for (var key : keys)
      if (db.number("SELECT count(*) FROM entry WHERE once = ?", key) > 0) done.add(key);
    return done;
  }

  Optional<Row> once(Db db, String key) throws SQLException {
    return db.one(COLUMNS + "WHERE once = ?", r -> row(db, r), key);
  }

  /** Some rows after a position, none beyond another. */
  List<Row> page(Db db, long after, long upTo) throws SQLException {
    return list(
        db,
        "WHERE position > ? AND position <= ? ORDER BY position LIMIT " + Paged.SIZE,
        after,
        upTo);
  }

  /** The rows of a {@code WHERE … ORDER BY … LIMIT …}. */
  List<Row> list(Db db, String where, @Nullable Object... args) throws SQLException {
    return db.list(COLUMNS + where, r -> row(db, r), args);
  }

  void insert(Db db, Row row) throws SQLException {
    db.update(
        """
        INSERT INTO entry(position, stream, version, at, by, about, once, type, salt, payload,
          digest, restated, hash)
        VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        row.position(),
        names.number(db, row.stream()),
        row.version(),
        row.at(),
        names.number(db, row.by()),
        row.about() == null ? null : names.number(db, row.about()),
        row.once(),
        kinds.number(db, row.type()),
        row.said().salt(),
        row.said().payload(),
        row.said().digest(),
        row.anew() == null ? null : row.anew().position(),
        row.hash());
    var n = 0;
    for (var p : row.personal())
      db.update(
          "INSERT INTO personal(position, n, party, salt, payload, digest) VALUES(?, ?, ?, ?, ?, ?)",
          row.position(),
          n++,
          p.party(),
          p.said().salt(),
          p.said().payload(),
          p.said().digest());
  }

  private Row row(Db db, ResultSet r) throws SQLException {
    var about = r.getLong(6);
    var type = kinds.text(db, r.getLong(8));
    return new Row(
        r.getLong(1),
        names.text(db, r.getLong(2)),
        r.getInt(3),
        r.getLong(4),
        names.text(db, r.getLong(5)),
        about == 0 ? null : names.text(db, about),
        r.getString(7),
        type,
        new Said(r.getBytes(9), r.getBytes(10), r.getBytes(11)),
        mayBePersonal(type) ? personal(db, r.getLong(1)) : List.of(),
        anew(db, r.getLong(12)),
        r.getBytes(13));
  }

  private static Row.@Nullable Anew anew(Db db, long position) throws SQLException {
    if (position == 0) return null;
    return db.one(
            "SELECT payload FROM entry WHERE position = ?",
            r -> Row.Anew.of(position, r.getBytes(1)),
            position)
        .orElse(new Row.Anew(position, null));
  }

  private static List<Row.Personal> personal(Db db, long position) throws SQLException {
    return db.list(
        "SELECT party, salt, payload, digest FROM personal WHERE position = ? ORDER BY n",
        r ->
            new Row.Personal(r.getString(1), new Said(r.getBytes(2), r.getBytes(3), r.getBytes(4))),
        position);
  }

  private static boolean mayBePersonal(String type) {
    var kind = Payload.kinds().get(type);
    return kind == null || Event.Personal.class.isAssignableFrom(kind);
  }

  private static String quoted(Predicate<String> which) {
    return Payload.kinds().keySet().stream()
        .filter(which)
        .collect(Collectors.joining("','", "'", "'"));
  }
}
