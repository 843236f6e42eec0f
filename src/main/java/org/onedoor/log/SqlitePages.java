package org.onedoor.log;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;

/**
 * Reads the entries that were asked for by page, so that no snapshot is held while the caller works
 * with them. One stream is read in order of version, which its index has; everything else in order
 * of position.
 */
final class SqlitePages implements Iterator<Entry> {
  static final int PAGE = 500;

  /** So many streams are merged; more are picked out of the whole log. */
  private static final int FEW = 50;

  private final SqliteFile file;
  private final SqliteRows rows;
  private final String where;
  private final List<@Nullable Object> args;
  private final boolean byVersion;
  private Iterator<Entry> page = Collections.emptyIterator();
  private long after;
  private int version;
  private boolean more = true;

  /** The entries of a {@code Which} after a position and up to another. */
  static Iterator<Entry> of(SqliteFile file, SqliteRows rows, Which which, long after, long upTo) {
    var prefix = which.stream();
    if (prefix == null || !prefix.endsWith("/"))
      return new SqlitePages(file, rows, which, after, upTo);
    var streams = file.reading(db -> streams(db, prefix));
    return streams.size() > FEW
        ? new SqlitePages(file, rows, which, after, upTo)
        : new Merged(
            streams.stream()
                .map(s ->
                    new SqlitePages(
                        file,
                        rows,
                        new Which(s, which.about(), which.kinds(), which.not()),
                        after,
                        upTo))
                .toList());
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
    this.after = after;
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
    where.append(byVersion ? " ORDER BY version" : " ORDER BY position").append(" LIMIT " + PAGE);
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

  @Override
  public boolean hasNext() {
    if (!page.hasNext() && more) page = nextPage().iterator();
    return page.hasNext();
  }

  @Override
  public Entry next() {
    if (!hasNext()) throw new NoSuchElementException();
    return page.next();
  }

  private List<Entry> nextPage() {
    args.set(0, after);
    if (byVersion) args.set(2, version);
    var found = file.reading(this::find);
    more = found.size() == PAGE;
    if (more) {
      after = found.getLast().position();
      version = found.getLast().version();
    }
    return found;
  }

  private List<Entry> find(Db db) throws SQLException {
    return rows.list(db, where, args.toArray()).stream().map(Row::entry).toList();
  }
}
