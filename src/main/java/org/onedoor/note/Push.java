package org.onedoor.note;

import java.util.List;
import org.onedoor.people.Officer;

/**
 * Updates of one client, made for a version of the note.
 *
 * @param base the version they were made for
 * @param first the number of the first one, this client's counted from 0
 * @param answer told exactly once if it is not echoed
 */
record Push(
    Officer who, String client, int base, int first, List<ChangeSet> changes, Answer answer) {

  /** What a push may be told instead of its echo. */
  interface Answer {
    /** Base or number lie ahead of what is stored: come back with {@code since}. */
    void behind();

    /** NOT_ALLOWED, CLOSED, TOO_LONG, BAD_CHANGE or TOO_FAST. */
    void refused(String code, String key);

    /** It was stored before: here is its echo again. */
    void again(String frame);

    /** Nothing could be written: come back in a moment. */
    void unavailable();
  }
}
