package org.onedoor.log;

/** The database was written by a newer OneDoor: this one will not touch it. */
public final class NewerFormat extends RuntimeException {
  public NewerFormat(int found, int known) {
    super(
        "This data folder was written by a newer OneDoor (format %d, this program knows %d). Start the newer program, or restore an older backup into an empty folder."
            .formatted(found, known));
  }
}
