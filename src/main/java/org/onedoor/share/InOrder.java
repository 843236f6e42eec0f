package org.onedoor.share;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.onedoor.event.Entry;

/**
 * What happened and what happens, each once and in order: what comes while the past is still being
 * told waits until it is.
 */
final class InOrder {
  private final Consumer<Entry> tell;
  private final List<Entry> early = new ArrayList<>();
  private long told = -1;
  private boolean caughtUp;

  InOrder(Consumer<Entry> tell) {
    this.tell = tell;
  }

  /** What happened before; it is listened already. */
  void past(Stream<Entry> entries) {
    entries.forEach(this::tell);
    synchronized (this) {
      caughtUp = true;
      early.forEach(this::tell);
      early.clear();
    }
  }

  synchronized void happened(Entry entry) {
    if (caughtUp) tell(entry);
    else early.add(entry);
  }

  private synchronized void tell(Entry entry) {
    if (entry.position() <= told) return;
    told = entry.position();
    tell.accept(entry);
  }
}
