package org.onedoor.log;

/** A newer program wrote to this stream what this one does not understand: it only reads it. */
public final class ReadOnlyStream extends RuntimeException {
  public ReadOnlyStream(String stream) {
    super(stream + " holds facts of a newer OneDoor");
  }
}
