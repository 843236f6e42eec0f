package org.onedoor.share;

import static org.onedoor.people.Refused.Code.BAD_INPUT;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.onedoor.people.People;
import org.onedoor.people.Refused;
import org.springframework.stereotype.Component;

/** What stands in the address of a call, checked, and lists a page at a time. */
@Component
final class Parameters {
  static final int PAGE = 50;
  static final int MOST = 200;

  private final People people;

  Parameters(People people) {
    this.people = people;
  }

  static Map<String, @Nullable Object> page(List<?> items, @Nullable String next) {
    var page = new LinkedHashMap<String, @Nullable Object>();
    page.put("items", items);
    page.put("next", next);
    return page;
  }

  static <T> Map<String, @Nullable Object> paged(
      List<T> all, @Nullable String after, @Nullable String limit, Function<T, Object> how) {
    var most = limit(limit);
    var offset = offset(after);
    var items = all.stream().skip(offset).limit(most).map(how).toList();
    return page(items, offset + most < all.size() ? "" + (offset + most) : null);
  }

  /** A parameter that says nothing is not there. */
  static @Nullable String some(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  @Nullable String agency(@Nullable String agency) {
    var id = some(agency);
    if (id != null && people.directory().agency(id).isEmpty())
      throw new Refused(BAD_INPUT, "room.unknownAgency", id).at("agency");
    return id;
  }

  static int limit(@Nullable String limit) {
    if (limit == null || limit.isBlank()) return PAGE;
    if (!limit.matches("\\d{1,4}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > MOST)
      throw new Refused(BAD_INPUT, "share.badLimit", MOST).at("limit");
    return Integer.parseInt(limit);
  }

  private static int offset(@Nullable String after) {
    return (int) Math.min(Integer.MAX_VALUE / 2, position(after));
  }

  static long position(@Nullable String after) {
    if (after == null || after.isBlank()) return 0;
    if (!after.matches("\\d{1,18}")) throw new Refused(BAD_INPUT, "share.badCursor").at("after");
    return Long.parseLong(after);
  }

  /** A day of the centre's zone ({@code to} inclusive) or an instant ({@code to} exclusive). */
  @Nullable Instant instant(String field, @Nullable String text, boolean end) {
    if (text == null || text.isBlank()) return null;
    try {
      if (text.contains("T"))
        return Body.sane(OffsetDateTime.parse(text.replace(' ', '+'))).toInstant();
      var day = LocalDate.parse(text);
      if (day.getYear() < 1 || day.getYear() > 9_998) throw new DateTimeException("year");
      return (end ? day.plusDays(1) : day).atStartOfDay(people.zone()).toInstant();
    } catch (DateTimeException e) {
      throw new Refused(BAD_INPUT, "share.badTime", field, text).at(field);
    }
  }

  static Refused word(String field, String value, Set<String> words) {
    return new Refused(
            BAD_INPUT,
            "room.unknownWord",
            field,
            String.join(", ", words.stream().sorted().toList()),
            value)
        .at(field);
  }
}
