package org.onedoor.note;

import static org.onedoor.note.ChangeSet.KEPT;

import org.onedoor.note.ChangeSet.Bad;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Changes as CodeMirror writes them; what it would not write is refused. */
final class ChangeJson {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Places one change may touch: a replacement all over a long note; more is no typing. */
  private static final int MOST_SECTIONS = 10_000;

  private ChangeJson() {}

  static ChangeSet read(String json) {
    try {
      return read(JSON.readTree(json));
    } catch (JacksonException e) {
      throw new Bad("not JSON");
    }
  }

  static ChangeSet read(JsonNode node) {
    if (!node.isArray()) throw new Bad("a change is a list");
    var sections = new Sections();
    long total = 0;
    for (var part : node) {
      if (part.isIntegralNumber()) {
        total += length(part);
        sections.add(part.intValue(), KEPT, "");
      } else if (part.isArray() && !part.isEmpty()) {
        total += length(part.get(0));
        var text = lines(part);
        total += text.length();
        if (part.get(0).intValue() > 0 || !text.isEmpty())
          sections.raw(part.get(0).intValue(), text.length(), text);
      } else throw new Bad("a section is a number or a list");
      if (total > Integer.MAX_VALUE / 2 || sections.count() > MOST_SECTIONS)
        throw new Bad("too long");
    }
    return sections.done();
  }

  private static int length(JsonNode part) {
    if (!part.isIntegralNumber() || !part.canConvertToInt() || part.intValue() < 0)
      throw new Bad("a length is a whole number from 0");
    return part.intValue();
  }

  private static String lines(JsonNode part) {
    var text = new StringBuilder();
    for (var i = 1; i < part.size(); i++) {
      var line = part.get(i);
      if (!line.isString()) throw new Bad("a line is a text");
      var value = line.stringValue();
      if (value.indexOf('\n') >= 0) throw new Bad("a line has no newline in it");
      if (i > 1) text.append('\n');
      text.append(value);
    }
    check(text);
    return text.toString();
  }

  private static void check(CharSequence text) {
    if (text.codePoints().anyMatch(c -> c == '\r' || c == 0))
      throw new Bad("a character that cannot be kept");
    if (text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE))
      throw new Bad("half of a character");
  }

  static String write(int[] lengths, int[] becomes, String[] texts) {
    var out = new StringBuilder("[");
    for (var i = 0; i < lengths.length; i++) {
      if (i > 0) out.append(',');
      if (becomes[i] == KEPT) {
        out.append(lengths[i]);
      } else {
        out.append('[').append(lengths[i]);
        if (becomes[i] > 0)
          for (var line : texts[i].split("\n", -1))
            out.append(',').append(JSON.writeValueAsString(line));
        out.append(']');
      }
    }
    return out.append(']').toString();
  }
}
