package org.onedoor.log;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;

/** Entries read by page, so that no snapshot is held while the caller works with them. */
final class Paged implements Iterator<Entry> {
  static final int SIZE = 500;

  private final Page next;
  private @Nullable Entry last;
  private Iterator<Entry> page = Collections.emptyIterator();
  private boolean more = true;

  interface Page {
    /** At most {@link #SIZE} entries after one, or from the beginning; fewer only at the end. */
    List<Entry> after(@Nullable Entry last);
  }

  Paged(Page next) {
    this.next = next;
  }

  static Stream<Entry> stream(Iterator<Entry> entries) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(entries, Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  @Override
  public boolean hasNext() {
    if (!page.hasNext() && more) page = read().iterator();
    return page.hasNext();
  }

  private List<Entry> read() {
    var read = next.after(last);
    more = read.size() == SIZE;
    if (more) last = read.getLast();
    return read;
  }

  @Override
  public Entry next() {
    if (!hasNext()) throw new NoSuchElementException();
    return page.next();
  }
}
