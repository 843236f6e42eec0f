package org.onedoor.note;

import java.util.List;
import java.util.Map;
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
    out.append("{\"t\":\"updates\",\"v\":").append(from).append(",\"u\":[");
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
    if (sum >= 0) out.append(",\"h\":").append(sum);
    return out.append('}').toString();
  }

  /** The first message of a socket, with or without the whole text. */
  static String open(Map<String, Object> head, Note note, boolean whole) {
    if (whole) {
      head.put("doc", note.text());
      head.put("h", note.sum());
    }
    return JSON.writeValueAsString(head);
  }
}
