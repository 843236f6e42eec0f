package org.onedoor.people;

import static org.onedoor.people.Refused.Code.BAD_INPUT;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Abilities;
import org.onedoor.event.Event.AccountOpened;
import org.onedoor.event.Event.AgencyAdded;
import org.onedoor.event.Event.HallAdded;
import org.onedoor.event.Kind;
import org.onedoor.event.Label;

/**
 * What a centre's own things must look like before they go into the log, whether they were typed or
 * came in a file. Each returns the thing put in order, or refuses at the field it is about.
 */
final class Proper {
  /** Of agencies, accounts and halls: they stand in addresses and files. */
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,39}");

  private static final Pattern CODE = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,99}");
  private static final Set<String> ROLES =
      Arrays.stream(Role.values()).map(Role::word).collect(Collectors.toUnmodifiableSet());
  private static final int MOST_SEATS = 1_000;

  /** Entries of a list a person keeps; and of the class list. */
  private static final int MOST = 50;

  private static final int MOST_KINDS = 5_000;
  private static final int LEVELS = 3;

  private Proper() {}

  static String id(@Nullable String id) {
    var text = Text.must("id", id, 40);
    if (!ID.matcher(text).matches()) throw new Refused(BAD_INPUT, "people.badId", text).at("id");
    return text;
  }

  static Label label(@Nullable Label name) {
    return name(name, "name", Text.NAME);
  }

  private static Label name(@Nullable Label name, String field, int most) {
    return new Label(
        Text.line(field, name == null ? null : name.en(), most),
        Text.may(field, name == null ? null : name.zh(), most));
  }

  static String zone(@Nullable String zone) {
    var named = Text.must("zone", zone, 60);
    try {
      return ZoneId.of(named).getId();
    } catch (DateTimeException e) {
      throw new Refused(BAD_INPUT, "people.badZone", named).at("zone");
    }
  }

  static String language(@Nullable String language) {
    if (language == null || !List.of("en", "zh").contains(language))
      throw new Refused(BAD_INPUT, "people.badLanguage").at("language");
    return language;
  }

  static AgencyAdded agency(AgencyAdded a) {
    if (a.colour() < 1 || a.colour() > Administration.COLOURS)
      throw new Refused(BAD_INPUT, "people.badColour", Administration.COLOURS).at("colour");
    return new AgencyAdded(
        id(a.id()), label(a.name()), name(a.letters(), "letters", 3), a.colour());
  }

  /** An account; whether its agency exists is asked by who has the directory. */
  static AccountOpened account(AccountOpened a) {
    if (a.roles().isEmpty()) throw new Refused(BAD_INPUT, "people.noRole").at("roles");
    for (var role : a.roles())
      if (!ROLES.contains(role)) throw new Refused(BAD_INPUT, "people.badRole", role).at("roles");
    return new AccountOpened(
        id(a.id()),
        label(a.name()),
        a.agency(),
        new LinkedHashSet<>(a.roles().stream().sorted().toList()),
        abilities(a.abilities()));
  }

  private static @Nullable Abilities abilities(@Nullable Abilities a) {
    if (a == null || a.equals(Abilities.NONE)) return null;
    return new Abilities(
        lines("skills", a.skills()),
        lines("languages", a.languages()),
        lines("conflicts", a.conflicts()));
  }

  private static List<String> lines(String field, List<String> all) {
    if (all.size() > MOST) throw new Refused(BAD_INPUT, "people.tooMany", MOST).at(field);
    return all.stream()
        .filter(s -> !s.isBlank())
        .map(s -> Text.line(field, s, Text.NAME))
        .distinct()
        .toList();
  }

  static HallAdded hall(HallAdded h) {
    if (h.seats() < 1 || h.seats() > MOST_SEATS)
      throw new Refused(BAD_INPUT, "people.badSeats", MOST_SEATS).at("seats");
    if (h.waitingRooms() < 0 || h.waitingRooms() > MOST)
      throw new Refused(BAD_INPUT, "people.badWaiting", MOST).at("waitingRooms");
    return new HallAdded(
        id(h.id()),
        label(h.name()),
        h.seats(),
        h.stepFree(),
        h.waitingRooms(),
        lines("equipment", h.equipment()));
  }

  /** A class list: parents before their children, three levels. */
  static List<Kind> kinds(List<Kind> all) {
    if (all.size() > MOST_KINDS)
      throw new Refused(BAD_INPUT, "people.tooMany", MOST_KINDS).at("kinds");
    var levels = new HashMap<String, Integer>();
    var codes = new HashSet<String>();
    for (var k : all) {
      if (!CODE.matcher(k.code()).matches())
        throw new Refused(BAD_INPUT, "people.badCode", k.code()).at("kinds");
      if (!codes.add(k.code())) throw new Refused(BAD_INPUT, "people.twice", k.code()).at("kinds");
      var level = k.parent() == null ? 1 : levels.getOrDefault(k.parent(), LEVELS) + 1;
      if (level > LEVELS)
        throw new Refused(BAD_INPUT, "people.badParent", k.code(), String.valueOf(k.parent()))
            .at("kinds");
      levels.put(k.code(), level);
    }
    return all.stream().map(k -> new Kind(k.code(), label(k.name()), k.parent())).toList();
  }
}
