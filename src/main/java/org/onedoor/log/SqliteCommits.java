package org.onedoor.log;

import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes what callers bring: by turns, all that waits in one transaction with one sync of the disk,
 * then hands it to the followers, then tells the callers.
 *
 * <p>Easy to get wrong: what a caller expects of a stream counts what is queued before it, so a
 * conflict is only known inside the transaction and must be found before that caller's first row is
 * written.
 */
final class SqliteCommits implements AutoCloseable {
  /** Facts in one transaction; more only makes everybody wait longer for the same sync. */
  private static final int BATCH = 512;

  private final SqliteFile file;
  private final Tail tail;
  private final Turns<Job<?>> turns = new Turns<>(BATCH, job -> job.facts, this::commit);

  private volatile Head head;
  private volatile boolean proved;
  private volatile long provedAt;
  private volatile boolean closed;

  /** Touched only by whose turn it is. */
  private @Nullable SqliteWriter writer;

  interface Work<T> {
    T with(SqliteWriter writer) throws SQLException;
  }

  SqliteCommits(SqliteFile file, Tail tail) throws SQLException {
    this.file = file;
    this.tail = tail;
    writer = file.writer();
    head = writer.head();
  }

  /** The end of what stands and may be read. */
  Head head() {
    return head;
  }

  /**
   * Does the work in a transaction; it is durable when this returns.
   *
   * @param facts how many facts it writes, about
   */
  <T> T write(int facts, Work<T> work) {
    var job = new Job<T>(facts, work);
    turns.take(job);
    return job.answer();
  }

  /** Whether the last write succeeded, and that at most so long ago. */
  boolean proved(long nanos) {
    return proved && System.nanoTime() - provedAt < nanos;
  }

  private void commit(List<Job<?>> jobs) {
    try {
      var pen = pen();
      pen.begin();
      for (var job : jobs) job.write(pen);
      commit(pen);
      head = pen.head();
      provedAt = System.nanoTime();
      proved = true;
      tail.add(pen.written());
    } catch (SQLException | RuntimeException e) {
      proved = false;
      drop();
      jobs.forEach(job -> job.fail(e));
    }
  }

  /**
   * Commits. When the answer is an error the transaction may stand all the same; only the file
   * knows. (If even that cannot be asked now, it counts as failed; should it stand after all, its
   * entries come to the followers when the file is open again.)
   */
  private void commit(SqliteWriter pen) throws SQLException {
    try {
      pen.commit();
    } catch (SQLException e) {
      drop();
      if (pen.written().isEmpty() || !pen().has(pen.head())) throw e;
    }
  }

  private SqliteWriter pen() throws SQLException {
    if (closed) throw new SQLException("it is closed");
    if (writer == null) {
      writer = file.writer();
      if (!writer.has(head)) {
        drop();
        throw new SQLException("another file has taken its place");
      }
      if (writer.head().position() > head.position()) {
        head = writer.head();
        tail.lost();
      }
    }
    return writer;
  }

  private void drop() {
    SqliteFile.quietly(writer);
    writer = null;
  }

  /** Lets who waits have a last turn, then takes no more. */
  @Override
  public void close() {
    closed = true;
    turns.take(new Job<>(0, _ -> true)); // finds it closed and lets go of the connection
  }

  private static final class Job<T> {
    final int facts;
    final Work<T> work;
    @Nullable T result;
    @Nullable RuntimeException failure;

    Job(int facts, Work<T> work) {
      this.facts = facts;
      this.work = work;
    }

    /** What one caller did wrong is told to that one only. */
    void write(SqliteWriter pen) throws SQLException {
      try {
        result = work.with(pen);
      } catch (Conflict | ReadOnlyStream | EventLog.Broken e) {
        failure = e;
      }
    }

    void fail(Exception why) {
      failure = new Unavailable("the log cannot be written: " + why.getMessage(), why);
    }

    T answer() {
      if (failure != null) throw failure;
      return Objects.requireNonNull(result, "nobody wrote this");
    }
  }
}
