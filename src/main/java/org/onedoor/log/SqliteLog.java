package org.onedoor.log;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterators;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.onedoor.event.Event.Erased;

/**
 * The log in one SQLite file. The thread that brings a fact leads the commit: it takes whatever
 * others have brought meanwhile into the same transaction, so that many share one sync of the disk.
 *
 * <p>Easy to get wrong: what a caller expects of a stream counts what is queued before it in the
 * same transaction; and after any SQLException the connection is closed and opened anew, because
 * SQLite may refuse every statement after a full disk.
 */
public final class SqliteLog implements EventLog {
  /** Facts in one transaction; more only makes everybody wait longer for the same sync. */
  private static final int BATCH = 512;

  private static final int PAGE = 500;

  private final SqliteFile file;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final ReentrantLock writing = new ReentrantLock();
  private final Deque<Ask> queue = new ArrayDeque<>();
  private final SqliteKeep keep;
  private final Tail tail = new Tail(this);
  private @Nullable Db connection;
  private Head head = Head.EMPTY;

  /** One caller's facts, waiting for a leader. */
  private static final class Ask {
    final List<Fact> facts;
    @Nullable List<Entry> entries;
    @Nullable RuntimeException failure;
    boolean done;

    Ask(List<Fact> facts) {
      this.facts = facts;
    }
  }

  /**
   * Opens or makes the log.
   *
   * @throws NewerFormat if a newer program wrote it
   */
  public SqliteLog(Path database, InstantSource clock) {
    this.clock = clock;
    file = new SqliteFile(database);
    try {
      connection = file.writer();
      head = SqliteRows.head(connection);
    } catch (SQLException e) {
      throw new Unavailable("cannot open " + database, e);
    }
    keep = new SqliteKeep(this, clock);
    tail.start(head.position());
  }

  @Override
  public List<Entry> append(List<Fact> facts) {
    if (facts.isEmpty()) throw new IllegalArgumentException("nothing to append");
    var ask = new Ask(List.copyOf(facts));
    synchronized (queue) {
      queue.add(ask);
    }
    while (!done(ask)) {
      writing.lock(); // whoever gets it leads, for all who wait
      try {
        if (!done(ask)) commit(take());
      } finally {
        writing.unlock();
      }
    }
    if (ask.failure != null) throw ask.failure;
    return java.util.Objects.requireNonNull(ask.entries);
  }

  private boolean done(Ask ask) {
    synchronized (queue) {
      return ask.done;
    }
  }

  private List<Ask> take() {
    synchronized (queue) {
      var batch = new ArrayList<Ask>();
      for (var facts = 0; !queue.isEmpty() && facts < BATCH; ) {
        var ask = queue.remove();
        facts += ask.facts.size();
        batch.add(ask);
      }
      return batch;
    }
  }

  /** Writes what fits in one transaction; who conflicts is told so and harms nobody else. */
  private void commit(List<Ask> batch) {
    var written = new ArrayList<Entry>();
    try {
      var c = writer();
      c.begin();
      var step = new Step(c, SqliteRows.head(c));
      for (var ask : batch) {
        var before = step.mark();
        try {
          ask.entries = step.write(ask.facts);
        } catch (Conflict | ReadOnlyStream e) {
          step.back(before);
          ask.failure = e;
        }
      }
      c.commit();
      head = step.head;
      written.addAll(step.written);
    } catch (SQLException e) {
      reopen();
      settle(batch, e);
    }
    tail.add(written);
    synchronized (queue) {
      batch.forEach(a -> a.done = true);
    }
  }

  /** After a failed commit: what of it is in the log after all, and an error for the rest. */
  private void settle(List<Ask> batch, SQLException why) {
    for (var ask : batch) {
      if (ask.failure != null) continue;
      var entries = ask.entries;
      if (entries != null && !entries.isEmpty() && stands(entries.getLast())) {
        // the answer was lost, not the facts: followers read them from the file
        tail.wake();
      } else {
        ask.entries = null;
        ask.failure = new Unavailable("the log cannot be written", why);
      }
    }
  }

  private boolean stands(Entry entry) {
    try (var lent = file.reader()) {
      var there = SqliteRows.read(lent.db(), Which.all(), entry.position() - 1, 1);
      return !there.isEmpty() && there.getFirst().equals(entry);
    } catch (SQLException e) {
      return false;
    }
  }

  private Db writer() throws SQLException {
    if (connection == null) {
      connection = file.writer();
      head = SqliteRows.head(connection);
    }
    return connection;
  }

  private void reopen() {
    file.quietly(connection);
    connection = null;
  }

  /** One transaction being written. */
  private final class Step {
    final Db c;
    final List<Entry> written = new ArrayList<>();
    final Map<String, Integer> versions = new HashMap<>();
    Head head;

    Step(Db c, Head head) {
      this.c = c;
      this.head = head;
    }

    /** Where to go back to when one caller conflicts. */
    record Mark(Head head, int written, Map<String, Integer> versions) {}

    Mark mark() throws SQLException {
      c.execute("SAVEPOINT caller");
      return new Mark(head, written.size(), Map.copyOf(versions));
    }

    void back(Mark mark) throws SQLException {
      c.execute("ROLLBACK TO caller");
      head = mark.head;
      written.subList(mark.written, written.size()).clear();
      versions.clear();
      versions.putAll(mark.versions);
    }

    List<Entry> write(List<Fact> facts) throws SQLException {
      var entries = new ArrayList<Entry>();
      for (var fact : facts) {
        var known = fact.once() == null ? null : SqliteRows.once(c, fact.once());
        entries.add(known != null ? known : insert(fact));
      }
      return entries;
    }

    private Entry insert(Fact fact) throws SQLException {
      var actual = versions.get(fact.stream());
      if (actual == null) actual = SqliteRows.version(c, fact.stream(), true);
      if (actual != fact.version()) throw new Conflict(fact.stream(), fact.version(), actual);
      var row = SqliteRows.Row.of(head, fact, clock.instant(), random);
      SqliteRows.insert(c, row);
      var entry = row.entry();
      head = new Head(entry.position(), entry.hash());
      versions.put(fact.stream(), entry.version());
      written.add(entry);
      return entry;
    }
  }

  /** Runs something that writes beside the log (Keep, erasing) under the same writer. */
  <T> T write(SqliteFile.Work<T> work) {
    writing.lock();
    try {
      var c = writer();
      c.begin();
      var result = work.with(c);
      c.commit();
      return result;
    } catch (SQLException e) {
      reopen();
      throw new Unavailable("the data folder cannot be written", e);
    } finally {
      writing.unlock();
    }
  }

  <T> T reading(SqliteFile.Work<T> work) {
    try (var lent = file.reader()) {
      return work.with(lent.db());
    } catch (SQLException e) {
      throw new Unavailable("the log cannot be read", e);
    }
  }

  @Override
  public Optional<Entry> once(String key) {
    return reading(c -> Optional.ofNullable(SqliteRows.once(c, key)));
  }

  @Override
  public Stream<Entry> read(Which which, long after) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(new Pages(which, after), 0), false);
  }

  /** Reads by page, so that no snapshot is held while the caller works. */
  private final class Pages implements java.util.Iterator<Entry> {
    private final Which which;
    private final Deque<Entry> page = new ArrayDeque<>();
    private long after;
    private boolean more = true;

    Pages(Which which, long after) {
      this.which = which;
      this.after = after;
    }

    @Override
    public boolean hasNext() {
      if (page.isEmpty() && more) {
        page.addAll(reading(c -> SqliteRows.read(c, which, after, PAGE)));
        more = page.size() == PAGE;
        if (!page.isEmpty()) after = page.getLast().position();
      }
      return !page.isEmpty();
    }

    @Override
    public Entry next() {
      if (!hasNext()) throw new java.util.NoSuchElementException();
      return page.remove();
    }
  }

  @Override
  public Following follow(long after, Consumer<Entry> each) {
    return tail.follow(after, each);
  }

  @Override
  public Head head() {
    return reading(SqliteRows::head);
  }

  @Override
  public int version(String stream) {
    return reading(c -> SqliteRows.version(c, stream, false));
  }

  @Override
  public void erase(
      String stream, int upToVersion, @Nullable String party, String reason, String by) {
    write(c -> {
      SqliteRows.erase(c, stream, upToVersion, party);
      var fact =
          new Fact(
              stream,
              SqliteRows.version(c, stream, false),
              new Erased(stream, upToVersion, party, reason),
              by);
      var row = SqliteRows.Row.of(SqliteRows.head(c), fact, clock.instant(), random);
      SqliteRows.insert(c, row);
      return row;
    });
    file.truncateWal();
    tail.wake();
  }

  @Override
  public Head verify(@Nullable Head since, LongConsumer progress) {
    var held = Head.EMPTY;
    var checked = since == null || since.position() == 0;
    while (true) {
      var from = held;
      var rows = reading(c -> SqliteRows.rows(c, from.position(), PAGE));
      if (rows.isEmpty()) break;
      for (var row : rows) {
        if (row.position() != held.position() + 1)
          throw new Broken(held.position() + 1, "this entry is missing");
        var hash = row.chained(held.hash());
        if (!java.util.Arrays.equals(hash, row.hash()))
          throw new Broken(row.position(), "this entry is not what was written");
        held = new Head(row.position(), hash);
        if (since != null && since.position() == held.position()) {
          if (!since.equals(held))
            throw new Broken(held.position(), "the chain differs from the head given");
          checked = true;
        }
      }
      progress.accept(held.position());
    }
    if (!checked) throw new Broken(held.position() + 1, "the end was cut off");
    return held;
  }

  @Override
  public Keep keep() {
    return keep;
  }

  @Override
  public void writable() {
    write(c -> {
      return c.update("UPDATE probe SET n = n + 1");
    });
  }

  @Override
  public void close() {
    tail.close();
    writing.lock();
    try {
      file.close(connection);
      connection = null;
    } finally {
      writing.unlock();
    }
  }

  /** Entries after a position, for a follower that is behind. */
  List<Entry> after(long position) {
    return reading(c -> SqliteRows.read(c, Which.all(), position, PAGE));
  }
}
