package org.onedoor.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One update of a note as it stands after rebasing. There are more of these than of anything else,
 * so it is stored as {@code [c, i, s]}, or {@code [c, i, s, by]}.
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

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Update stored(List<Object> fields) {
    return new Update(
        (String) fields.get(0),
        (String) fields.get(1),
        ((Number) fields.get(2)).intValue(),
        fields.size() > 3 ? (String) fields.get(3) : null);
  }

  @JsonValue
  List<Object> stored() {
    return by == null ? List.of(c, i, s) : List.of(c, i, s, by);
  }
}
