package org.onedoor.log;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;

/**
 * The append-only truth of one centre. Positions are 1, 2, 3 … without a hole, so "everything after
 * p" is always complete; a fact is durable when {@code append} returns; a hash chain runs over all
 * positions, so nothing can be changed, removed or swapped unseen.
 */
public interface EventLog extends AutoCloseable {
  /** What facts that stand together may say in all, in bytes: half of a MongoDB document. */
  int TOGETHER = 6 << 20;

  /**
   * Appends all of these or none, next to each other and in order, under one sync of the disk
   * (which appends of other threads may share).
   *
   * @return the entries; where a fact's {@code once} is known already, the entry of the first time
   * @throws IllegalArgumentException they say more than {@link #TOGETHER}
   * @throws Conflict a stream has moved on; nothing was appended
   * @throws Unavailable the log cannot be written; nothing was appended
   */
  List<Entry> append(List<Fact> facts);

  default Entry append(Fact fact) {
    return append(List.of(fact)).getFirst();
  }

  /** The entry that was appended under this key. */
  Optional<Entry> once(String key);

  /** Those of these keys under which something was appended. */
  Set<String> done(Collection<String> keys);

  /** A snapshot in order of position; close it. */
  Stream<Entry> read(Which which, long after);

  /**
   * Hands over every entry after a position: first what is there, then what comes, also from other
   * processes on the same log, in order, without a hole, on one thread of its own. An exception of
   * the consumer is logged and the next entry is handed over.
   */
  Following follow(long after, Consumer<Entry> each);

  Head head();

  /** How many entries a stream has. */
  int version(String stream);

  /**
   * Erases what entries say, or puts something in its place. Positions, the chain and the fact of
   * erasure (an {@code erased} entry in each stream) stay.
   *
   * @throws Conflict if a stream has moved on; nothing was erased
   * @throws Unavailable the log cannot be written; what was begun is done when it can
   */
  void erase(List<Erasure> all, String by);

  /** Erases what the entries of a stream up to a version say, of one party its particulars. */
  default void erase(String stream, int upTo, @Nullable String party, String reason, String by) {
    erase(List.of(Erasure.of(stream, upTo, party, reason)), by);
  }

  /**
   * Recomputes the chain.
   *
   * @param since a head known from outside: it must lie on the chain
   * @throws Broken at the first position that was changed, removed, swapped or cut off
   */
  Head verify(@Nullable Head since, LongConsumer progress);

  /** The small, expiring things beside the log that are not facts. */
  Keep keep();

  /** What the servers that share this log tell each other in passing. */
  Signs signs();

  /** Throws {@link Unavailable} unless a write would be taken now. */
  void writable();

  @Override
  void close();

  /** The chain does not hold. */
  final class Broken extends RuntimeException {
    private final long position;

    public Broken(long position, String why) {
      super("position " + position + ": " + why);
      this.position = position;
    }

    public long position() {
      return position;
    }
  }
}
