package org.onedoor.people;

import java.util.Locale;

/** A mistake of ours: people are told a reference, under which it stands in the server's log. */
public final class Bug {
  private Bug() {}

  /**
   * Writes it down.
   *
   * @param logger of the edge at which it came out
   * @return the reference
   */
  public static String note(String logger, Throwable why) {
    var reference = Secret.random(6).toUpperCase(Locale.ROOT);
    System.getLogger(logger).log(System.Logger.Level.ERROR, "reference " + reference, why);
    return reference;
  }
}
