package org.onedoor.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.util.BytesRef;

/**
 * The documents at some places far down a list that is in order of titles. Each segment of the
 * index numbers its titles for itself; the title at a place is found by asking all of them how many
 * stand before one of them, and then nearer. Only what has the titles between is put in order.
 */
final class FarTitles {
  private final List<Segment> segments;

  private FarTitles(Collection<Segment> segments) {
    this.segments = List.copyOf(segments);
  }

  /**
   * Finds the documents from one place to another, the end exclusive; fewer where the list ends.
   *
   * @param field the title, which every document has; where it is the same, newest case first
   * @param down the last first
   * @param all how many fit the query
   */
  static List<Integer> of(
      IndexSearcher searcher, Query query, String field, boolean down, int from, int to, int all)
      throws IOException {
    var end = Math.min(to, all);
    if (from >= end) return List.of();
    var found =
        searcher.search(
            query,
            new CollectorManager<Collecting, List<Segment>>() {
              @Override
              public Collecting newCollector() { // one: the index is asked in one thread
                return new Collecting(field);
              }

              @Override
              public List<Segment> reduce(Collection<Collecting> one) {
                return one.stream().flatMap(c -> c.segments.stream()).toList();
              }
            });
    for (var segment : found) segment.count();
    return new FarTitles(found).docs(down, from, end, all);
  }

  private List<Integer> docs(boolean down, int from, int to, int all) throws IOException {
    var first = at(down ? all - to : from);
    var last = at(down ? all - 1 - from : to - 1);
    var earlier = 0;
    var many = 0;
    var titles = new TreeMap<BytesRef, Integer>();
    for (var s : segments) {
      s.low = s.place(first);
      s.high = s.after(last);
      earlier += down ? s.docs.length - s.before[s.high] : s.before[s.low];
      many += s.between();
      for (var ord = s.low; ord < s.high; ord++) if (s.has(ord)) titles.put(s.title(ord), 0);
    }
    var n = 0;
    for (var title : titles.entrySet()) title.setValue(n++);
    var places = new FarPlaces(many);
    for (var s : segments) s.add(places, titles, down);
    return places.docs(from - earlier, to - earlier);
  }

  /** The title at a place, counted from the first title on. */
  private BytesRef at(int place) throws IOException {
    for (var s : segments) s.all();
    for (; ; ) {
      var title = widest().middle();
      var before = 0;
      var upTo = 0;
      for (var s : segments) {
        before += s.before[s.place(title)];
        upTo += s.before[s.after(title)];
      }
      if (before <= place && place < upTo) return title;
      for (var s : segments)
        if (place < before) s.high = s.place(title);
        else s.low = s.after(title);
    }
  }

  private Segment widest() {
    var widest = segments.getFirst();
    for (var s : segments) if (s.between() > widest.between()) widest = s;
    return widest;
  }

  /** What fits the query in one segment, by the numbers the segment gave its titles. */
  private static final class Segment {
    private final LeafReaderContext leaf;
    private final SortedDocValues titles;

    /** How many documents have a title before that of a number. */
    private final int[] before;

    private int[] docs = new int[64];
    private int[] ords = new int[64];
    private int size;

    /** Between these the titles that are looked for are; the end exclusive. */
    private int low;

    private int high;

    Segment(LeafReaderContext leaf, SortedDocValues titles) {
      this.leaf = leaf;
      this.titles = titles;
      before = new int[titles.getValueCount() + 1];
    }

    void add(int doc) throws IOException {
      if (!titles.advanceExact(doc)) throw new IllegalStateException(doc + " has no title");
      if (size == docs.length) {
        docs = Arrays.copyOf(docs, size * 2);
        ords = Arrays.copyOf(ords, size * 2);
      }
      docs[size] = doc;
      ords[size] = titles.ordValue();
      before[ords[size++] + 1]++;
    }

    void count() {
      docs = Arrays.copyOf(docs, size);
      for (var i = 1; i < before.length; i++) before[i] += before[i - 1];
    }

    void all() {
      low = 0;
      high = before.length - 1;
    }

    int between() {
      return before[high] - before[low];
    }

    boolean has(int ord) {
      return before[ord] < before[ord + 1];
    }

    BytesRef title(int ord) throws IOException {
      return BytesRef.deepCopyOf(titles.lookupOrd(ord));
    }

    /** The title that as many of what is between have before as behind it. */
    BytesRef middle() throws IOException {
      var half = (before[low] + before[high]) / 2;
      var from = low;
      var to = high - 1;
      while (from < to) {
        var ord = (from + to) / 2;
        if (before[ord + 1] > half) to = ord;
        else from = ord + 1;
      }
      return title(from);
    }

    /** The first number whose title is not before this one. */
    int place(BytesRef title) throws IOException {
      var ord = titles.lookupTerm(title);
      return ord < 0 ? -ord - 1 : ord;
    }

    /** The first number whose title is behind this one. */
    int after(BytesRef title) throws IOException {
      var ord = titles.lookupTerm(title);
      return ord < 0 ? -ord - 1 : ord + 1;
    }

    /** Adds what has one of the titles between. */
    void add(FarPlaces places, Map<BytesRef, Integer> titles, boolean down) throws IOException {
      var keys = new int[high - low];
      for (var ord = low; ord < high; ord++)
        if (has(ord)) keys[ord - low] = titles.getOrDefault(title(ord), 0);
      NumericDocValues numbers = DocValues.getNumeric(leaf.reader(), "number");
      for (var i = 0; i < docs.length; i++)
        if (ords[i] >= low && ords[i] < high) {
          var key = keys[ords[i] - low];
          var newest = numbers.advanceExact(docs[i]) ? numbers.longValue() : 0;
          places.add(down ? ~key : key, ~newest, leaf.docBase + docs[i]);
        }
    }
  }

  private static final class Collecting extends SimpleCollector {
    private final String field;
    private final List<Segment> segments = new ArrayList<>();

    Collecting(String field) {
      this.field = field;
    }

    @Override
    protected void doSetNextReader(LeafReaderContext leaf) throws IOException {
      segments.add(new Segment(leaf, DocValues.getSorted(leaf.reader(), field)));
    }

    @Override
    public void collect(int doc) throws IOException {
      segments.getLast().add(doc);
    }

    @Override
    public ScoreMode scoreMode() {
      return ScoreMode.COMPLETE_NO_SCORES;
    }
  }
}
