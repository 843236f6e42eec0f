package org.onedoor.log;

import java.util.function.BiConsumer;
import org.onedoor.event.Event.Erased;

/**
 * Carries all entries of one log into another, and what is kept beside them. What broke off is
 * taken up by doing it again; and what was erased since then is erased there too.
 */
public final class Copy {
  private final EventLog from;
  private final EventLog to;

  /** The other log holds something else. */
  public static final class Different extends RuntimeException {
    Different() {
      super("The second log holds entries that are not the first one's: name an empty one.");
    }
  }

  private Copy(EventLog from, EventLog to) {
    this.from = from;
    this.to = to;
  }

  /**
   * Copies everything up to the head as it is now.
   *
   * @param progress is told how far it is, of how many
   * @return the head both have then
   * @throws Different if the second does not begin as the first does
   * @throws EventLog.Broken if the first log's chain does not hold
   */
  public static Head run(EventLog from, EventLog to, BiConsumer<Long, Long> progress) {
    return new Copy(from, to).run(progress);
  }

  private Head run(BiConsumer<Long, Long> progress) {
    var begun = to.head();
    var upTo = from.head();
    if (!Heads.passes(from, begun)) throw new Different();
    var head = begun;
    while (head.position() < upTo.position()) {
      var rows = Raw.of(from).rows(head.position(), upTo.position());
      var next = Raw.behind(head, rows);
      if (next.equals(head))
        throw new EventLog.Broken(head.position() + 1, "this entry is missing");
      Raw.of(to).take(rows);
      head = next;
      progress.accept(head.position(), upTo.position());
    }
    Heads.erasures(from, begun.position()).forEach(e -> Raw.of(to).wipe((Erased) e.event()));
    Raw.of(to).keepOnly(Raw.of(from).kept());
    return to.head();
  }
}
