package org.onedoor.people;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

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
    return roles.stream()
        .sorted()
        .map(r -> Words.say(locale, "people.role." + r.word()))
        .collect(Collectors.joining(", "));
  }

  /** The word of the public contract. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
