package org.onedoor.log;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.onedoor.event.Event.Erased;

/**
 * Folds by key (a room, a note, who is in a case): folded from the log when first asked for, kept
 * current while remembered, forgotten when others are wanted more. There is no map of all cases.
 *
 * <p>Easy to get wrong: an entry may arrive while its fold is being read from the log. The follower
 * must not wait for the reading, so it puts the entry aside; afterwards a position the fold has is
 * dropped, so it is in once.
 *
 * @param <S> the immutable state
 */
public final class Folds<S> {
  private final Hub hub;
  private final Function<String, Which> which;
  private final Function<String, S> empty;
  private final BiFunction<S, Entry, S> after;
  private final Cache<String, Slot> slots;

  /**
   * @param key which fold an entry belongs to; null: none of these
   * @param which what of the log makes the fold of a key
   */
  public Folds(
      Hub hub,
      int remembered,
      Function<Entry, @Nullable String> key,
      Function<String, Which> which,
      Function<String, S> empty,
      BiFunction<S, Entry, S> after) {
    this.hub = hub;
    this.which = which;
    this.empty = empty;
    this.after = after;
    slots = Caffeine.newBuilder().maximumSize(remembered).build();
    hub.fold(entry -> {
      var k = key.apply(entry);
      var slot = k == null ? null : slots.getIfPresent(k);
      if (slot != null) slot.take(entry);
    });
  }

  /** The state as of everything this process has folded. */
  public S get(String key) {
    return slots.get(key, Slot::new).state();
  }

  private final class Slot {
    private final String key;
    private final Object reading = new Object();
    private @Nullable S state;
    private long position;

    /** What came while the log is being read; null when it is not. */
    private @Nullable List<Entry> aside;

    Slot(String key) {
      this.key = key;
    }

    S state() {
      var known = known();
      if (known != null) return known;
      synchronized (reading) {
        for (known = known(); known == null; known = known()) read();
        return known;
      }
    }

    private synchronized @Nullable S known() {
      return state;
    }

    private void read() {
      synchronized (this) {
        aside = new ArrayList<>();
      }
      try (var entries = hub.read(which.apply(key), 0)) {
        var read = empty.apply(key);
        var last = 0L;
        for (var entry : (Iterable<Entry>) entries::iterator) {
          read = after.apply(read, entry);
          last = entry.position();
        }
        keep(read, last);
      } finally {
        synchronized (this) {
          aside = null;
        }
      }
    }

    private synchronized void keep(S read, long last) {
      var came = aside;
      aside = null;
      state = read;
      position = last;
      if (came != null) came.forEach(this::take);
    }

    synchronized void take(Entry entry) {
      if (aside != null) aside.add(entry);
      if (state == null || entry.position() <= position) return;
      var was = state;
      state = null; // if this fails, or what it knows was erased, it is read anew when asked for
      if (entry.event() instanceof Erased) return;
      state = after.apply(was, entry);
      position = entry.position();
    }
  }
}
