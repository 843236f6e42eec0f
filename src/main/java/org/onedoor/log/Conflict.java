package org.onedoor.log;

/** Somebody else appended to this stream first: fold again, check again, append again. */
public final class Conflict extends RuntimeException {
  private final String stream;

  public Conflict(String stream, int expected, int actual) {
    super(stream + " has " + actual + " entries, not " + expected);
    this.stream = stream;
  }

  public String stream() {
    return stream;
  }
}
