package org.onedoor.people;

import org.jspecify.annotations.Nullable;
import org.onedoor.event.Person;

/**
 * Columns of their own right: telephone, identity number and address are for whom the case needs;
 * everybody else is shown enough to tell two apart and no more.
 */
public final class Masked {
  private static final String STARS = "****";

  private Masked() {}

  /** A person as somebody without that right is shown them. */
  public static Person of(Person p) {
    return new Person(
        p.name(), p.contact(), phone(p.phone()), number(p.idNumber()), address(p.address()));
  }

  /** One of a party's fields as somebody without that right is shown it. */
  public static @Nullable String field(String name, @Nullable String value) {
    return switch (name) {
      case "phone" -> phone(value);
      case "idNumber" -> number(value);
      case "address" -> address(value);
      default -> value;
    };
  }

  /** {@code 138****4711}: the digits, without what was written between them. */
  private static @Nullable String phone(@Nullable String phone) {
    if (phone == null) return null;
    var digits = phone.replaceAll("\\D", "");
    return digits.length() < 9 ? STARS : ends(digits, 3, 4);
  }

  private static @Nullable String number(@Nullable String number) {
    if (number == null) return null;
    return number.length() < 8 ? STARS : ends(number, 3, 2);
  }

  private static String ends(String text, int first, int last) {
    return text.substring(0, first) + STARS + text.substring(text.length() - last);
  }

  /** Nothing of it: its beginning may be all there is in a village. */
  private static @Nullable String address(@Nullable String address) {
    return address == null ? null : STARS;
  }
}
