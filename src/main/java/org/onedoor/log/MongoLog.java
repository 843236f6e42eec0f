package org.onedoor.log;

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
 * The log in a MongoDB replica set, which several servers may share: {@link MongoCommits} appends,
 * {@link MongoRows} are the entries, {@link MongoBell} tells what others wrote, {@link
 * MongoErasing} takes away.
 */
public final class MongoLog implements EventLog, Raw {
  /** A write that succeeded so lately is proof that the next one would. */
  private static final long PROOF = Duration.ofSeconds(1).toNanos();

  private final MongoBase base;
  private final MongoKeep keep;
  private final MongoRows rows;
  private final Tail tail = new Tail(this::after);
  private final MongoCommits commits;
  private final MongoErasing erasing;
  private final MongoBell bell;
  private final MongoSigns signs;

  /**
   * Opens or makes the log.
   *
   * @param url {@code mongodb://HOSTS/DATABASE…}, a replica set
   * @throws NewerFormat if a newer program wrote it
   * @throws Unavailable if it cannot be reached
   */
  public MongoLog(String url, InstantSource clock) {
    base = new MongoBase(url);
    keep = new MongoKeep(base.keep, clock);
    rows = new MongoRows(base.entries);
    commits = new MongoCommits(base, rows, tail, clock);
    erasing = new MongoErasing(base, rows, commits);
    bell = new MongoBell(base, rows, commits::position, tail::lost);
    signs = new MongoSigns(base);
    try {
      MongoBase.writing(erasing::finish);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public List<Entry> append(List<Fact> facts) {
    return commits.append(Draft.all(facts));
  }

  @Override
  public Optional<Entry> once(String key) {
    return MongoBase.reading(() -> rows.once(List.of(key))).stream().map(Row::entry).findFirst();
  }

  @Override
  public Set<String> done(Collection<String> keys) {
    return MongoBase.reading(() -> rows.done(keys));
  }

  @Override
  public Stream<Entry> read(Which which, long after) {
    return Paged.stream(rows.entries(which, after, head().position()));
  }

  @Override
  public Following follow(long after, Consumer<Entry> each) {
    return tail.follow(after, each);
  }

  /** Some entries after a position, for a follower that is behind; never beyond a hole. */
  private List<Entry> after(long position) {
    var upTo = head().position();
    var page = MongoBase.reading(() -> rows.page(position, upTo));
    for (var i = 0; i < page.size(); i++)
      if (page.get(i).position() != position + 1 + i)
        throw new Unavailable("position " + (position + 1 + i) + " is missing");
    return page.stream().map(Row::entry).toList();
  }

  @Override
  public Head head() {
    var head = MongoBase.reading(rows::end);
    bell.heard(head.position());
    return head;
  }

  @Override
  public int version(String stream) {
    return MongoBase.reading(() -> rows.version(stream));
  }

  @Override
  public void erase(List<Erasure> all, String by) {
    MongoBase.writing(() -> erasing.erase(all, by));
  }

  @Override
  public Head verify(@Nullable Head since, LongConsumer progress) {
    MongoBase.writing(erasing::finish); // what is half erased by another server would look broken
    var upTo = head().position();
    return Verify.all(after -> rows.page(after, upTo), upTo, 0, since, progress);
  }

  @Override
  public List<Row> rows(long after, long upTo) {
    return MongoBase.reading(() -> rows.page(after, upTo));
  }

  @Override
  public void take(List<Row> more) {
    MongoBase.writing(() -> {
      Raw.behind(rows.end(), more);
      base.entries.insertMany(
          more.stream().flatMap(row -> MongoRows.documents(List.of(row)).stream()).toList());
    });
  }

  @Override
  public void wipe(Erased fact) {
    MongoBase.writing(() -> erasing.wipe(fact));
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
    return signs;
  }

  @Override
  public void writable() {
    if (commits.proved(PROOF)) return;
    MongoBase.writing(base::probe);
  }

  @Override
  public void close() {
    tail.close();
    bell.close();
    signs.close();
    commits.close();
    base.close();
  }
}
