package org.onedoor.people;

import static org.onedoor.people.Refused.Code.BAD_INPUT;
import static org.onedoor.people.Refused.Code.TOO_FAST;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Event.AccountOpened;
import org.onedoor.event.Event.PasswordSet;
import org.onedoor.log.Hub;
import org.onedoor.log.Keep;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Passwords (Argon2id, kept beside the log, never in it) and the patience with wrong ones: they
 * slow down both the account and the address they come from.
 */
@Component
public final class Accounts {
  private static final String SHELF = "password";

  /** Wrong tries that cost nothing; then the wait doubles from two seconds to at most a minute. */
  private static final int FREE = 5;

  private static final Duration MOST = Duration.ofMinutes(1);

  /** 19 MiB, two passes, one lane: the OWASP cheat sheet's first choice for Argon2id. */
  static final PasswordEncoder ARGON2 = new Argon2PasswordEncoder(16, 32, 1, 19_456, 2);

  /** Characters of an account or a password; what is longer was never one. */
  static final int LONGEST = 200;

  /** Checks at once, each 19 MiB and a processor; and how long one waits for its turn. */
  private static final int AT_ONCE = 4;

  private static final int PATIENCE_SECONDS = 5;

  /**
   * The hash of a password nobody has: random, and thrown away when this was written. With it an
   * unknown account costs the same time, so its parameters must be those above.
   */
  static final String NOBODY =
      "$argon2id$v=19$m=19456,t=2,p=1$3GlE6B0DWoLwUDj8+r49Bw"
          + "$3+cNNhfSw4nqpwqY2tghlMHgi4wq9Rr2N1i/2Zj5DFE";

  private final Semaphore hashing = new Semaphore(AT_ONCE);
  private final Keep keep;
  private final People people;
  private final SignIns signIns;
  private final InstantSource clock;
  private final Cache<String, Tries> tries =
      Caffeine.newBuilder().expireAfterWrite(Duration.ofMinutes(15)).maximumSize(100_000).build();

  /** Wrong tries so far and when the next one is heard. */
  private record Tries(int wrong, Instant next) {}

  public Accounts(Hub hub, People people, SignIns signIns, InstantSource clock) {
    keep = hub.keep();
    this.signIns = signIns;
    this.people = people;
    this.clock = clock;
  }

  /**
   * Sets an account's password and ends its sign-ins.
   *
   * @param but the one that goes on: its owner's own, from which this is done
   */
  void set(String account, String password, @Nullable String but) {
    keep(account, password);
    signIns.endAll(account, but);
    people.add(new PasswordSet(account), account);
  }

  /** Keeps the password of an account that is about to be opened. */
  void keep(String account, String password) {
    keep.put(SHELF, account, hash(password), null);
  }

  /**
   * Changes one's own password, told the old one.
   *
   * @param signIn the sign-in from which it is done, which goes on
   * @throws Refused BAD_INPUT at {@code old}, {@code password} or {@code again}; TOO_FAST after
   *     some wrong ones
   */
  public void change(
      Officer who,
      String old,
      @Nullable String password,
      @Nullable String again,
      @Nullable String signIn,
      String address) {
    var right = Passwords.must(who.id(), password, again);
    var wait = wait(who.id(), address);
    if (wait.isPositive())
      throw new Refused(TOO_FAST, "people.signInSlow", wait.toSeconds() + 1).at("old");
    wrong(who.id(), address);
    if (!matches(who.id(), old)) throw new Refused(BAD_INPUT, "people.wrongPassword").at("old");
    right(who.id(), address);
    set(who.id(), right, signIn);
  }

  /** Opens an account with a hash made by {@link #hash}. */
  public void openHashed(AccountOpened account, String hash, String by) {
    keep.put(SHELF, account.id(), hash, null);
    people.add(account, by);
  }

  /** What may be kept of a password; made slowly, on purpose. */
  public static String hash(String password) {
    var hash = ARGON2.encode(password);
    if (hash == null) throw new IllegalArgumentException("no password");
    return hash;
  }

  /**
   * Whether this is the account's password; takes as long for an account that does not exist.
   *
   * @throws Busy when too many sign in at once: each check needs 19 MiB
   */
  public boolean matches(String account, String password) {
    if (account.length() > LONGEST || password.length() > LONGEST) return false;
    try {
      if (!hashing.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) throw new Busy();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Busy();
    }
    try {
      var hash = keep.get(SHELF, account);
      var right = ARGON2.matches(password, hash.orElse(NOBODY));
      return right && hash.isPresent() && people.active(account).isPresent();
    } finally {
      hashing.release();
    }
  }

  /** Nobody's fault: try again in a moment. */
  public static final class Busy extends RuntimeException {}

  /** How long until the next try for this account or from this address is heard; zero: now. */
  public Duration wait(String account, String address) {
    if (account.length() > LONGEST) return Duration.ZERO; // refused without a look
    var now = clock.instant();
    var longest = Duration.ZERO;
    for (var key : new String[] {"account " + account, "address " + address}) {
      var so = tries.getIfPresent(key);
      if (so != null && so.next().isAfter(now)) {
        var left = Duration.between(now, so.next());
        if (left.compareTo(longest) > 0) longest = left;
      }
    }
    return longest;
  }

  public void wrong(String account, String address) {
    if (account.length() > LONGEST) return;
    slow("account " + account, FREE);
    slow("address " + address, FREE * 4); // one address may be a whole hall behind a router
  }

  /** Takes back what {@link #wrong} counted. */
  public void right(String account, String address) {
    tries.invalidate("account " + account);
    tries
        .asMap()
        .computeIfPresent(
            "address " + address,
            (_, was) -> was.wrong() <= 1 ? null : new Tries(was.wrong() - 1, Instant.EPOCH));
  }

  private void slow(String key, int free) {
    tries
        .asMap()
        .merge(
            key,
            new Tries(1, clock.instant()),
            (was, _) -> {
              var wrong = was.wrong() + 1;
              var wait = Duration.ofSeconds(1L << Math.clamp(wrong - free, 0, 6));
              return new Tries(
                  wrong,
                  wrong <= free
                      ? clock.instant()
                      : clock.instant().plus(wait.compareTo(MOST) > 0 ? MOST : wait));
            });
  }
}
