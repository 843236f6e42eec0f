package org.onedoor.log;

import com.mongodb.MongoException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;

/**
 * Appends what callers bring: by turns, all that waits in one ordered insert right behind the head.
 * The position is the key, so it is the order of everybody's writing: what somebody else wrote
 * there first fails ours, and we look and plan anew.
 *
 * <p>Easy to get wrong: an insert whose answer was lost may stand or not, or stand later. Writing
 * the very same row at the very same position again is always safe, and who sits there (told by its
 * hash, which has random salt in it) settles it. A position is only tried when a majority has the
 * one before it; so no hole can arise, also when a primary dies with what nobody else had.
 */
final class MongoCommits implements AutoCloseable {
  /** Facts in one insert; more only makes everybody wait longer for the same answer. */
  private static final int BATCH = 512;

  /** How long after a failure it is tried again, at most; about a trip to the database. */
  private static final int JITTER_MICROS = 3_000;

  private final MongoBase base;
  private final MongoRows rows;
  private final MongoEnds ends;
  private final Tail tail;
  private final InstantSource clock;
  private final Turns<Job> turns = new Turns<>(BATCH, job -> job.drafts.size(), this::commit);

  private volatile Head head = Head.EMPTY;
  private volatile long writing;
  private volatile long provedAt;
  private volatile boolean proved;
  private volatile boolean closed;

  /** Touched only by whose turn it is: the head must be looked up before anything is planned. */
  private boolean lost = true;

  /** Touched only by whose turn it is: they were interrupted meanwhile. */
  private boolean interrupted;

  MongoCommits(MongoBase base, MongoRows rows, Tail tail, InstantSource clock) {
    this.base = base;
    this.rows = rows;
    this.tail = tail;
    this.clock = clock;
    ends = new MongoEnds(rows);
  }

  /**
   * The last position this process wrote, saw while writing, or is writing: if somebody else sits
   * there after all, whoever writes finds out.
   */
  long position() {
    return Math.max(head.position(), writing);
  }

  /** Whether the last write succeeded, and that at most so long ago. */
  boolean proved(long nanos) {
    return proved && System.nanoTime() - provedAt < nanos;
  }

  /** Appends all of these or none; durable with a majority when this returns. */
  List<Entry> append(List<Draft> drafts) {
    var job = new Job(drafts, clock.instant());
    turns.take(job);
    return job.answer();
  }

  private void commit(List<Job> jobs) {
    interrupted = Thread.interrupted(); // the driver would give up half way
    try {
      if (closed) throw new IllegalStateException("it is closed");
      var until = System.nanoTime() + base.patience.toNanos();
      for (var left = jobs; !left.isEmpty(); ) left = write(left, until);
      provedAt = System.nanoTime();
      proved = true;
    } catch (RuntimeException e) {
      proved = false;
      lost = true;
      writing = 0;
      jobs.forEach(job -> job.fail(e));
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
  }

  /** Writes what can be written behind the head, and returns whose turn did not come. */
  private List<Job> write(List<Job> jobs, long until) {
    var looked = lost;
    if (lost) look();
    var plan = plan(jobs);
    if (!looked && jobs.stream().anyMatch(job -> job.failure != null)) {
      look(); // who is refused may know more than this process did
      plan = plan(jobs);
    }
    var stood = 0;
    if (plan.size() > 0) {
      writing = head.position() + plan.size();
      stood = stand(plan, until);
      writing = 0;
    }
    var last = plan.head(stood);
    if (last != null) head = last;
    tail.add(plan.stand(stood));
    letGo(plan.firsts(stood));
    var left = new ArrayList<Job>();
    for (var job : jobs) if (!job.stands(stood)) left.add(job);
    lost |= !left.isEmpty();
    return left;
  }

  /** Looks where the log ends, and what others wrote since this process last knew. */
  private void look() {
    var known = head;
    if (known.position() > 0 && !stands(known))
      throw new IllegalStateException("another log has taken its place");
    var end = rows.end();
    var others = rows.ends(known.position());
    if (others.size() < MongoRows.FEW) ends.moved(others);
    else ends.forget();
    head = end;
    if (end.position() > known.position()) tail.lost();
    lost = false;
  }

  private boolean stands(Head known) {
    return rows.at(known.position()).map(MongoRows::head).filter(known::equals).isPresent();
  }

  private MongoPlan plan(List<Job> jobs) {
    var drafts = jobs.stream().flatMap(j -> j.drafts.stream()).toList();
    ends.learn(drafts);
    var plan = new MongoPlan(head, ends, known(drafts));
    for (var job : jobs) job.plan(plan);
    return plan;
  }

  /** What was appended before under these facts' keys. */
  private Map<String, Entry> known(List<Draft> drafts) {
    var keys = drafts.stream().map(d -> d.fact().once()).filter(Objects::nonNull).toList();
    var known = new HashMap<String, Entry>();
    if (!keys.isEmpty())
      for (var row : rows.once(keys)) known.put(Objects.requireNonNull(row.once()), row.entry());
    return known;
  }

  /**
   * Writes the rows of a plan until all stand or somebody else stands where one of them belongs.
   */
  private int stand(MongoPlan plan, long until) {
    var in = 0;
    for (; ; ) {
      try {
        base.entries.insertMany(plan.documents().subList(in, plan.size()));
        return plan.size();
      } catch (MongoException e) {
        interrupted |= Thread.interrupted(); // what was begun is seen through
        if (System.nanoTime() > until) throw e;
      }
      try {
        var there = standing(plan.from(in));
        in += there.own();
        if (in == plan.size() || there.other()) return in;
      } catch (MongoException e) {
        interrupted |= Thread.interrupted();
        if (System.nanoTime() > until) throw e;
      }
      pause();
    }
  }

  /** How many rows stand, and whether somebody else stands where the next one belongs. */
  private record Standing(int own, boolean other) {}

  private Standing standing(List<Row> planned) {
    var own = 0;
    for (var row : planned) {
      var there = rows.at(row.position()).map(MongoRows::head);
      if (there.isEmpty()) return new Standing(own, false); // nobody, or not with a majority yet
      if (!there.get().equals(row.head())) return new Standing(own, true);
      own++;
    }
    return new Standing(own, false);
  }

  private void letGo(List<Long> firsts) {
    try {
      rows.whole(firsts);
    } catch (MongoException e) {
      System.getLogger("onedoor.log")
          .log(System.Logger.Level.DEBUG, "second copies stay until the next start", e);
    }
  }

  private static void pause() {
    try {
      TimeUnit.MICROSECONDS.sleep(ThreadLocalRandom.current().nextInt(JITTER_MICROS));
    } catch (InterruptedException e) {
      // what was begun is seen through
    }
  }

  /** Lets who waits have a last turn, then takes no more. */
  @Override
  public void close() {
    closed = true;
    turns.take(new Job(List.of(), clock.instant()));
  }

  private static final class Job {
    final List<Draft> drafts;
    final Instant now;
    private @Nullable List<Entry> result;
    private @Nullable RuntimeException failure;
    private boolean done;

    /** How many rows of the plan must stand before what this caller hears is true. */
    private int needs;

    Job(List<Draft> drafts, Instant now) {
      this.drafts = drafts;
      this.now = now;
    }

    /** What one caller did wrong is told to that one only. */
    void plan(MongoPlan plan) {
      result = null;
      failure = null;
      try {
        result = plan.add(drafts, now);
      } catch (Conflict | ReadOnlyStream e) {
        failure = e;
      }
      needs = plan.size();
    }

    boolean stands(int stood) {
      done = needs <= stood;
      return done;
    }

    void fail(Exception why) {
      if (!done) failure = new Unavailable("the log cannot be written: " + why.getMessage(), why);
    }

    List<Entry> answer() {
      if (failure != null) throw failure;
      return Objects.requireNonNull(result, "nobody wrote this");
    }
  }
}
