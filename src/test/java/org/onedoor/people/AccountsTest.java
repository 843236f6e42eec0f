package org.onedoor.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** An unknown account is no quicker to refuse than a known one, and lets nobody in. */
class AccountsTest {
  @Test
  void nobody_s_hash_costs_what_any_other_costs() {
    var nobody = parts(Accounts.NOBODY);
    var now = parts(Accounts.hash("whatever"));
    // kind, version and parameters; then come salt and hash
    assertThat(nobody.subList(0, 4)).isEqualTo(now.subList(0, 4));
    assertThat(lengths(nobody)).isEqualTo(lengths(now)).hasSize(6);
  }

  @Test
  void no_password_is_nobody_s() {
    for (var password : List.of("", "nobody", "password", "onedoor-demo", Accounts.NOBODY))
      assertThat(Accounts.ARGON2.matches(password, Accounts.NOBODY)).as(password).isFalse();
  }

  private static List<String> parts(String hash) {
    return List.of(hash.split("\\$"));
  }

  private static List<Integer> lengths(List<String> parts) {
    return parts.stream().map(String::length).toList();
  }
}
