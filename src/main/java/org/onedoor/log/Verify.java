package org.onedoor.log;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Event.Erased;
import org.onedoor.event.Event.Restated;
import org.onedoor.log.EventLog.Broken;

/**
 * Goes along the chain from its first entry and recomputes it. What stands in the rows must give
 * the hashes that stand in the rows; what was erased must be erased whole, and a later fact must
 * say so.
 */
final class Verify {
  private final long odd;
  private final @Nullable Head since;
  private final Map<Place, Long> unexplained = new HashMap<>();

  /** Entries that are said anew elsewhere, and where each of them is said anew last. */
  private final Map<Place, Row> pointing = new HashMap<>();

  private final Map<Place, Long> anew = new HashMap<>();
  private Head held = Head.EMPTY;

  /** Where something is missing; without a party the whole of an entry. */
  private record Place(String stream, int version, @Nullable String party) {}

  interface Pages {
    /** Some rows after a position, in order; none if there are no more. */
    List<Row> after(long position) throws SQLException;
  }

  private Verify(long odd, @Nullable Head since) {
    this.odd = odd;
    this.since = since;
  }

  /**
   * Goes along all rows up to a position.
   *
   * @param odd an entry with particulars the chain does not see; 0: none
   * @param since a head known from outside
   */
  static Head all(Pages pages, long upTo, long odd, @Nullable Head since, LongConsumer progress) {
    var verify = new Verify(odd, since);
    while (verify.held.position() < upTo) {
      var rows = read(pages, verify.held.position());
      if (rows.isEmpty()) break;
      rows.forEach(verify::step);
      progress.accept(verify.held.position());
    }
    return verify.end(upTo);
  }

  private static List<Row> read(Pages pages, long after) {
    try {
      return pages.after(after);
    } catch (SQLException e) {
      throw new Broken(after + 1, "from here on the file cannot be read: " + e.getMessage());
    }
  }

  private void step(Row row) {
    var next = held.position() + 1;
    if (row.position() != next) throw new Broken(next, "this entry is missing");
    if (row.position() == odd) throw new Broken(next, "particulars were added to this entry");
    if (!sound(row)) throw new Broken(next, "this entry is half erased");
    if (!Arrays.equals(row.chained(held.hash()), row.hash()))
      throw new Broken(next, "this entry is not what was written");
    held = row.head();
    if (since != null && since.position() == next && !since.equals(held))
      throw new Broken(next, "the chain is another than that of the head given");
    explain(row);
    restated(row);
  }

  /** What an entry says instead of its own words must be what a later entry says it does. */
  private void restated(Row row) {
    if (row.anew() != null) pointing.put(new Place(row.stream(), row.version(), null), row);
    if (row.type().equals("restated") && row.entry().event() instanceof Restated r)
      anew.put(new Place(row.stream(), r.version(), null), row.position());
  }

  private static boolean sound(Row row) {
    return row.said().sound() && row.personal().stream().allMatch(p -> p.said().sound());
  }

  private void explain(Row row) {
    if (row.said().erased())
      unexplained.put(new Place(row.stream(), row.version(), null), row.position());
    for (var p : row.personal())
      if (p.said().erased())
        unexplained.put(new Place(row.stream(), row.version(), p.party()), row.position());
    if (!unexplained.isEmpty()
        && row.type().equals("erased")
        && row.entry().event() instanceof Erased fact)
      unexplained.keySet().removeIf(place -> covers(fact, place));
  }

  private static boolean covers(Erased fact, Place place) {
    return fact.stream().equals(place.stream()) && fact.takes(place.version(), place.party());
  }

  private Head end(long upTo) {
    var known = since == null ? upTo : Math.max(upTo, since.position());
    if (held.position() < known) throw new Broken(held.position() + 1, "the end was cut off");
    if (odd > held.position()) throw new Broken(odd, "particulars stand where no entry is");
    for (var there : pointing.entrySet()) {
      var place = anew.remove(there.getKey());
      var said = Objects.requireNonNull(there.getValue().anew());
      if (said.open() != null && (place == null || place != said.position()))
        throw new Broken(there.getValue().position(), "this entry says what no entry restates");
    }
    for (var position : anew.values())
      throw new Broken(position, "what this entry restates is not said in its place");
    Optional<Long> first = unexplained.values().stream().min(Long::compare);
    if (first.isPresent())
      throw new Broken(first.get(), "something was erased and no entry says so");
    return held;
  }
}
