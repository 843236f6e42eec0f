package org.onedoor.people;

import static org.onedoor.people.Refused.Code.BAD_INPUT;

import org.jspecify.annotations.Nullable;

/**
 * What people write, before it may go further: trimmed, without control characters (but tab and
 * newline) and lone surrogates, and not longer than agreed. Marks for writing direction are kept;
 * they are shown isolated.
 */
public final class Text {
  /** Bounds in characters (code points), from the public contract. */
  public static final int TITLE = 200;

  public static final int WORDS = 20_000;
  public static final int NAME = 200;
  public static final int REASON = 2_000;

  /** An address, or what else is known of a person. */
  public static final int LONGER = 1_000;

  private Text() {}

  /** A text that must be there. */
  public static String must(String field, @Nullable String value, int most) {
    var text = may(field, value, most);
    if (text == null) throw new Refused(BAD_INPUT, "people.missing", field).at(field);
    return text;
  }

  /** A text that may be left out; null if it is missing or blank. */
  public static @Nullable String may(String field, @Nullable String value, int most) {
    if (value == null) return null;
    var text = value.replace("\r\n", "\n").strip();
    if (text.isEmpty()) return null;
    var length = text.codePointCount(0, text.length());
    if (length > most)
      throw new Refused(BAD_INPUT, "people.tooLong", field, most, length).at(field);
    text.codePoints()
        .filter(c -> (Character.isISOControl(c) && c != '\t' && c != '\n') || surrogate(c))
        .findFirst()
        .ifPresent(c -> {
          throw new Refused(BAD_INPUT, "people.badCharacter", field, "U+%04X".formatted(c))
              .at(field);
        });
    return text;
  }

  /** As {@link #must}, on one line: what was written on several is joined by spaces. */
  public static String line(String field, @Nullable String value, int most) {
    return must(field, value, most).replaceAll("\\s*[\\n\\t]\\s*", " ");
  }

  private static boolean surrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
