package org.onedoor.log;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.onedoor.event.Entry;
import org.onedoor.event.Event;
import org.onedoor.event.Event.Erased;
import org.onedoor.event.Event.Unknown;
import org.onedoor.log.Fit.End;

/**
 * The one connection that writes and what it remembers of the log's end, for whoever leads the
 * commit. When anything fails it is thrown away whole and another one is opened: so a failed batch
 * leaves nothing behind in what is remembered, and SQLite, which after a full disk may refuse every
 * statement, starts anew.
 */
class SqliteWriter implements Fit.Known<SQLException>, AutoCloseable {
  /** Streams whose ends are remembered. */
  private static final int REMEMBERED = 20_000;

  private static final String ERASABLE =
      """
      WHERE stream = (SELECT id FROM name WHERE text = ?) AND (version <= ? OR version IN (SELECT value FROM json_each(?)))
        AND type NOT IN (SELECT id FROM kind WHERE text = 'erased')
      ORDER BY version\
      """;

  private static final String RESTATED =
      """
      WHERE stream = (SELECT id FROM name WHERE text = ?)
        AND type IN (SELECT id FROM kind WHERE text = 'restated')
      ORDER BY version\
      """;

  private static final String POINT =
      """
      UPDATE entry SET restated = ?
      WHERE stream = (SELECT id FROM name WHERE text = ?) AND version = ?\
      """;

  private static final String ERASE_ENTRY =
      "UPDATE entry SET salt = NULL, payload = NULL, digest = ? WHERE position = ?";

  private static final String ERASE_PARTY =
      "UPDATE personal SET salt = NULL, payload = NULL, digest = ? WHERE position = ? AND n = ?";

  private final Db db;
  private final SqliteRows rows = new SqliteRows();
  private final Cache<String, End> ends = Caffeine.newBuilder().maximumSize(REMEMBERED).build();
  private final List<Entry> written = new ArrayList<>();
  private Head head = Head.EMPTY;
  private long foreign = -1;

  SqliteWriter(Db db) throws SQLException {
    this.db = db;
    head = SqliteRows.head(db);
  }

  void begin() throws SQLException {
    written.clear();
    db.execute("BEGIN IMMEDIATE");
    var now = db.number("PRAGMA data_version");
    if (now == foreign) return;
    foreign = now; // another connection wrote: somebody mends the file by hand
    ends.invalidateAll();
    head = SqliteRows.head(db);
  }

  void commit() throws SQLException {
    db.execute("COMMIT");
  }

  /** Whether the chain passes through a head. */
  boolean has(Head other) throws SQLException {
    return SqliteRows.stands(db, other);
  }

  /** The end of the chain once this transaction stands. */
  Head head() {
    return head;
  }

  /** The entries of this transaction. */
  List<Entry> written() {
    return List.copyOf(written);
  }

  Db db() {
    return db;
  }

  /**
   * Writes one caller's facts, all or none: everything is looked at before anything is written.
   *
   * @throws Conflict if a stream has moved on, what is queued before included
   * @throws ReadOnlyStream if a stream holds what this program does not know
   */
  List<Entry> append(List<Draft> drafts, Instant now) throws SQLException {
    return Fit.each(drafts, this, draft -> insert(draft, now));
  }

  @Override
  public Optional<Entry> once(String key) throws SQLException {
    return rows.once(db, key).map(Row::entry);
  }

  @Override
  public End end(String stream) throws SQLException {
    var end = ends.getIfPresent(stream);
    if (end == null) {
      var version = SqliteRows.version(db, stream);
      end = new End(version, version > 0 && SqliteRows.unknownIn(db, stream));
      ends.put(stream, end);
    }
    return end;
  }

  private Entry insert(Draft draft, Instant now) throws SQLException {
    var row = draft.after(head, Chain.micros(now));
    var unknown = draft.event() instanceof Unknown || end(row.stream()).unknown();
    rows.insert(db, row);
    var entry = row.entry(draft.event());
    head = row.head();
    ends.put(row.stream(), new End(row.version(), unknown));
    written.add(entry);
    return entry;
  }

  /** Erases all of these or, if a stream has moved on, none. */
  int erase(List<Erasure> all, String by, Instant now) throws SQLException {
    for (var one : all) one.mustFit(end(one.stream()));
    var gone = 0;
    for (var one : all) gone += erase(one, by, now);
    return gone;
  }

  private int erase(Erasure what, String by, Instant now) throws SQLException {
    var stream = what.stream();
    var upTo = Math.min(what.upTo(), end(stream).version());
    var fact = Restating.fact(what, upTo, rows.list(db, RESTATED, stream));
    for (var restated : Restating.facts(what)) append(stream, restated, by, now);
    var gone = wipe(fact);
    if (gone > 0) append(stream, fact, by, now);
    return gone;
  }

  private void append(String stream, Event event, String by, Instant now) throws SQLException {
    insert(Draft.of(new Fact(stream, end(stream).version(), event, by)), now);
  }

  /** Takes away what a fact of erasure says is gone, and says of how much that was true. */
  int wipe(Erased fact) throws SQLException {
    var versions = fact.versions();
    var gone = 0;
    for (var row : rows.list(db, ERASABLE, fact.stream(), fact.upTo(), versions.toString())) {
      for (var n = 0; n < row.personal().size(); n++) {
        var p = row.personal().get(n);
        if (fact.takes(row.version(), p.party()) && !p.said().erased())
          gone += db.update(ERASE_PARTY, p.said().chained(), row.position(), n);
      }
      if (fact.takes(row.version(), null) && !row.said().erased())
        gone += db.update(ERASE_ENTRY, row.said().chained(), row.position());
    }
    var anew = Restating.places(rows.list(db, RESTATED, fact.stream()), versions);
    for (var place : anew.entrySet())
      gone += db.update(POINT, place.getValue(), fact.stream(), place.getKey());
    return gone;
  }

  /** Adds rows of another log as they are there; they must stand right behind the head. */
  Head take(List<Row> more) throws SQLException {
    var next = Raw.behind(head, more);
    for (var row : more) {
      rows.insert(db, row);
      written.add(row.entry());
    }
    ends.invalidateAll();
    head = next;
    return head;
  }

  @Override
  public void close() throws SQLException {
    db.close();
  }
}
