package org.onedoor.log;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.onedoor.event.Event.Erased;

/**
 * The log in one SQLite file: {@link SqliteCommits} writes it, {@link SqlitePages} read it, {@link
 * Tail} hands it on, {@link Verify} checks it.
 *
 * <p>Easy to get wrong: a fact is made ready ({@link Draft}) by the thread that brings it, where a
 * bad one harms nobody; inside the transaction only rows are written.
 */
public final class SqliteLog implements EventLog, Raw {
  /** A write that succeeded so lately is proof that the next one would. */
  private static final long PROOF = Duration.ofSeconds(1).toNanos();

  private final SqliteFile file;
  private final InstantSource clock;
  private final SqliteRows rows = new SqliteRows();
  private final Tail tail = new Tail(this::after);
  private final SqliteCommits commits;
  private final SqliteKeep keep;

  /**
   * Opens or makes the log. The folder must be one's own: see {@link DataFolder}.
   *
   * @throws NewerFormat if a newer program wrote it
   * @throws Unavailable if it cannot be opened
   */
  public SqliteLog(Path database, InstantSource clock) {
    this(new SqliteFile(database), clock);
  }

  SqliteLog(SqliteFile file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
    try {
      commits = new SqliteCommits(file, tail);
    } catch (SQLException e) {
      throw new Unavailable("the log cannot be opened: " + e.getMessage(), e);
    }
    keep = new SqliteKeep(file, commits, clock);
  }

  @Override
  public List<Entry> append(List<Fact> facts) {
    var drafts = Draft.all(facts);
    return commits.write(drafts.size(), writer -> writer.append(drafts, clock.instant()));
  }

  @Override
  public Optional<Entry> once(String key) {
    return file.reading(db -> rows.once(db, key)).map(Row::entry);
  }

  @Override
  public Set<String> done(Collection<String> keys) {
    return file.reading(db -> SqliteRows.done(db, keys));
  }

  @Override
  public Stream<Entry> read(Which which, long after) {
    return Paged.stream(SqlitePages.of(file, rows, which, after, head().position()));
  }

  @Override
  public Following follow(long after, Consumer<Entry> each) {
    return tail.follow(after, each);
  }

  /** Some entries after a position, for a follower that is behind. */
  private List<Entry> after(long position) {
    var upTo = head().position();
    return file.reading(db -> rows.page(db, position, upTo)).stream().map(Row::entry).toList();
  }

  @Override
  public Head head() {
    return commits.head();
  }

  @Override
  public int version(String stream) {
    return file.reading(db -> SqliteRows.version(db, stream));
  }

  @Override
  public void erase(List<Erasure> all, String by) {
    var _ = commits.write(all.size(), writer -> writer.erase(all, by, clock.instant()));
    truncate();
  }

  private void truncate() {
    if (!file.truncate())
      System.getLogger("onedoor.log")
          .log(
              System.Logger.Level.WARNING,
              "what was erased stands in the log beside the database until the next checkpoint");
  }

  @Override
  public Head verify(@Nullable Head since, LongConsumer progress) {
    var upTo = head().position();
    var fresh = new SqliteRows(); // remembers no name from before it was changed in the file
    return file.reading(db -> {
      var odd = SqliteRows.oddPersonal(db);
      return Verify.all(after -> fresh.page(db, after, upTo), upTo, odd, since, progress);
    });
  }

  /** Writes a copy of the file as it is at one moment, while it is written to. */
  void copyTo(Path file) {
    this.file.copyTo(file);
  }

  @Override
  public List<Row> rows(long after, long upTo) {
    return file.reading(db -> rows.page(db, after, upTo));
  }

  @Override
  public void take(List<Row> more) {
    var _ = commits.write(more.size(), writer -> writer.take(more));
  }

  @Override
  public void wipe(Erased fact) {
    var _ = commits.write(1, writer -> writer.wipe(fact));
    truncate();
  }

  @Override
  public List<Keep.Kept> kept() {
    return keep.all();
  }

  @Override
  public void keepOnly(List<Keep.Kept> kept) {
    keep.only(kept);
  }

  @Override
  public Keep keep() {
    return keep;
  }

  @Override
  public Signs signs() {
    return Signs.NONE; // the folder is one process's own
  }

  @Override
  public void writable() {
    if (!commits.proved(PROOF))
      commits.write(1, writer -> writer.db().update("UPDATE probe SET n = n + 1"));
  }

  @Override
  public void close() {
    tail.close();
    file.close();
    commits.close();
  }
}
