package org.onedoor.search;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.jspecify.annotations.Nullable;

/**
 * What was typed into the search box, read forgivingly: words that must all be there (the beginning
 * of a Latin word is enough), "a phrase", -without, agency:labour status:accepted kind:CODE
 * before:2026-06 after:2026-01-15. Nothing typed is an error; what is no filter is a word.
 */
final class Asked {
  private static final Pattern PART =
      Pattern.compile("(-?)(?:(\\w+):(\\S+)|[\"“”]([^\"“”]*)[\"“”]|(\\S+))");
  private static final Set<String> FILTERS = Set.of("agency", "status", "kind", "before", "after");
  private static final Tokens EXACT = new Tokens(false);
  private static final Tokens STEMMED = new Tokens(true);

  /** More words than this say nothing more. */
  private static final int MOST = 24;

  /** Characters that are read; a longer question is no question. */
  private static final int LONGEST = 400;

  /**
   * One part as it was understood.
   *
   * @param how word, phrase, not, agency, status, kind, before or after
   */
  record Part(String how, String value) {}

  private final Query reach;
  private final List<Part> parts = new ArrayList<>();
  private final BooleanQuery.Builder words = new BooleanQuery.Builder();
  private final BooleanQuery.Builder filters = new BooleanQuery.Builder();
  private boolean some;
  private boolean none;

  private Asked(Query reach) {
    this.reach = reach;
  }

  /**
   * Reads what somebody typed.
   *
   * @param reach of which cases telephone numbers and addresses may be looked for
   */
  static Asked of(@Nullable String typed, ZoneId zone, Query reach) {
    var asked = new Asked(reach);
    var found = PART.matcher(cut(typed == null ? "" : typed));
    while (found.find() && asked.parts.size() < MOST) {
      var not = !found.group(1).isEmpty();
      var name = found.group(2) == null ? "" : found.group(2).toLowerCase(Locale.ROOT);
      if (FILTERS.contains(name) && asked.filter(name, found.group(3), not, zone)) continue;
      var phrase = found.group(4);
      var word = found.group(2) != null ? found.group(2) + ":" + found.group(3) : found.group(5);
      asked.word(phrase == null ? (word == null ? "" : word) : phrase, phrase != null, not);
    }
    return asked;
  }

  private static String cut(String typed) {
    return typed.codePointCount(0, typed.length()) <= LONGEST
        ? typed
        : typed.substring(0, typed.offsetByCodePoints(0, LONGEST));
  }

  List<Part> parts() {
    return parts;
  }

  /** The words, or null where none were typed. */
  @Nullable Query words() {
    return some ? words.build() : null;
  }

  private void without(Query query) {
    filters.add(query, Occur.MUST_NOT);
  }

  /** Only characters that are no words were typed: nothing can be found. */
  boolean nothing() {
    return none && !some;
  }

  BooleanQuery.Builder filters() {
    return filters;
  }

  private boolean filter(String name, String value, boolean not, ZoneId zone) {
    Query query;
    switch (name) {
      case "before", "after" -> {
        var day = day(value);
        if (day == null) return false;
        var at = day.atStartOfDay(zone).toInstant().toEpochMilli();
        query =
            name.equals("before")
                ? LongPoint.newRangeQuery("registered", Long.MIN_VALUE, at - 1)
                : LongPoint.newRangeQuery("registered", at, Long.MAX_VALUE);
      }
      default -> query = new TermQuery(new Term(name, value));
    }
    filters.add(query, not ? Occur.MUST_NOT : Occur.FILTER);
    parts.add(new Part(not ? "not" : name, value));
    return true;
  }

  private static @Nullable LocalDate day(String text) {
    try {
      return switch (text.length()) {
        case 4 -> LocalDate.of(Integer.parseInt(text), 1, 1);
        case 7 -> YearMonth.parse(text).atDay(1);
        case 10 -> LocalDate.parse(text);
        default -> null;
      };
    } catch (DateTimeParseException | NumberFormatException e) {
      return null;
    }
  }

  private void word(String text, boolean phrase, boolean not) {
    if (text.isBlank()) return;
    var query = query(text, phrase);
    if (query == null) {
      none = true;
      return;
    }
    if (not) without(query);
    else {
      words.add(query, Occur.MUST);
      some = true;
    }
    parts.add(new Part(not ? "not" : phrase ? "phrase" : "word", text));
  }

  /** A word in any of the fields it may stand in. */
  private @Nullable Query query(String text, boolean phrase) {
    var exact = EXACT.of(text);
    if (exact.isEmpty()) return null;
    var any = new BooleanQuery.Builder();
    for (var field : List.of("title", "text", "party", "id")) {
      var one = field(field, text, exact, phrase);
      any.add(field.equals("title") ? new BoostQuery(one, 3) : one, Occur.SHOULD);
    }
    var phone = CaseDocument.digits(text);
    if (phone.length() >= 4)
      any.add(reached(new PrefixQuery(new Term("phone", phone))), Occur.SHOULD);
    any.add(reached(field("address", text, exact, phrase)), Occur.SHOULD);
    return any.build();
  }

  private Query reached(Query particular) {
    return new BooleanQuery.Builder().add(particular, Occur.MUST).add(reach, Occur.FILTER).build();
  }

  private static Query field(String field, String text, List<String> exact, boolean phrase) {
    var tokens = STEMMED.of(text);
    if (tokens.size() > 1) {
      var all = new PhraseQuery.Builder();
      tokens.forEach(t -> all.add(new Term(field, t)));
      return all.build();
    }
    var term = new TermQuery(new Term(field, tokens.getFirst()));
    var half = exact.getFirst();
    if (phrase || half.length() < 2 || Character.isIdeographic(half.codePointAt(0))) return term;
    return new BooleanQuery.Builder()
        .add(new BoostQuery(term, 2), Occur.SHOULD)
        .add(new PrefixQuery(new Term(field, half)), Occur.SHOULD)
        .build();
  }
}
