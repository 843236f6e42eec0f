package org.onedoor.search;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.onedoor.event.Entry;
import org.onedoor.event.Event.*;
import org.onedoor.log.Hub;
import org.onedoor.log.Which;

/** Cases whose circle became smaller and whose documents do not say so yet. */
final class Narrowed {
  private static final String[] KINDS = {
    "released", "objected", "lead", "closed", "declined", "session_cancelled", "erased"
  };

  private final Map<String, Long> cases = new ConcurrentHashMap<>();

  Set<String> cases() {
    return Set.copyOf(cases.keySet());
  }

  /** What the documents of a started index do not say yet. */
  void since(Hub hub, long position) {
    try (var entries = hub.read(Which.all().only(KINDS), position)) {
      entries.forEach(this::hear);
    }
  }

  void hear(Entry entry) {
    if (entry.about() == null) return;
    switch (entry.event()) {
      case AgencyReleased _,
          Objected _,
          LeadNamed _,
          Closed _,
          Declined _,
          SessionCancelled _,
          Erased _ ->
          cases.put(entry.about(), entry.position());
      default -> {}
    }
  }

  /** The documents say all up to a position. */
  void written(long upTo) {
    cases.values().removeIf(position -> position <= upTo);
  }
}
