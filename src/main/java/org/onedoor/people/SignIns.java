package org.onedoor.people;

import jakarta.servlet.http.Cookie;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.onedoor.log.Hub;
import org.onedoor.log.Keep;
import org.onedoor.log.Keep.Kept;
import org.springframework.stereotype.Component;

/**
 * Who is signed in: a random secret in a cookie, its hash in {@code Keep}, so that it survives the
 * death of the server and dies when it is ended here.
 */
@Component
public final class SignIns {
  public static final Duration LASTS = Duration.ofHours(12);

  /** The cookie that holds the secret. */
  public static final String COOKIE = "onedoor";

  private static final String SHELF = "sign-in";

  private final Keep keep;
  private final InstantSource clock;

  /**
   * One that lasts.
   *
   * @param id by which its owner ends it
   * @param from with what and from where it was begun
   */
  public record SignIn(String id, Instant at, String from) {}

  public SignIns(Hub hub, InstantSource clock) {
    keep = hub.keep();
    this.clock = clock;
  }

  /** Begins one and returns the secret, which is known to nobody else from here on. */
  public String start(String account, String from) {
    var secret = Secret.random();
    var now = clock.instant();
    keep.put(SHELF, Secret.hash(secret), account + "\n" + now + "\n" + from, now.plus(LASTS));
    return secret;
  }

  public Optional<String> who(String secret) {
    return keep.get(SHELF, Secret.hash(secret)).map(SignIns::account);
  }

  private static String account(String value) {
    var end = value.indexOf('\n');
    return end < 0 ? value : value.substring(0, end);
  }

  public void end(String secret) {
    keep.drop(SHELF, Secret.hash(secret));
  }

  /** The secret among the cookies somebody brings, if it can be one. */
  public static Optional<String> secret(Cookie @Nullable [] cookies) {
    return cookies == null
        ? Optional.empty()
        : Stream.of(cookies)
            .filter(c -> c.getName().equals(COOKIE))
            .map(Cookie::getValue)
            .filter(v -> v.length() == Secret.LENGTH)
            .findFirst();
  }

  /** Those of an account, the newest first. */
  public List<SignIn> of(String account) {
    try (var all = keep.all(SHELF, "")) {
      return all.filter(k -> account(k.value()).equals(account))
          .map(SignIns::signIn)
          .sorted(Comparator.comparing(SignIn::at).reversed())
          .toList();
    }
  }

  private static SignIn signIn(Kept kept) {
    var parts = kept.value().split("\n", 3);
    var known = parts.length == 3;
    return new SignIn(
        kept.key(), known ? Instant.parse(parts[1]) : Instant.EPOCH, known ? parts[2] : "");
  }

  /** Which of the sign-ins a secret is. */
  public static String id(String secret) {
    return Secret.hash(secret);
  }

  /** Ends one of an account's. */
  public void end(String account, String id) {
    if (keep.get(SHELF, id).filter(v -> account(v).equals(account)).isPresent())
      keep.drop(SHELF, id);
  }

  /** Ends all of an account's but the one that goes on. */
  public void endAll(String account, @Nullable String but) {
    for (var one : of(account)) if (!one.id().equals(but)) keep.drop(SHELF, one.id());
  }
}
