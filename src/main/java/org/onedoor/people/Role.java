package org.onedoor.people;

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

  /** The word of the public contract. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
