package org.onedoor.desk;

import java.util.Locale;
import org.onedoor.look.Empty;
import org.onedoor.people.Officer;
import org.onedoor.people.Role;
import org.onedoor.people.Words;

/** Why somebody sees no cases, said kindly. */
final class NothingPanel {
  private NothingPanel() {}

  static Empty why(Officer who, Locale locale) {
    var key = who.is(Role.TRAINEE) ? "desk.trainee" : "desk.admin";
    return new Empty(Words.say(locale, key), Words.say(locale, key + "How"));
  }
}
