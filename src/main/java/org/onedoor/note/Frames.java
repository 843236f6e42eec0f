package org.onedoor.note;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** What the server says about a note's text; made once for all who hear it. */
final class Frames {
  private static final JsonMapper JSON = JsonMapper.shared();

  private Frames() {}

  /**
   * Updates in a row.
   *
   * @param sum the text's CRC-32C at their end; below 0: left out
   */
  static String updates(int from, List<Note.Shown> updates, long sum) {
    var out = new StringBuilder(64 + updates.size() * 120);
    out.append("{\"t\":\"updates\",\"v\":").append(from).append(",\"u\":");
    list(updates, out);
    if (sum >= 0) out.append(",\"h\":").append(sum);
    return out.append('}').toString();
  }

  static String list(List<Note.Shown> updates) {
    var out = new StringBuilder(16 + updates.size() * 120);
    list(updates, out);
    return out.toString();
  }

  private static void list(List<Note.Shown> updates, StringBuilder out) {
    out.append('[');
    for (var i = 0; i < updates.size(); i++) {
      var u = updates.get(i);
      if (i > 0) out.append(',');
      // a change is JSON of our own making, a client only letters that need no escaping
      out.append("{\"c\":").append(u.change().json());
      out.append(",\"i\":\"").append(u.client());
      out.append("\",\"by\":").append(JSON.writeValueAsString(u.by()));
      out.append(",\"at\":\"").append(u.at()).append("\"}");
    }
    out.append(']');
  }
}
