package org.onedoor.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

/** Counts all hits of a search, and how many have which kind, agency and status. */
final class Facets implements CollectorManager<Facets.Counting, Facets.Counting> {
  private static final List<String> NAMES = List.of("kind", "agency", "status");

  /** Values of one facet that are told, the commonest first. */
  private static final int MOST = 50;

  /** A value of a facet and how many hits have it. */
  public record Count(String value, int count) {}

  static Map<String, List<Count>> none() {
    return new Counting().all();
  }

  @Override
  public Counting newCollector() {
    return new Counting();
  }

  @Override
  public Counting reduce(Collection<Counting> slices) {
    var sum = new Counting();
    for (var slice : slices) {
      sum.total += slice.total;
      slice.values.forEach((name, counts) ->
          counts.forEach((value, n) -> sum.of(name).merge(value, n, Integer::sum)));
    }
    return sum;
  }

  /** What one slice of the index has. */
  static final class Counting extends SimpleCollector {
    private final Map<String, Map<String, Integer>> values = new HashMap<>();
    private final List<Segment> here = new ArrayList<>();
    private int total;

    /** Counts by place in a segment's own dictionary: its words are read once, at the end of it. */
    private static final class Segment {
      final String name;
      final SortedSetDocValues values;
      final int[] counts;

      Segment(String name, SortedSetDocValues values) {
        this.name = name;
        this.values = values;
        counts = new int[(int) values.getValueCount()];
      }
    }

    int total() {
      return total;
    }

    private Map<String, Integer> of(String name) {
      return values.computeIfAbsent(name, _ -> new HashMap<>());
    }

    Map<String, List<Count>> all() {
      var all = new LinkedHashMap<String, List<Count>>();
      for (var name : NAMES)
        all.put(
            name,
            of(name).entrySet().stream()
                .map(e -> new Count(e.getKey(), e.getValue()))
                .sorted(
                    Comparator.comparingInt(Count::count).reversed().thenComparing(Count::value))
                .limit(MOST)
                .toList());
      return all;
    }

    @Override
    protected void doSetNextReader(LeafReaderContext context) throws IOException {
      here.clear();
      for (var name : NAMES)
        here.add(new Segment(name, DocValues.getSortedSet(context.reader(), name + "Facet")));
    }

    @Override
    public void collect(int doc) throws IOException {
      total++;
      for (var segment : here) {
        if (!segment.values.advanceExact(doc)) continue;
        for (var i = 0; i < segment.values.docValueCount(); i++)
          segment.counts[(int) segment.values.nextOrd()]++;
      }
    }

    @Override
    public void finish() throws IOException {
      for (var segment : here)
        for (var ord = 0; ord < segment.counts.length; ord++)
          if (segment.counts[ord] > 0)
            of(segment.name)
                .merge(
                    segment.values.lookupOrd(ord).utf8ToString(),
                    segment.counts[ord],
                    Integer::sum);
    }

    @Override
    public void setScorer(Scorable scorer) {}

    @Override
    public ScoreMode scoreMode() {
      return ScoreMode.COMPLETE_NO_SCORES;
    }
  }
}
