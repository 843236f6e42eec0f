package org.onedoor.search;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.util.IntroSelector;

/**
 * The documents at some places far down a list that is in order of a number. All that fit are
 * collected, and only those places are looked for among them: a queue of all that stand before
 * would be put in order anew for each document.
 */
final class FarPlaces extends IntroSelector {
  private final long[] keys;
  private final long[] numbers;
  private final int[] docs;
  private int size;
  private long pivotKey;
  private long pivotNumber;

  FarPlaces(int all) {
    keys = new long[all];
    numbers = new long[all];
    docs = new int[all];
  }

  /**
   * Finds the documents from one place to another, the end exclusive; fewer where the list ends.
   *
   * @param field the number the list is in order of; where it is the same, newest case first
   * @param down the greatest first
   * @param missing what a document without it counts as
   * @param all how many fit the query
   */
  static List<Integer> of(
      IndexSearcher searcher,
      Query query,
      String field,
      boolean down,
      long missing,
      int from,
      int to,
      int all)
      throws IOException {
    return searcher.search(
        query,
        new CollectorManager<Collecting, List<Integer>>() {
          private final FarPlaces places = new FarPlaces(all);

          @Override
          public Collecting newCollector() { // one: the index is asked in one thread
            return places.new Collecting(field, down, missing);
          }

          @Override
          public List<Integer> reduce(Collection<Collecting> one) {
            return places.docs(from, Math.min(to, all));
          }
        });
  }

  void add(long key, long number, int doc) {
    keys[size] = key;
    numbers[size] = number;
    docs[size++] = doc;
  }

  List<Integer> docs(int from, int to) {
    if (from >= to) return List.of();
    select(0, size, from);
    select(from, size, to - 1);
    return IntStream.range(from, to).boxed().sorted(this::compare).map(i -> docs[i]).toList();
  }

  @Override
  protected void swap(int i, int j) {
    var key = keys[i];
    keys[i] = keys[j];
    keys[j] = key;
    var number = numbers[i];
    numbers[i] = numbers[j];
    numbers[j] = number;
    var doc = docs[i];
    docs[i] = docs[j];
    docs[j] = doc;
  }

  @Override
  protected void setPivot(int i) {
    pivotKey = keys[i];
    pivotNumber = numbers[i];
  }

  @Override
  protected int comparePivot(int j) {
    var first = Long.compare(pivotKey, keys[j]);
    return first == 0 ? Long.compare(pivotNumber, numbers[j]) : first;
  }

  /** Reads the two numbers of each document, turned so that the smallest is first. */
  private final class Collecting extends SimpleCollector {
    private final String field;
    private final boolean down;
    private final long missing;
    private NumericDocValues key = DocValues.emptyNumeric();
    private NumericDocValues number = DocValues.emptyNumeric();
    private int base;

    Collecting(String field, boolean down, long missing) {
      this.field = field;
      this.down = down;
      this.missing = missing;
    }

    @Override
    protected void doSetNextReader(LeafReaderContext context) throws IOException {
      key = DocValues.getNumeric(context.reader(), field);
      number = DocValues.getNumeric(context.reader(), "number");
      base = context.docBase;
    }

    @Override
    public void collect(int doc) throws IOException {
      var value = key.advanceExact(doc) ? key.longValue() : missing;
      var newest = number.advanceExact(doc) ? number.longValue() : 0;
      add(down ? ~value : value, ~newest, base + doc); // ~ turns the order round
    }

    @Override
    public ScoreMode scoreMode() {
      return ScoreMode.COMPLETE_NO_SCORES;
    }
  }
}
