package org.onedoor.people;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.onedoor.log.Hub;
import org.onedoor.log.Keep;
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

  public SignIns(Hub hub, InstantSource clock) {
    keep = hub.keep();
    this.clock = clock;
  }

  /** Begins one and returns the secret, which is known to nobody else from here on. */
  public String start(String account) {
    var secret = Secret.random();
    keep.put(SHELF, Secret.hash(secret), account, clock.instant().plus(LASTS));
    return secret;
  }

  public Optional<String> who(String secret) {
    return keep.get(SHELF, Secret.hash(secret));
  }

  public void end(String secret) {
    keep.drop(SHELF, Secret.hash(secret));
  }
}
