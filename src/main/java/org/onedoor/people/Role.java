package org.onedoor.people;

import java.util.Collection;
import java.util.Locale;

/** What somebody is at the centre; one person may be several. */
public enum Role {
  CLERK,
  COORDINATOR,
  OFFICER,
  MEDIATOR,
  TRAINEE,
  DIRECTOR,
  ADMIN;

  /** What a reader calls these, the plainest first. */
  public static String names(Collection<Role> roles, Locale locale) {
    return Words.row(
        locale,
        roles.stream().sorted().map(r -> Words.say(locale, "people.role." + r.word())).toList());
  }

  /** The word of the public contract. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
