package org.onedoor.people;

import java.text.MessageFormat;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Every sentence a person reads, in English and Simplified Chinese: one bundle per package under
 * {@code words/}, keys begin with the package's name.
 */
public final class Words {
  /** The packages that speak. */
  public static final List<String> BUNDLES =
      List.of(
          "people",
          "look",
          "note",
          "schedule",
          "room",
          "search",
          "desk",
          "share",
          "settings",
          "shell");

  public static final List<Locale> LOCALES = List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE);

  private static final Map<Locale, Map<String, MessageFormat>> FORMATS = new ConcurrentHashMap<>();

  /** An {@code Accept-Language} longer than this is no browser's, and dear to read. */
  private static final int LONGEST_HEADER = 200;

  private Words() {}

  /**
   * The sentence of a key.
   *
   * @param args filled in as {@link MessageFormat} does
   * @return the sentence, or the key itself in brackets where none exists (a test prevents it)
   */
  public static String say(Locale locale, String key, Object... args) {
    var language = nearest(locale);
    var format =
        FORMATS
            .computeIfAbsent(language, _ -> new ConcurrentHashMap<>())
            .computeIfAbsent(key, k -> new MessageFormat(pattern(language, k), language));
    // MessageFormat is not safe for threads; a copy is cheap beside what a sentence is for
    return ((MessageFormat) format.clone()).format(args);
  }

  /** Several of a kind: "a, b" or "a、b". */
  public static String row(Locale locale, Collection<String> several) {
    return String.join(say(locale, "people.row"), several);
  }

  /** What is said of one thing, one after the other: "a, b" or "a，b". */
  public static String clauses(Locale locale, Collection<String> said) {
    return String.join(say(locale, "people.clauses"), said);
  }

  public static String clauses(Locale locale, String... said) {
    return clauses(locale, List.of(said));
  }

  /** Whether there is such a sentence. */
  public static boolean has(Locale locale, String key) {
    return !pattern(nearest(locale), key).equals("[" + key + "]");
  }

  /** The one of our two languages that serves a reader of this locale best. */
  public static Locale nearest(Locale locale) {
    return locale.getLanguage().equals("zh") ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH;
  }

  /** The one of our two languages that this is not. */
  public static Locale other(Locale locale) {
    return nearest(locale).equals(Locale.ENGLISH) ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH;
  }

  /** How a page says in which of them it speaks. */
  public static String tag(Locale locale) {
    return nearest(locale).equals(Locale.ENGLISH) ? "en" : "zh-Hans";
  }

  /** What one of them is called by whoever reads it. */
  public static String called(Locale locale) {
    return nearest(locale).equals(Locale.ENGLISH) ? "English" : "中文";
  }

  /** The language for whoever sent this {@code Accept-Language}. */
  public static Locale locale(@Nullable String acceptLanguage) {
    try {
      return acceptLanguage == null
              || acceptLanguage.isBlank()
              || acceptLanguage.length() > LONGEST_HEADER
          ? Locale.ENGLISH
          : nearest(
              Locale.forLanguageTag(
                  Locale.LanguageRange.parse(acceptLanguage).getFirst().getRange()));
    } catch (IllegalArgumentException e) {
      return Locale.ENGLISH;
    }
  }

  private static String pattern(Locale language, String key) {
    var dot = key.indexOf('.');
    if (dot > 0 && BUNDLES.contains(key.substring(0, dot))) {
      try {
        return bundle(key.substring(0, dot), language).getString(key);
      } catch (MissingResourceException e) {
        return "[" + key + "]";
      }
    }
    return "[" + key + "]";
  }

  /**
   * The bundle of a package; English is the root one, so nothing falls back to the server's own.
   */
  static ResourceBundle bundle(String name, Locale language) {
    return ResourceBundle.getBundle(
        "words." + name,
        language.equals(Locale.ENGLISH) ? Locale.ROOT : language,
        Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
  }
}
