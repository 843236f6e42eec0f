package org.onedoor.people;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Label;

/**
 * Somebody with an account, whatever their role. Of a disabled account there is none.
 *
 * @param id the account's name: never changed, never given again
 * @param agency whose they are now
 * @param agencies for which they act: their own, and those that were merged into it
 */
public record Officer(String id, Label name, String agency, Set<Role> roles, Set<String> agencies) {

  static Officer of(Account a, String agency, Set<String> family) {
    return new Officer(
        a.id(), a.name(), agency, a.disabled() ? Set.of() : a.roles(), Set.copyOf(family));
  }

  /** Whether an agency is theirs, or has become part of theirs. */
  public boolean actsFor(@Nullable String other) {
    return other != null && agencies.contains(other);
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
