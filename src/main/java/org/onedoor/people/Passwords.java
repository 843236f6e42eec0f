package org.onedoor.people;

import static org.onedoor.people.Refused.Code.BAD_INPUT;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What may be a password: long enough to withstand guessing, whatever letters it has. */
public final class Passwords {
  /** Characters; with the patience of {@link Accounts} out of reach of guessing online. */
  public static final int SHORTEST = 12;

  private static final int DIFFERENT = 5;

  private Passwords() {}

  /** The password, or the refusal at the field {@code password}. */
  public static String must(String account, @Nullable String password, @Nullable String again) {
    if (password == null || password.codePointCount(0, password.length()) < SHORTEST)
      throw no("people.passwordShort", SHORTEST);
    if (password.length() > Accounts.LONGEST) throw no("people.passwordLong", Accounts.LONGEST);
    if (password.codePoints().distinct().count() < DIFFERENT
        || password.toLowerCase(Locale.ROOT).contains(account)) throw no("people.passwordEasy");
    if (!password.equals(again)) throw new Refused(BAD_INPUT, "people.passwordDiffers").at("again");
    return password;
  }

  private static Refused no(String key, Object... args) {
    return new Refused(BAD_INPUT, key, args).at("password");
  }
}
