package org.onedoor.people;

import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** Whoever is behind the present request or screen. */
@Component
public final class Me {
  private final People people;

  public Me(People people) {
    this.people = people;
  }

  /**
   * The signed-in officer.
   *
   * @throws Refused NOT_SIGNED_IN if there is none
   */
  public Officer get() {
    return find().orElseThrow(() -> new Refused(Refused.Code.NOT_SIGNED_IN, "people.notSignedIn"));
  }

  public Optional<Officer> find() {
    var who = SecurityContextHolder.getContext().getAuthentication();
    return who == null || !who.isAuthenticated() ? Optional.empty() : people.active(who.getName());
  }
}
