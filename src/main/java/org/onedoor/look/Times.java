package org.onedoor.look;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.onedoor.people.Words;

/** Days as people say them: "in 6 days, Tue 1 Dec", "2 days late, Mon 23 Nov". */
public final class Times {
  /** A minute wherever it stands alone: in lists of what is kept, in refusals. */
  public static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  /** The time of a day that is named or known. */
  public static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

  private Times() {}

  public static String day(LocalDate day, Locale locale) {
    return DateTimeFormatter.ofPattern(
            locale.getLanguage().equals("zh") ? "M月d日EE" : "EEE d MMM", locale)
        .format(day);
  }

  /** A day with its year where that is not today's. */
  public static String date(LocalDate day, LocalDate today, Locale locale) {
    return day.getYear() == today.getYear()
        ? day(day, locale)
        : DateTimeFormatter.ofPattern(
                locale.getLanguage().equals("zh") ? "y年M月d日" : "d MMM y", locale)
            .format(day);
  }

  /** When something is due, as seen from today. */
  public static String due(LocalDate on, LocalDate today, Locale locale) {
    var days = (int) ChronoUnit.DAYS.between(today, on);
    var key =
        switch (days) {
          case 0 -> "look.today";
          case 1 -> "look.tomorrow";
          default -> days < 0 ? "look.late" : "look.in";
        };
    return Words.say(locale, key, Math.abs(days), date(on, today, locale));
  }

  /** How a due day looks: late, warn (within two days) or nothing. */
  public static String urgency(LocalDate on, LocalDate today) {
    var days = ChronoUnit.DAYS.between(today, on);
    return days < 0 ? "late" : days <= 2 ? "warn" : "";
  }
}
