package org.onedoor.event;

import org.jspecify.annotations.Nullable;

/**
 * One update of a note as it stands after rebasing.
 *
 * @param c the change: CodeMirror's ChangeSet as JSON
 * @param i the client (one per editor state)
 * @param s this client's updates counted from 0
 * @param by the officer who typed it, where that is another than the entry's
 */
public record Update(String c, String i, int s, @Nullable String by) {
  public Update(String c, String i, int s) {
    this(c, i, s, null);
  }
}
