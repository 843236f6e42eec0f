package org.onedoor.people;

import static org.onedoor.people.Refused.Code.NOT_FOUND;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Event.Invited;
import org.onedoor.log.Hub;
import org.onedoor.log.Keep;
import org.onedoor.log.Keep.Kept;
import org.springframework.stereotype.Component;

/**
 * Links with which somebody sets the password of an account, once: the first one, or a new one. Of
 * an account only the last link opens.
 */
@Component
public final class Invitations {
  public static final Duration LASTS = Duration.ofDays(7);

  private static final String SHELF = "invitation";

  private final Keep keep;
  private final People people;
  private final Accounts accounts;
  private final InstantSource clock;

  public Invitations(Hub hub, People people, Accounts accounts, InstantSource clock) {
    keep = hub.keep();
    this.people = people;
    this.accounts = accounts;
    this.clock = clock;
  }

  /** Makes one and returns its secret. */
  String make(String account, String by) {
    forget(account);
    var secret = Secret.random();
    keep.put(SHELF, Secret.hash(secret), account, clock.instant().plus(LASTS));
    people.add(new Invited(account), by);
    return secret;
  }

  /** Whose it is, as long as it opens. */
  public Optional<Officer> who(String secret) {
    return keep.get(SHELF, Secret.hash(secret)).flatMap(people::active);
  }

  /**
   * Sets the password; the link opens no more, and who was signed in is signed out.
   *
   * @throws Refused NOT_FOUND if it opens nothing, BAD_INPUT if it cannot be a password
   */
  public void accept(String secret, @Nullable String password, @Nullable String again) {
    var who = who(secret).orElseThrow(() -> new Refused(NOT_FOUND, "people.noInvitation"));
    var right = Passwords.must(who.id(), password, again);
    accounts.set(who.id(), right, null);
    keep.drop(SHELF, Secret.hash(secret));
  }

  void forget(String account) {
    try (var all = keep.all(SHELF, "")) {
      all.filter(k -> k.value().equals(account))
          .map(Kept::key)
          .toList()
          .forEach(key -> keep.drop(SHELF, key));
    }
  }
}
