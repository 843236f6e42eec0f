package org.onedoor.room;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.onedoor.event.Event;
import org.onedoor.event.Event.Personal;

/**
 * Everything that was ever written down of a party, to find it again in free texts. A name in two
 * scripts is looked for in each; Latin letters only as whole words, so that "Li" is not found in
 * "police".
 */
final class Particulars {
  /** What stands where somebody was named. */
  static final String GONE = "[…]";

  private static final Pattern RUN =
      Pattern.compile("\\p{IsHan}{2,}|[\\p{L}\\p{N}&&[^\\p{IsHan}]][^\\p{IsHan}]*");

  private final Set<String> values;
  private final Pattern any;

  private Particulars(Set<String> values) {
    this.values = values;
    var longestFirst =
        values.stream()
            .sorted((a, b) -> b.length() - a.length())
            .map(Particulars::pattern)
            .collect(Collectors.joining("|"));
    any = Pattern.compile(longestFirst.isEmpty() ? "(?!)" : longestFirst, Pattern.CASE_INSENSITIVE);
  }

  /** Those of a party, from all facts that tell of it. */
  static Particulars of(String party, Collection<? extends Event> events) {
    var values = new LinkedHashSet<String>();
    for (var event : events)
      if (event instanceof Personal p)
        p.particulars().getOrDefault(party, Map.of()).values().forEach(v -> add(v, values));
    return new Particulars(values);
  }

  private static void add(String value, Set<String> values) {
    var runs = RUN.matcher(value);
    while (runs.find()) {
      var run = runs.group().strip();
      if (run.codePointCount(0, run.length()) >= 2) values.add(run);
    }
    if (value.strip().codePointCount(0, value.strip().length()) >= 2) values.add(value.strip());
  }

  private static String pattern(String value) {
    var quoted = Pattern.quote(value).replace(" ", "\\E\\s+\\Q");
    var first = Character.isLetterOrDigit(value.codePointAt(0)) && !han(value.codePointAt(0));
    var end = value.codePointBefore(value.length());
    var last = Character.isLetterOrDigit(end) && !han(end);
    return (first ? "(?<![\\p{L}\\p{N}&&[^\\p{IsHan}]])" : "")
        + quoted
        + (last ? "(?![\\p{L}\\p{N}&&[^\\p{IsHan}]])" : "");
  }

  private static boolean han(int c) {
    return Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
  }

  Set<String> values() {
    return values;
  }

  boolean in(String text) {
    return any.matcher(text).find();
  }

  /** A text without them. */
  String out(String text) {
    return any.matcher(text).replaceAll(Matcher.quoteReplacement(GONE));
  }
}
