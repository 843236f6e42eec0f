package org.onedoor.log;

/** The log cannot be written (disk full, folder gone, no primary): nothing of the batch was. */
public final class Unavailable extends RuntimeException {
  public Unavailable(String why, Throwable cause) {
    super(why, cause);
  }

  public Unavailable(String why) {
    super(why);
  }
}
