package org.onedoor.log;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.stream.Collectors;
import org.bson.Document;
import org.onedoor.event.Payload;

/**
 * The ends of streams as of the head this process knows. Easy to get wrong: they may be newer than
 * that head but never older, because a row right behind the head only stands if nothing came after
 * it.
 */
final class MongoEnds {
  /** Streams whose ends are remembered. */
  private static final int REMEMBERED = 20_000;

  private final MongoRows rows;
  private final Cache<String, Fit.End> ends = Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  MongoEnds(MongoRows rows) {
    this.rows = rows;
  }

  Fit.End of(String stream) {
    return ends.get(
        stream,
        s -> {
          var version = rows.version(s);
          return new Fit.End(version, version > 0 && rows.unknownIn(s));
        });
  }

  /** Looks at once which of the streams that are to begin have begun. */
  void learn(List<Draft> drafts) {
    var fresh =
        drafts.stream()
            .filter(d -> d.fact().version() == 0)
            .map(d -> d.fact().stream())
            .filter(s -> ends.getIfPresent(s) == null)
            .collect(Collectors.toSet());
    if (fresh.size() < 2) return; // one is looked up as well when it is asked for
    fresh.removeAll(rows.begun(List.copyOf(fresh)));
    fresh.forEach(s -> ends.put(s, new Fit.End(0, false)));
  }

  void moved(String stream, int version, boolean unknown) {
    ends.put(stream, new Fit.End(version, unknown));
  }

  /** Somebody else's rows. */
  void moved(List<Document> others) {
    for (var other : others) {
      var stream = other.getString("stream");
      var end = ends.getIfPresent(stream);
      var strange = !Payload.kinds().containsKey(other.getString("type"));
      if (end == null) continue;
      moved(stream, other.getInteger("version"), end.unknown() || strange);
    }
  }

  void forget() {
    ends.invalidateAll();
  }
}
