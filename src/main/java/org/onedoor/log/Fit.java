package org.onedoor.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.onedoor.event.Entry;

/**
 * Whether what one caller brings fits the log as it stands. Everything is looked at before anything
 * is written, so a caller's facts stand together or not at all.
 *
 * @param <X> how the database fails
 */
final class Fit<X extends Exception> {
  private final Known<X> known;
  private final Map<String, Entry> firsts = new HashMap<>();
  private final Map<String, Integer> versions = new HashMap<>();

  /** How many entries a stream has, and whether one of them is beyond this program. */
  record End(int version, boolean unknown) {}

  /** The log as it stands, with what is queued before. */
  interface Known<X extends Exception> {
    Optional<Entry> once(String key) throws X;

    End end(String stream) throws X;
  }

  /** Puts a fact behind the log's end. */
  interface Next<X extends Exception> {
    Entry place(Draft draft) throws X;
  }

  private Fit(Known<X> known) {
    this.known = known;
  }

  /**
   * The entries of one caller's facts: what was appended before under a fact's key, or else what
   * follows the log's end. Nothing is placed before all of them fit.
   *
   * @throws Conflict if a stream has moved on, what is queued before included
   * @throws ReadOnlyStream if a stream holds what this program does not know
   */
  static <X extends Exception> List<Entry> each(List<Draft> drafts, Known<X> known, Next<X> next)
      throws X {
    var fit = new Fit<>(known);
    var keys = new HashSet<String>();
    for (var draft : drafts) fit.look(draft.fact(), keys);
    var entries = new ArrayList<Entry>(drafts.size());
    for (var draft : drafts) entries.add(fit.place(draft, next));
    return entries;
  }

  private Entry place(Draft draft, Next<X> next) throws X {
    var key = draft.fact().once();
    var first = key == null ? null : firsts.get(key);
    if (first != null) return first;
    var entry = next.place(draft);
    if (key != null) firsts.put(key, entry);
    return entry;
  }

  private void look(Fact fact, Set<String> keys) throws X {
    if (fact.once() != null) {
      if (!keys.add(fact.once())) return; // the same key twice in one call: the first counts
      var first = known.once(fact.once());
      if (first.isPresent()) {
        firsts.put(fact.once(), first.get());
        return;
      }
    }
    var given = fact.given();
    if (given != null) must(given.stream(), given.version());
    must(fact.stream(), fact.version());
    if (known.end(fact.stream()).unknown()) throw new ReadOnlyStream(fact.stream());
    versions.put(fact.stream(), fact.version() + 1);
  }

  private void must(String stream, int expected) throws X {
    var told = versions.get(stream);
    var version = told == null ? known.end(stream).version() : told;
    if (version != expected) throw new Conflict(stream, expected, version);
  }
}
