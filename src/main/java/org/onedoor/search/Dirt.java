package org.onedoor.search;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.onedoor.event.Entry;
import org.onedoor.event.Event.Revealed;
import org.onedoor.event.Event.Typed;

/** What changed and is not in the index yet. One thread waits here for something to write. */
final class Dirt {
  private static final Duration COLLECT = Duration.ofMillis(60);

  /** A note being typed in is written anew this often: each time costs its whole text. */
  private static final Duration COLLECT_TYPING = Duration.ofMillis(300);

  /** Cases written between two looks at the rest while catching up. */
  private static final int CATCH_UP = 2_000;

  private final Set<String> cases = new HashSet<>();

  /** Notes that were typed in, and their cases. */
  private final Map<String, String> notes = new HashMap<>();

  private long heard;
  private boolean missed = true;

  /**
   * What is to be written.
   *
   * @param notes with their cases
   * @param upTo the position up to which nothing is missing then
   */
  record Load(Set<String> cases, Map<String, String> notes, long upTo) {}

  /**
   * Begins.
   *
   * @param indexed the position up to which everything is written
   */
  Dirt(long indexed) {
    heard = indexed;
  }

  /** Easy to get wrong: while the log is being read an entry may come that is further ahead. */
  synchronized void hear(Entry entry) {
    if (entry.position() <= heard) return;
    if (entry.position() == heard + 1) mark(entry);
    else missed = true;
    notifyAll();
  }

  private void mark(Entry entry) {
    heard = entry.position();
    var about = entry.about();
    if (about == null || entry.event() instanceof Revealed) return;
    if (entry.event() instanceof Typed)
      notes.put(entry.stream().substring(entry.stream().lastIndexOf('/') + 1), about);
    else cases.add(about);
  }

  /** Something could not be handed over (an import, a slow disk): the log has to be read. */
  synchronized void missed() {
    missed = true;
    notifyAll();
  }

  synchronized boolean takeMissed() {
    var was = missed;
    missed = false;
    return was;
  }

  /**
   * Marks what the log has after a position.
   *
   * @return whether there may be more
   */
  synchronized boolean catchUp(long from, Iterator<Entry> entries) {
    heard = Math.min(heard, from);
    while (entries.hasNext() && cases.size() < CATCH_UP) mark(entries.next());
    return cases.size() >= CATCH_UP;
  }

  /** Waits for something to do, at most so long, and then a moment for more of it. */
  @SuppressWarnings("WaitNotInLoop") // a spurious wake-up only looks once more
  synchronized boolean await(long indexed, Duration most) throws InterruptedException {
    if (!some(indexed)) wait(most.toMillis());
    if (some(indexed) && !missed) collect();
    return some(indexed);
  }

  private boolean some(long indexed) {
    return !cases.isEmpty() || !notes.isEmpty() || missed || heard > indexed;
  }

  /** A moment for more to come; whoever types keeps nobody's case waiting. */
  @SuppressWarnings("WaitNotInLoop") // woken early it only writes earlier
  private void collect() throws InterruptedException {
    var until = System.nanoTime() + COLLECT_TYPING.toNanos();
    while (cases.isEmpty() && !missed) {
      var left = Duration.ofNanos(until - System.nanoTime()).toMillis();
      if (left <= 0) return;
      wait(left);
    }
    wait(COLLECT.toMillis());
  }

  synchronized Load take() {
    var load = new Load(Set.copyOf(cases), Map.copyOf(notes), heard);
    cases.clear();
    notes.clear();
    return load;
  }
}
