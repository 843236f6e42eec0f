package org.onedoor.people;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Abilities;
import org.onedoor.event.Event.AccountChanged;
import org.onedoor.event.Event.AccountOpened;
import org.onedoor.event.Label;

/**
 * An account as its administrator sees it; as everybody else does it is an {@link Officer}.
 *
 * @param agency as it was given, also where that agency has become part of another since
 * @param disabled nobody gets in by it
 * @param invited when a link was last made for its owner
 * @param passwordSet when its owner last set a password by a link or on the own page
 */
public record Account(
    String id,
    Label name,
    String agency,
    Set<Role> roles,
    Abilities abilities,
    boolean disabled,
    @Nullable Instant invited,
    @Nullable Instant passwordSet) {

  static Account of(AccountOpened e) {
    return new Account(
        e.id(), e.name(), e.agency(), roles(e.roles()), of(e.abilities()), false, null, null);
  }

  static Account of(AccountChanged e) {
    return new Account(
        e.id(), e.name(), e.agency(), roles(e.roles()), of(e.abilities()), false, null, null);
  }

  private static Abilities of(@Nullable Abilities given) {
    return Objects.requireNonNullElse(given, Abilities.NONE);
  }

  private static Set<Role> roles(Set<String> words) {
    return words.stream()
        .map(r -> Role.valueOf(r.toUpperCase(Locale.ROOT)))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** This one, with what is known of the sign-in of another. */
  Account like(Account was) {
    return new Account(
        id, name, agency, roles, abilities, was.disabled, was.invited, was.passwordSet);
  }

  Account disabled(boolean is) {
    return new Account(id, name, agency, roles, abilities, is, invited, passwordSet);
  }

  Account invited(Instant at) {
    return new Account(id, name, agency, roles, abilities, disabled, at, passwordSet);
  }

  Account passwordSet(Instant at) {
    return new Account(id, name, agency, roles, abilities, disabled, invited, at);
  }
}
