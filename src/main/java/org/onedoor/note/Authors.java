package org.onedoor.note;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who wrote which stretch of a text: runs in order, neighbours by one author joined. Changed in
 * place along with the text.
 */
final class Authors {
  private List<Run> runs = new ArrayList<>();

  /** So many UTF-16 units by one account. */
  record Run(int length, String by) {}

  List<Run> runs() {
    return List.copyOf(runs);
  }

  /** Goes along a change: what is kept keeps its author, what is new is whose change it is. */
  void after(ChangeSet change, String by) {
    var next = new ArrayList<Run>(runs.size() + 2);
    var from = new Reader();
    change.sections((length, inserted) -> {
      if (inserted < 0) from.take(length, next);
      else {
        from.take(length, null);
        add(next, inserted, by);
      }
    });
    runs = next;
  }

  private static void add(List<Run> runs, int length, String by) {
    if (length == 0) return;
    var last = runs.isEmpty() ? null : runs.getLast();
    if (last != null && last.by().equals(by))
      runs.set(runs.size() - 1, new Run(last.length() + length, by));
    else runs.add(new Run(length, by));
  }

  /** Reads the runs as they were, piece by piece. */
  private final class Reader {
    private int index;
    private int used;

    void take(int length, @Nullable List<Run> to) {
      for (var left = length; left > 0; ) {
        var run = runs.get(index);
        var piece = Math.min(left, run.length() - used);
        if (to != null) add(to, piece, run.by());
        left -= piece;
        used += piece;
        if (used == run.length()) {
          index++;
          used = 0;
        }
      }
    }
  }
}
