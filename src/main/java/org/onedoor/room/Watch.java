package org.onedoor.room;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
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
  private final Map<String, Set<Watcher>> watchers = new ConcurrentHashMap<>();
  private static final String EVERYTHING = "";

  public Watch(Hub hub) {
    var _ = hub.listen("watch", this::tell, this::behind);
  }

  /** Who is told, and what is done instead when some entries were too many to be handed over. */
  private record Watcher(Consumer<Entry> each, Runnable behind) {}

  /** Hands over what happens in any case until closed. Neither may block. */
  public Following all(Consumer<Entry> each, Runnable behind) {
    return of(EVERYTHING, each, behind);
  }

  /** Hands over what happens about a case until closed. Neither may block. */
  public Following of(String key, Consumer<Entry> each, Runnable behind) {
    var watcher = new Watcher(each, behind);
    watchers.compute(
        key,
        (_, all) -> {
          var set = all == null ? ConcurrentHashMap.<Watcher>newKeySet() : all;
          set.add(watcher);
          return set;
        });
    return () ->
        watchers.computeIfPresent(
            key,
            (_, all) -> {
              all.remove(watcher);
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
    for (var watcher : watchers.getOrDefault(key, Set.of()))
      quietly(() -> watcher.each().accept(entry));
  }

  private void behind() {
    watchers.values().forEach(all -> all.forEach(w -> quietly(w.behind())));
  }

  /** A screen that is just closed must not keep it from the others. */
  private static void quietly(Runnable told) {
    try {
      told.run();
    } catch (RuntimeException e) {
      System.getLogger("onedoor.watch").log(System.Logger.Level.DEBUG, "a watcher failed", e);
    }
  }
}
