package org.onedoor.room;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.onedoor.log.Following;
import org.onedoor.log.Hub;
import org.onedoor.log.Signs;
import org.springframework.stereotype.Component;

/**
 * Who is in which room now: one person however many windows. In memory only, never in the log. It
 * is fed by sockets, not by screens, because a browser that dies leaves its screen behind for
 * minutes.
 */
@Component
public final class Presence implements AutoCloseable, MeterBinder {
  /** A reload closes its socket and is back within a second; only then somebody is gone. */
  private static final long GRACE_MILLIS = 1_200;

  /** A room somebody is in or looks at; changed only inside the map's own lock. */
  private static final class Place {
    final Map<String, Integer> windows = new LinkedHashMap<>();
    final Map<String, Instant> left = new LinkedHashMap<>();
    final Set<Consumer<List<String>>> listeners = ConcurrentHashMap.newKeySet();
    volatile List<String> here = List.of();
  }

  private static final String SIGN = "room/";

  private final Signs signs;
  private final Map<String, Place> places = new ConcurrentHashMap<>();
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("presence").factory());
  private final InstantSource clock;

  public Presence(Hub hub, InstantSource clock) {
    this.clock = clock;
    signs = hub.signs();
    var _ =
        signs.watch(place -> {
          if (place.startsWith(SIGN)) change(place.substring(SIGN.length()), false, _ -> {});
        });
  }

  /** Somebody opened a window on a case; close it when the window goes. */
  public Following enter(String caseId, String officer) {
    change(
        caseId,
        true,
        place -> {
          if (place.windows.merge(officer, 1, Integer::sum) == 1)
            signs.give(SIGN + caseId, officer, "");
        });
    return () -> later.schedule(() -> leave(caseId, officer), GRACE_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("onedoor.rooms.open", this, Presence::rooms)
        .description("Rooms in which somebody is at this server")
        .register(registry);
  }

  private double rooms() {
    return places.values().stream().filter(place -> !place.windows.isEmpty()).count();
  }

  /** Officers in a room, in the order in which they came. */
  public List<String> here(String caseId) {
    var place = places.get(caseId);
    return place == null ? List.of() : place.here;
  }

  /**
   * When those who were in a room and are not any more left it; forgotten with the last of them.
   */
  public Map<String, Instant> left(String caseId) {
    var left = new LinkedHashMap<String, Instant>();
    places.computeIfPresent(
        caseId,
        (_, place) -> {
          left.putAll(place.left);
          return place;
        });
    return left;
  }

  /** Tells who is here whenever that changes. The consumer must not block. */
  public Following watch(String caseId, Consumer<List<String>> each) {
    change(caseId, true, place -> place.listeners.add(each));
    return () -> change(caseId, true, place -> place.listeners.remove(each));
  }

  private void leave(String caseId, String officer) {
    change(
        caseId,
        true,
        place -> {
          place.windows.computeIfPresent(officer, (_, n) -> n == 1 ? null : n - 1);
          if (!place.windows.containsKey(officer)) signs.take(SIGN + caseId, officer);
        });
  }

  /**
   * Changes a place and tells who looks at it.
   *
   * @param make also one where nobody of this server is or looks
   */
  private void change(String caseId, boolean make, Consumer<Place> how) {
    var told = new ArrayList<Runnable>();
    places.compute(
        caseId,
        (_, was) -> {
          if (was == null && !make) return null;
          var place = was == null ? new Place() : was;
          how.accept(place);
          var all = new LinkedHashSet<>(place.windows.keySet());
          all.addAll(signs.others(SIGN + caseId).keySet());
          var here = List.copyOf(all);
          if (!here.equals(place.here)) {
            for (var gone : place.here)
              if (!all.contains(gone)) place.left.put(gone, clock.instant());
            here.forEach(place.left::remove);
            place.here = here;
            place.listeners.forEach(l -> told.add(() -> l.accept(here)));
          }
          return place.windows.isEmpty() && place.listeners.isEmpty() ? null : place;
        });
    for (var one : told) {
      try {
        one.run();
      } catch (RuntimeException e) { // a screen that is just closed
        System.getLogger("onedoor.presence").log(System.Logger.Level.DEBUG, "not told", e);
      }
    }
  }

  @Override
  public void close() {
    later.shutdownNow();
  }
}
