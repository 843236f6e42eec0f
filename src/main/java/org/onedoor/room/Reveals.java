package org.onedoor.room;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.List;
import org.onedoor.event.Event.Revealed;
import org.onedoor.event.Party;
import org.onedoor.log.Fact;
import org.onedoor.log.Hub;
import org.onedoor.log.Unavailable;
import org.onedoor.log.Which;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Thing;
import org.springframework.stereotype.Component;

/**
 * Who was shown the telephone numbers, identity numbers and addresses of a case, and when. No
 * record, no showing: when it cannot be written down, they stay masked.
 */
@Component
public final class Reveals {
  private final Hub hub;
  private final People people;
  private final InstantSource clock;

  /** Written down already, so that the log is not asked again and again. */
  private final Cache<String, Boolean> known =
      Caffeine.newBuilder().expireAfterWrite(Duration.ofHours(1)).maximumSize(50_000).build();

  public Reveals(Hub hub, People people, InstantSource clock) {
    this.hub = hub;
    this.people = people;
    this.clock = clock;
  }

  /** Whether there is anything to reveal. */
  public static boolean any(Party party) {
    var p = party.person();
    return p != null && (p.phone() != null || p.idNumber() != null || p.address() != null);
  }

  /**
   * Whether somebody is shown them now; then that is on record, once a day for each way.
   *
   * @param how room, rest or live
   */
  public boolean open(Officer who, String caseId, String how) {
    if (!people.maySee(who, new Thing.Particulars(caseId))) return false;
    var day = LocalDate.ofInstant(clock.instant(), people.zone());
    var once = "revealed:" + caseId + ":" + who.id() + ":" + how + ":" + day;
    if (known.getIfPresent(once) != null) return true;
    var stream = stream(caseId);
    try {
      var _ =
          hub.settle(
              once, () -> new Fact(stream, hub.version(stream), new Revealed(how), who.id(), once));
    } catch (Unavailable e) {
      return false;
    }
    known.put(once, true);
    return true;
  }

  private static String stream(String caseId) {
    return "case/" + caseId + "/revealed";
  }

  /** That somebody was shown them. */
  public record Seen(String by, Instant at, String how) {}

  /** The last ones, newest first. */
  public List<Seen> newest(String caseId, int most) {
    var newest = new ArrayDeque<Seen>();
    try (var entries = hub.read(Which.stream(stream(caseId)), 0)) {
      entries.forEach(e -> {
        if (e.event() instanceof Revealed r) newest.addFirst(new Seen(e.by(), e.at(), r.how()));
        if (newest.size() > most) newest.removeLast();
      });
    }
    return List.copyOf(newest);
  }
}
