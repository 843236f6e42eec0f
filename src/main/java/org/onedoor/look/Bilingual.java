package org.onedoor.look;

import com.vaadin.flow.component.html.Span;
import java.util.regex.Pattern;

/**
 * A line that may hold both languages: each Chinese run is marked as such, because line breaking,
 * quotes and speech depend on it, and one at the end of a Latin line stands back.
 */
public final class Bilingual extends Span {
  private static final Pattern CHINESE =
      Pattern.compile("[\\p{IsHan}\\u3000-\\u303F\\uFF00-\\uFFEF]+");
  private static final Pattern TAIL =
      Pattern.compile(
          "(.*\\p{IsLatin}.*?)\\s+([\\p{IsHan}][\\p{IsHan}\\d\\u3000-\\u303F\\uFF00-\\uFFEF]*)");

  public Bilingual(String text) {
    getElement().setAttribute("dir", "auto");
    var tail = TAIL.matcher(text);
    if (tail.matches()) {
      runs(tail.group(1));
      add(new Span(" "), chinese(tail.group(2), "zh-tail"));
    } else {
      runs(text);
    }
  }

  private void runs(String text) {
    var found = CHINESE.matcher(text);
    var at = 0;
    while (found.find()) {
      if (found.start() > at) add(new Span(text.substring(at, found.start())));
      add(chinese(found.group()));
      at = found.end();
    }
    if (at < text.length()) add(new Span(text.substring(at)));
  }

  private static Span chinese(String text, String... looks) {
    var run = new Span(text);
    run.getElement().setAttribute("lang", "zh-Hans");
    run.addClassNames(looks);
    return run;
  }
}
