package org.onedoor.search;

import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.jspecify.annotations.Nullable;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Thing;
import org.onedoor.people.Words;
import org.springframework.stereotype.Component;

/**
 * Cases of the same person or matter as one that is being registered: the same telephone, the same
 * name, else words that are rare elsewhere.
 */
@Component
public final class EarlierCases {
  /** Characters of the person's words that are looked at. */
  private static final int READ = 4_000;

  /** The rarest words asked for; common ones say nothing and cost most. */
  private static final int RAREST = 16;

  private final CaseIndex index;
  private final People people;

  /** An earlier case, and why it may be one. */
  public record Earlier(CaseLine line, String why) {}

  /** A word, or two Chinese characters side by side, and in how many texts it stands at most. */
  private record Rare(Query query, int in) {}

  public EarlierCases(CaseIndex index, People people) {
    this.index = index;
    this.people = people;
  }

  /** Those an officer may see, the likeliest first. */
  public List<Earlier> of(
      Officer who,
      @Nullable String name,
      @Nullable String phone,
      @Nullable String words,
      int limit,
      Locale locale) {
    return index.ask((searcher, leftOut) -> {
      var within = within(who, leftOut);
      var found = new LinkedHashMap<String, Earlier>();
      var digits = CaseDocument.digits(phone);
      if (digits.length() >= 5)
        add(
            searcher,
            found,
            who,
            within,
            new BooleanQuery.Builder()
                .add(new TermQuery(new Term("phone", digits)), Occur.MUST)
                .add(CaseList.reach(who, people), Occur.FILTER)
                .build(),
            limit,
            say("samePhone", locale));
      if (name != null && name.strip().length() >= 2)
        add(
            searcher,
            found,
            who,
            within,
            new TermQuery(new Term("name", name.strip())),
            limit,
            say("sameName", locale));
      var alike = words == null ? null : alike(searcher, words);
      if (alike != null) add(searcher, found, who, within, alike, limit, say("alike", locale));
      return found.values().stream().limit(limit).toList();
    });
  }

  /** The cases somebody may find at all. */
  private Query within(Officer who, Set<String> leftOut) {
    var all = new BooleanQuery.Builder();
    all.add(new TermQuery(new Term("t", "case")), Occur.FILTER);
    all.add(CaseList.visible(who, people), Occur.FILTER);
    CaseList.exclude(all, leftOut);
    return all.build();
  }

  private static String say(String why, Locale locale) {
    return Words.say(locale, "search." + why);
  }

  private void add(
      IndexSearcher searcher,
      Map<String, Earlier> found,
      Officer who,
      Query within,
      Query query,
      int limit,
      String why)
      throws IOException {
    var all = new BooleanQuery.Builder().add(within, Occur.FILTER).add(query, Occur.MUST).build();
    for (var hit : searcher.search(all, limit).scoreDocs) {
      var line = CaseList.line(searcher.storedFields().document(hit.doc));
      if (people.maySee(who, new Thing.Facts(line.id())))
        found.putIfAbsent(line.id(), new Earlier(line, why));
    }
  }

  /** A quarter of the words that matter, so that a few that differ do not hide the rest. */
  private static @Nullable Query alike(IndexSearcher searcher, String words) throws IOException {
    var tokens = new Tokens(true).of(words.substring(0, Math.min(READ, words.length())));
    var all = new LinkedHashMap<String, Rare>();
    for (var i = 0; i < tokens.size(); i++) {
      var one = tokens.get(i);
      var next = i + 1 < tokens.size() ? tokens.get(i + 1) : "";
      if (ideographic(one) && ideographic(next))
        all.put(
            one + next,
            new Rare(
                new PhraseQuery("text", one, next),
                Math.min(in(searcher, one), in(searcher, next))));
      else if (!ideographic(one) && one.length() > 3)
        all.put(one, new Rare(new TermQuery(new Term("text", one)), in(searcher, one)));
    }
    if (all.size() < 3) return null;
    var any = new BooleanQuery.Builder();
    all.values().stream()
        .filter(r -> r.in() > 0)
        .sorted(Comparator.comparingInt(Rare::in))
        .limit(RAREST)
        .forEach(r -> any.add(r.query(), Occur.SHOULD));
    return any.setMinimumNumberShouldMatch(Math.max(2, Math.min(all.size(), RAREST) / 4)).build();
  }

  private static int in(IndexSearcher searcher, String token) throws IOException {
    return searcher.getIndexReader().docFreq(new Term("text", token));
  }

  private static boolean ideographic(String token) {
    return !token.isEmpty() && Character.isIdeographic(token.codePointAt(0));
  }
}
