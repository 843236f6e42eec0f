package org.onedoor.log;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.onedoor.event.Event;
import org.onedoor.event.Event.Erased;
import org.onedoor.event.Event.Restated;
import org.onedoor.event.Payload;

/** How an erasure is told in facts, the same in every log. */
final class Restating {
  private Restating() {}

  /** What is said anew, one fact for each entry. */
  static List<Restated> facts(Erasure what) {
    return what.restated().entrySet().stream()
        .map(e -> new Restated(e.getKey(), text(e.getValue()), what.about()))
        .toList();
  }

  /** An event's own words as they are stored, particulars left out. */
  static String text(Event event) {
    return new String(Payload.of(event).open(), StandardCharsets.UTF_8);
  }

  /**
   * The fact that it was erased.
   *
   * @param upTo the version up to which it goes, which is there
   * @param restatements the stream's, before this one
   */
  static Erased fact(Erasure what, int upTo, List<Row> restatements) {
    var again = what.restated().keySet();
    var versions =
        Stream.concat(
                again.stream(),
                // what an earlier one said instead says it too
                restatements.stream().filter(r -> again.contains(version(r))).map(Row::version))
            .toList();
    return new Erased(what.stream(), upTo, what.party(), what.reason(), versions, what.about());
  }

  /** Where each of these versions is said anew, the last time it was. */
  static Map<Integer, Long> places(List<Row> restatements, Collection<Integer> versions) {
    var wanted = Set.copyOf(versions);
    var places = new HashMap<Integer, Long>();
    for (var row : restatements)
      if (wanted.contains(version(row))) places.put(version(row), row.position());
    return places;
  }

  /** The version a restatement is of; 0 once that was erased. */
  private static int version(Row restatement) {
    return restatement.entry().event() instanceof Restated r ? r.version() : 0;
  }
}
