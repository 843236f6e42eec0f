package org.onedoor.note;

import java.util.ArrayList;
import java.util.List;

/** A change being written; sections that belong together are joined as CodeMirror joins them. */
final class Sections {
  private final List<int[]> sections = new ArrayList<>();
  private final List<StringBuilder> texts = new ArrayList<>();

  int count() {
    return sections.size();
  }

  void raw(int length, int becomes, String text) {
    sections.add(new int[] {length, becomes});
    texts.add(new StringBuilder(text));
  }

  void add(int length, int becomes, String text) {
    add(length, becomes, text, false);
  }

  void add(int length, int becomes, String text, boolean join) {
    if (length == 0 && becomes <= 0) return;
    var last = sections.isEmpty() ? null : sections.getLast();
    if (last != null && becomes <= 0 && becomes == last[1]) {
      last[0] += length;
    } else if (last != null && length == 0 && last[0] == 0) {
      last[1] += becomes;
      texts.getLast().append(text);
    } else if (join && last != null) {
      last[0] += length;
      last[1] += becomes;
      texts.getLast().append(text);
    } else {
      raw(length, becomes, text);
    }
  }

  ChangeSet done() {
    return new ChangeSet(
        sections.stream().mapToInt(s -> s[0]).toArray(),
        sections.stream().mapToInt(s -> s[1]).toArray(),
        texts.stream().map(StringBuilder::toString).toArray(String[]::new));
  }
}
