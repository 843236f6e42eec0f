package org.onedoor.search;

import java.io.IOException;
import java.text.BreakIterator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.uhighlight.DefaultPassageFormatter;
import org.apache.lucene.search.uhighlight.LengthGoalBreakIterator;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.jspecify.annotations.Nullable;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Thing;
import org.onedoor.people.Words;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/**
 * The one search. The officer's terms are a filter inside the query, so that hits, counts and
 * facets cannot tell more than they may; each hit is asked through {@code maySee} once more before
 * it leaves.
 */
@Component
public final class CaseSearch {
  /** Characters of a snippet; a line or two on any screen. */
  private static final int SNIPPET = 160;

  /**
   * Characters of a text that are looked through for a snippet; matches behind show its beginning.
   */
  private static final int HIGHLIGHTED = 200_000;

  private final CaseIndex index;
  private final People people;

  /**
   * Filters beside the words; null leaves one out. {@code from} inclusive, {@code to} exclusive.
   */
  public record Filters(
      @Nullable String kind,
      @Nullable String agency,
      @Nullable String status,
      @Nullable Instant from,
      @Nullable Instant to) {
    public static final Filters NONE = new Filters(null, null, null, null, null);
  }

  /**
   * Something found.
   *
   * @param snippet HTML: matches in {@code mark}, everything else escaped
   */
  public record Hit(
      String caseId,
      String caseTitle,
      @Nullable String noteId,
      @Nullable String noteTitle,
      String snippet,
      Instant at,
      @Nullable String lead,
      String status) {}

  public record Found(
      int total, String read, List<Hit> hits, Map<String, List<Facets.Count>> facets) {}

  public CaseSearch(CaseIndex index, People people) {
    this.index = index;
    this.people = people;
  }

  public Found find(
      Officer who, @Nullable String typed, Filters filters, int limit, Locale locale) {
    var asked = Asked.of(typed, people.zone(), CaseList.reach(who, people));
    var read = read(asked, locale);
    if (asked.nothing()) return new Found(0, read, List.of(), Facets.none());
    var words = asked.words();
    return index.ask((searcher, leftOut) -> {
      var query = query(who, asked, words, filters, leftOut);
      var counts = searcher.search(query, new Facets());
      var top =
          words == null
              ? searcher.search(
                  query, limit, new Sort(new SortField("changed", SortField.Type.LONG, true)))
              : searcher.search(query, limit);
      return new Found(counts.total(), read, hits(who, searcher, words, top), counts.all());
    });
  }

  private Query query(
      Officer who, Asked asked, @Nullable Query words, Filters filters, Set<String> leftOut) {
    var all = asked.filters();
    all.add(CaseList.visible(who, people), Occur.FILTER);
    CaseList.exclude(all, leftOut);
    all.add(words == null ? MatchAllDocsQuery.INSTANCE : words, Occur.MUST);
    if (filters.kind() != null)
      all.add(new TermQuery(new Term("kind", filters.kind())), Occur.FILTER);
    if (filters.agency() != null)
      all.add(CaseList.in("agency", people.directory().family(filters.agency())), Occur.FILTER);
    if (filters.status() != null)
      all.add(new TermQuery(new Term("status", filters.status())), Occur.FILTER);
    if (filters.from() != null || filters.to() != null)
      all.add(
          LongPoint.newRangeQuery(
              "registered",
              filters.from() == null ? Long.MIN_VALUE : filters.from().toEpochMilli(),
              filters.to() == null ? Long.MAX_VALUE : filters.to().toEpochMilli() - 1),
          Occur.FILTER);
    return all.build();
  }

  private List<Hit> hits(Officer who, IndexSearcher searcher, @Nullable Query words, TopDocs top)
      throws IOException {
    var snippets = words == null ? new String[0] : marked(searcher, words, top);
    var hits = new ArrayList<Hit>();
    for (var i = 0; i < top.scoreDocs.length; i++) {
      var doc = searcher.storedFields().document(top.scoreDocs[i].doc);
      if (!people.maySee(who, thing(doc))) continue;
      var snippet = i < snippets.length ? snippets[i] : null;
      hits.add(
          hit(
              doc,
              snippet == null
                  ? HtmlUtils.htmlEscape(beginning(doc.get("text")), "UTF-8")
                  : snippet));
    }
    return hits;
  }

  private static Thing thing(Document doc) {
    var note = doc.get("note");
    return note == null ? new Thing.Facts(doc.get("case")) : new Thing.Note(doc.get("case"), note);
  }

  private static Hit hit(Document doc, String snippet) {
    var note = doc.get("note");
    return new Hit(
        doc.get("case"),
        doc.get("caseTitle"),
        note,
        note == null ? null : doc.get("title"),
        snippet,
        CaseList.at(doc, "changed"),
        doc.get("lead"),
        doc.get("status"));
  }

  private static @Nullable String[] marked(IndexSearcher searcher, Query words, TopDocs top)
      throws IOException {
    Supplier<BreakIterator> sentences =
        () ->
            LengthGoalBreakIterator.createClosestToLength(
                BreakIterator.getSentenceInstance(Locale.ROOT), SNIPPET, 0.3f);
    var highlighter =
        UnifiedHighlighter.builder(searcher, new Tokens(true))
            .withFormatter(new DefaultPassageFormatter("<mark>", "</mark>", " … ", true))
            .withBreakIterator(sentences)
            .withMaxLength(HIGHLIGHTED)
            .withFieldMatcher(f -> f.equals("text") || f.equals("title"))
            .build();
    return highlighter.highlight("text", words, top, 2);
  }

  private static String beginning(String text) {
    var line = text.replaceAll("\\s+", " ");
    var most = Math.min(SNIPPET, line.codePointCount(0, line.length()));
    var end = line.offsetByCodePoints(0, most);
    return end < line.length() ? line.substring(0, end) + "…" : line;
  }

  /** How the words were understood, in words. */
  private String read(Asked asked, Locale locale) {
    if (asked.parts().isEmpty()) return Words.say(locale, "search.readAll");
    var said = new ArrayList<String>();
    for (var part : asked.parts())
      said.add(Words.say(locale, "search.read." + part.how(), name(part, locale)));
    return String.join(Words.say(locale, "search.and"), said);
  }

  private String name(Asked.Part part, Locale locale) {
    return switch (part.how()) {
      case "agency" -> people.directory().agencyName(part.value(), locale);
      default -> part.value();
    };
  }
}
