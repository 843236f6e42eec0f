package org.onedoor.log;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;

/**
 * Reads the entries that were asked for by page, so that no snapshot is held while the caller works
 * with them. One stream is read in order of version, which its index has; everything else in order
 * of position.
 */
final class SqlitePages {
  /** So many streams are merged; more are picked out of the whole log. */
  private static final int FEW = 50;

  private final SqliteFile file;
  private final SqliteRows rows;
  private final String where;
  private final List<@Nullable Object> args;
  private final boolean byVersion;

  /** The entries of a {@code Which} after a position and up to another. */
  static Iterator<Entry> of(SqliteFile file, SqliteRows rows, Which which, long after, long upTo) {
    var prefix = which.stream();
    if (prefix == null || !prefix.endsWith("/")) return run(file, rows, which, after, upTo);
    var streams = file.reading(db -> streams(db, prefix));
    return streams.size() > FEW
        ? run(file, rows, which, after, upTo)
        : new Merged(
            streams.stream()
                .map(s ->
                    run(
                        file,
                        rows,
                        new Which(s, which.about(), which.kinds(), which.not()),
                        after,
                        upTo))
                .toList());
  }

  private static Iterator<Entry> run(
      SqliteFile file, SqliteRows rows, Which which, long after, long upTo) {
    return new Paged(new SqlitePages(file, rows, which, after, upTo)::after);
  }

  private static List<String> streams(Db db, String prefix) throws SQLException {
    return db.list(
        """
        SELECT text FROM name n WHERE text >= ? AND text < ?
          AND EXISTS (SELECT 1 FROM entry WHERE stream = n.id)
        LIMIT ?\
        """,
        r -> r.getString(1),
        prefix,
        beyond(prefix),
        FEW + 1);
  }

  /** The first text after all that begin so: {@code 0} follows {@code /}. */
  private static String beyond(String prefix) {
    return prefix.substring(0, prefix.length() - 1) + '0';
  }

  private SqlitePages(SqliteFile file, SqliteRows rows, Which which, long after, long upTo) {
    this.file = file;
    this.rows = rows;
    var stream = which.stream();
    byVersion = stream != null && !stream.endsWith("/");
    var where = new StringBuilder("WHERE position > ? AND position <= ?");
    args = new ArrayList<>(List.of(after, upTo));
    if (byVersion) {
      where.append(" AND version > ? AND stream = (SELECT id FROM name WHERE text = ?)");
      args.add(0);
      args.add(stream);
    } else if (stream != null) {
      // the plus keeps SQLite from sorting all of these streams for every page
      where.append(" AND +stream IN (SELECT id FROM name WHERE text >= ? AND text < ?)");
      args.add(stream);
      args.add(beyond(stream));
    }
    if (which.about() != null) {
      where.append(" AND about = (SELECT id FROM name WHERE text = ?)");
      args.add(which.about());
    }
    among(where, " AND type IN (", which.kinds());
    among(where, " AND type NOT IN (", which.not());
    where
        .append(byVersion ? " ORDER BY version" : " ORDER BY position")
        .append(" LIMIT " + Paged.SIZE);
    this.where = where.toString();
  }

  private void among(StringBuilder where, String how, Set<String> names) {
    if (names.isEmpty()) return;
    where
        .append(how)
        .append("SELECT id FROM kind WHERE text IN (")
        .append("?,".repeat(names.size() - 1))
        .append("?))");
    args.addAll(names);
  }

  private List<Entry> after(@Nullable Entry last) {
    var args = new ArrayList<>(this.args);
    if (last != null) {
      args.set(0, last.position());
      if (byVersion) args.set(2, last.version());
    }
    return file.reading(
        db -> rows.list(db, where, args.toArray()).stream().map(Row::entry).toList());
  }
}
