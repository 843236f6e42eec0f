package org.onedoor.room;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.onedoor.event.Event.Typed;
import org.onedoor.log.Following;
import org.onedoor.log.Hub;
import org.springframework.stereotype.Component;

/**
 * Tells open screens and sockets what happens in a case, typing left out: one listener on the log
 * for all of them, so that a letter costs nothing here.
 */
@Component
public final class Watch {
  private final Map<String, Set<Consumer<Entry>>> watchers = new ConcurrentHashMap<>();
  private static final String EVERYTHING = "";

  public Watch(Hub hub) {
    var _ = hub.listen("watch", this::tell, () -> {});
  }

  /** Hands over what happens about a case until closed. The consumer must not block. */
  public Following of(@Nullable String caseId, Consumer<Entry> each) {
    var key = caseId == null ? EVERYTHING : caseId;
    watchers.compute(
        key,
        (_, all) -> {
          var set = all == null ? ConcurrentHashMap.<Consumer<Entry>>newKeySet() : all;
          set.add(each);
          return set;
        });
    return () ->
        watchers.computeIfPresent(
            key,
            (_, all) -> {
              all.remove(each);
              return all.isEmpty() ? null : all;
            });
  }

  private void tell(Entry entry) {
    if (entry.event() instanceof Typed) return;
    var about = entry.about();
    if (about != null) each(about, entry);
    each(EVERYTHING, entry);
  }

  private void each(String key, Entry entry) {
    for (var watcher : watchers.getOrDefault(key, Set.of())) {
      try {
        watcher.accept(entry);
      } catch (RuntimeException e) {
        System.getLogger("onedoor.watch").log(System.Logger.Level.WARNING, "a watcher failed", e);
      }
    }
  }
}
