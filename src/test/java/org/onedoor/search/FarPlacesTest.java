package org.onedoor.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands far down a list is what would stand there if all of it were put in order. */
class FarPlacesTest {
  private static final int CASES = CaseList.FAR + 3_000;

  @ParameterizedTest
  @CsvSource({
    "number, false",
    "number, true",
    "due, false",
    "due, true",
    "registered, false",
    "changed, true",
    "title, false",
    "title, true"
  })
  void far_places_are_those_of_the_whole_order(String sort, boolean down) throws IOException {
    farPlacesOf(sort, down, 40);
  }

  @ParameterizedTest
  @CsvSource({"1, false", "1, true", "1000000, false", "1000000, true"})
  void also_where_all_titles_are_one_or_each_another(int titles, boolean down) throws IOException {
    farPlacesOf("title", down, titles);
  }

  private static void farPlacesOf(String sort, boolean down, int titles) throws IOException {
    try (var directory = new ByteBuffersDirectory()) {
      write(directory, new Random(7), titles);
      try (var reader = DirectoryReader.open(directory)) {
        assertThat(reader.leaves()).hasSizeGreaterThan(3);
        var searcher = new IndexSearcher(reader);
        var all = MatchAllDocsQuery.INSTANCE;
        var order = CaseList.sort(CaseQuery.ALL.sorted(sort, down));
        var whole = new ArrayList<Integer>();
        for (var hit : searcher.search(all, CASES, order).scoreDocs) whole.add(hit.doc);
        for (var from : new int[] {0, 1_999, 2_500, CASES - 200, CASES - 1, CASES}) {
          var to = Math.max(CaseList.FAR + 1, from + 180);
          assertThat(CaseList.docs(searcher, all, order, from, to, CASES))
              .as(sort + " from " + from)
              .isEqualTo(whole.subList(from, Math.min(to, CASES)));
        }
      }
    }
  }

  /** Cases with few different days, some without one, in several segments. */
  private static void write(ByteBuffersDirectory directory, Random random, int titles)
      throws IOException {
    var config =
        new IndexWriterConfig().setMergePolicy(NoMergePolicy.INSTANCE).setMaxBufferedDocs(900);
    var numbers = new ArrayList<Long>();
    for (var n = 0L; n < CASES; n++) numbers.add(2_026_000_000_000L + n);
    Collections.shuffle(numbers, random);
    try (var writer = new IndexWriter(directory, config)) {
      for (var number : numbers) {
        var doc = new Document();
        doc.add(new NumericDocValuesField("number", number));
        doc.add(new NumericDocValuesField("registered", random.nextInt(50)));
        doc.add(new NumericDocValuesField("changed", random.nextLong()));
        doc.add(new SortedDocValuesField("titleSort", new BytesRef("t" + random.nextInt(titles))));
        if (random.nextInt(3) > 0)
          doc.add(new NumericDocValuesField("dueOn", 20_000 + random.nextInt(20) - 10));
        writer.addDocument(doc);
      }
    }
  }
}
