package org.onedoor.people;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Event.TokenMade;
import org.onedoor.event.Event.TokenRevoked;
import org.onedoor.log.Hub;
import org.onedoor.log.Keep.Kept;
import org.springframework.stereotype.Component;

/**
 * Personal access tokens: shown once, only their hash is kept; that one was made is a fact, so its
 * owner sees it.
 */
@Component
public final class Tokens {
  private static final String SHELF = "token";

  /** Letters of a hash by which its token is named; they open nothing. */
  private static final int ID = 16;

  private final Hub hub;
  private final People people;

  public Tokens(Hub hub, People people) {
    this.hub = hub;
    this.people = people;
  }

  /**
   * Makes a token for an account.
   *
   * @throws Refused BAD_INPUT if there is no such account
   */
  public String make(String account, String by) {
    if (people.active(account).isEmpty())
      throw new Refused(Refused.Code.BAD_INPUT, "people.noAccount", account).at("user");
    var token = "od_" + Secret.random();
    var hash = Secret.hash(token);
    hub.keep().put(SHELF, hash, account, null);
    people.add(
        new TokenMade(account, token.substring(token.length() - 4), hash.substring(0, ID)), by);
    return token;
  }

  /** Revokes one of somebody's own: it opens nothing from now on. */
  public void revoke(Officer who, String id) {
    try (var all = hub.keep().all(SHELF, id)) {
      var gone = all.filter(k -> k.value().equals(who.id())).map(Kept::key).toList();
      gone.forEach(key -> hub.keep().drop(SHELF, key));
    }
    people.add(new TokenRevoked(who.id(), id), who.id());
  }

  /** The token in an {@code Authorization} header, if there is one. */
  public static Optional<String> bearer(@Nullable String authorization) {
    return authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)
        ? Optional.of(authorization.substring(7).strip())
        : Optional.empty();
  }

  /** Whose token this is. */
  public Optional<Officer> who(String token) {
    return hub.keep().get(SHELF, Secret.hash(token)).flatMap(people::active);
  }
}
