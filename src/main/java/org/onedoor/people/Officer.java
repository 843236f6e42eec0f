package org.onedoor.people;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.onedoor.event.Event.AccountOpened;
import org.onedoor.event.Label;

/**
 * Somebody with an account, whatever their role.
 *
 * @param id the account's name: never changed, never given again
 */
public record Officer(String id, Label name, String agency, Set<Role> roles) {

  static Officer of(AccountOpened e) {
    return new Officer(
        e.id(),
        e.name(),
        e.agency(),
        e.roles().stream()
            .map(r -> Role.valueOf(r.toUpperCase(Locale.ROOT)))
            .collect(Collectors.toUnmodifiableSet()));
  }

  public boolean is(Role role) {
    return roles.contains(role);
  }

  /** Up to two letters (a Chinese name: the family name) for a round face. */
  public String initials(Locale locale) {
    var shown = name.in(locale).strip();
    if (shown.isEmpty()) return "?";
    if (Character.isIdeographic(shown.codePointAt(0)))
      return shown.substring(0, shown.offsetByCodePoints(0, 1));
    var words = shown.split("\\s+");
    var first = words[0].substring(0, 1);
    return (words.length > 1 ? first + words[words.length - 1].substring(0, 1) : first)
        .toUpperCase(Locale.ROOT);
  }
}
