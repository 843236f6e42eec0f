package org.onedoor.log;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.onedoor.event.Entry;

/** Several runs of entries as one, in order of position. */
final class Merged implements Iterator<Entry> {
  private final PriorityQueue<Run> runs =
      new PriorityQueue<>(Comparator.comparingLong(run -> run.first.position()));

  private record Run(Entry first, Iterator<Entry> rest) {}

  Merged(List<? extends Iterator<Entry>> all) {
    all.forEach(this::add);
  }

  private void add(Iterator<Entry> run) {
    if (run.hasNext()) runs.add(new Run(run.next(), run));
  }

  @Override
  public boolean hasNext() {
    return !runs.isEmpty();
  }

  @Override
  public Entry next() {
    var run = runs.remove();
    add(run.rest);
    return run.first;
  }
}
