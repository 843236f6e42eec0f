package org.onedoor.search;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Thing;
import org.springframework.stereotype.Component;

/** Every list of cases is a query of the index, within what its reader may see. */
@Component
public final class CaseList {
  /** Nobody reads further: who would is asked to narrow down. */
  public static final int MOST = 30_000;

  /** From here on a place is far: it is found without putting all before it in order. */
  static final int FAR = 2_000;

  private final CaseIndex index;
  private final People people;
  private final InstantSource clock;

  public CaseList(CaseIndex index, People people, InstantSource clock) {
    this.index = index;
    this.people = people;
    this.clock = clock;
  }

  public int count(Officer who, CaseQuery query) {
    return index.ask((searcher, leftOut) -> searcher.count(filtered(who, query, leftOut)));
  }

  /**
   * Some lines of a list.
   *
   * @param from the place of the first of them, counted from 0
   * @param all how many the list has
   */
  public record Part(int from, List<CaseLine> lines, int all) {}

  /** Lines from a place on; none beyond {@link #MOST}. */
  public Part part(Officer who, CaseQuery query, int from, int limit) {
    var last = Math.min(MOST, from + limit);
    return index.ask((searcher, leftOut) -> {
      var filtered = filtered(who, query, leftOut);
      var all = searcher.count(filtered);
      var lines = new ArrayList<CaseLine>();
      if (from < Math.min(last, all)) {
        var stored = searcher.storedFields();
        for (var doc : docs(searcher, filtered, sort(query), from, last, all))
          lines.add(line(stored.document(doc)));
      }
      return new Part(from, lines, all);
    });
  }

  /** The documents from one place of a list of so many to another, the end exclusive. */
  static List<Integer> docs(
      IndexSearcher searcher, Query query, Sort sort, int from, int to, int all)
      throws IOException {
    var by = sort.getSort()[0];
    if (to > FAR && by.getType() == SortField.Type.STRING)
      return FarTitles.of(searcher, query, by.getField(), by.getReverse(), from, to, all);
    if (to > FAR) {
      var missing = by.getMissingValue() instanceof Long l ? l : 0;
      return FarPlaces.of(searcher, query, by.getField(), by.getReverse(), missing, from, to, all);
    }
    var top = searcher.search(query, new TopFieldCollectorManager(sort, to, null, 1));
    return Arrays.stream(top.scoreDocs).skip(from).map(hit -> hit.doc).toList();
  }

  /**
   * Some lines.
   *
   * @param next the number below which the next ones are; null: there are no more
   */
  public record Page(List<CaseLine> lines, @Nullable String next) {}

  /** Lines in order of number, the newest first, below a number: however many there are. */
  public Page below(Officer who, CaseQuery query, @Nullable String number, int limit) {
    return index.ask((searcher, leftOut) -> {
      var all = new BooleanQuery.Builder().add(filtered(who, query, leftOut), Occur.MUST);
      if (number != null)
        all.add(
            LongPoint.newRangeQuery("number", Long.MIN_VALUE, CaseDocument.ordered(number) - 1),
            Occur.FILTER);
      var sort = new Sort(new SortField("number", SortField.Type.LONG, true));
      var hits = searcher.search(all.build(), limit + 1, sort).scoreDocs;
      var lines = new ArrayList<CaseLine>();
      for (var i = 0; i < Math.min(limit, hits.length); i++)
        lines.add(line(searcher.storedFields().document(hits[i].doc)));
      var next = hits.length > limit ? lines.getLast().id() : null;
      lines.removeIf(l -> !people.maySee(who, new Thing.Facts(l.id())));
      return new Page(lines, next);
    });
  }

  private Query filtered(Officer who, CaseQuery query, Set<String> leftOut) {
    var asked = Asked.of(query.words(), people.zone(), reach(who, people));
    if (asked.nothing()) return new MatchNoDocsQuery("no words");
    var all = asked.filters();
    all.add(new TermQuery(new Term("t", "case")), Occur.FILTER);
    all.add(visible(who, people), Occur.FILTER);
    exclude(all, leftOut);
    var words = asked.words();
    if (words != null) all.add(words, Occur.MUST);
    if ("open".equals(query.status())) all.add(in("status", CaseQuery.OPEN), Occur.FILTER);
    else term(all, "status", query.status());
    family(all, "agency", query.agency());
    family(all, "lead", query.lead());
    term(all, "dueWhat", query.dueWhat());
    if (query.newTo() != null) all.add(fresh(query.newTo()), Occur.FILTER);
    if (query.unassigned()) term(all, "unassigned", "yes");
    if (query.due() != null) all.add(due(query.due()), Occur.FILTER);
    return all.build();
  }

  private Query fresh(String agency) {
    var from = clock.instant().minus(Duration.ofDays(7)).toEpochMilli();
    return LongPoint.newRangeQuery(CaseDocument.assigned(agency), from, Long.MAX_VALUE);
  }

  private Query due(String due) {
    var today = LocalDate.ofInstant(clock.instant(), people.zone()).toEpochDay();
    return switch (due) {
      case "late" -> LongPoint.newRangeQuery("dueOn", Long.MIN_VALUE, today - 1);
      case "week" -> LongPoint.newRangeQuery("dueOn", today, today + 7);
      default -> LongPoint.newExactQuery("dueOn", LocalDate.parse(due).toEpochDay());
    };
  }

  private static void term(BooleanQuery.Builder all, String field, @Nullable String value) {
    if (value != null) all.add(new TermQuery(new Term(field, value)), Occur.FILTER);
  }

  /** An agency is asked for with all that were merged into it. */
  private void family(BooleanQuery.Builder all, String field, @Nullable String agency) {
    if (agency != null) all.add(in(field, people.directory().family(agency)), Occur.FILTER);
  }

  /** What an officer's terms open; nobody's open nothing. */
  static Query visible(Officer who, People people) {
    return in("see", people.terms(who));
  }

  /** The cases of whose parties somebody may see the particulars. */
  static Query reach(Officer who, People people) {
    return in("reach", people.terms(who));
  }

  /** Leaves out cases that just lost a reader and whose documents do not say so yet. */
  static void exclude(BooleanQuery.Builder all, Set<String> leftOut) {
    if (!leftOut.isEmpty()) all.add(in("case", leftOut), Occur.MUST_NOT);
  }

  static Query in(String field, Collection<String> values) {
    var terms = new ArrayList<BytesRef>();
    for (var value : values) terms.add(new BytesRef(value));
    return new TermInSetQuery(field, terms);
  }

  static Sort sort(CaseQuery query) {
    var down = query.descending();
    var number = new SortField("number", SortField.Type.LONG, true);
    return switch (query.sort()) {
      case "due" -> {
        var last = down ? Long.MIN_VALUE : Long.MAX_VALUE;
        var due = new SortField("dueOn", SortField.Type.LONG, down, last);
        yield new Sort(due, number);
      }
      case "title" -> new Sort(new SortField("titleSort", SortField.Type.STRING, down), number);
      case "registered", "changed" ->
          new Sort(new SortField(query.sort(), SortField.Type.LONG, down), number);
      default -> new Sort(new SortField("number", SortField.Type.LONG, down));
    };
  }

  static CaseLine line(Document doc) {
    var dueOn = doc.getField("dueOn");
    return new CaseLine(
        doc.get("case"),
        doc.get("title"),
        doc.get("status"),
        doc.get("kind"),
        doc.get("channel"),
        at(doc, "registered"),
        at(doc, "changed"),
        doc.get("lead"),
        List.of(doc.getValues("assisting")),
        doc.get("dueWhat"),
        dueOn == null ? null : LocalDate.ofEpochDay(dueOn.numericValue().longValue()),
        doc.get("outcome"),
        doc.get("externalNumber"));
  }

  static Instant at(Document doc, String field) {
    return Instant.ofEpochMilli(doc.getField(field).numericValue().longValue());
  }
}
