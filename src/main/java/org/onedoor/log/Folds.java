package org.onedoor.log;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;

/**
 * Folds by key (a room, a note, who is in a case): folded from the log when first asked for, kept
 * current while remembered, forgotten when others are wanted more. There is no map of all cases.
 *
 * <p>Easy to get wrong: an entry may arrive while its fold is being read from the log. Both happen
 * under the slot's lock, and a position the fold has is dropped, so it is in once.
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
    private @Nullable S state;
    private long position;

    Slot(String key) {
      this.key = key;
    }

    synchronized S state() {
      if (state == null) {
        var read = empty.apply(key);
        try (var entries = hub.read(which.apply(key), 0)) {
          for (var entry : (Iterable<Entry>) entries::iterator) {
            read = after.apply(read, entry);
            position = entry.position();
          }
        }
        state = read;
      }
      return state;
    }

    synchronized void take(Entry entry) {
      if (state == null || entry.position() <= position) return;
      state = after.apply(state, entry);
      position = entry.position();
    }
  }
}
