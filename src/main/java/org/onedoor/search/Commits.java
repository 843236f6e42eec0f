package org.onedoor.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.search.SearcherManager;
import org.onedoor.event.Entry;
import org.onedoor.log.Head;
import org.onedoor.log.Hub;
import org.onedoor.log.Which;

/**
 * What is kept of the index on the disk, and what each commit says of itself: up to where it goes,
 * of which log, in which shape, and up to where nothing of what was erased stands in its files.
 */
final class Commits {
  /** Raised when documents change their shape; an older index is made anew. */
  private static final String FORMAT = "6";

  private final Hub hub;
  private final IndexWriter writer;

  /** Something was erased at this position, and its words may stand in old segments still. */
  private volatile long toPurge;

  /** The position up to which nothing of what was erased stands in any file. */
  private long purged;

  Commits(Hub hub, IndexWriter writer) {
    this.hub = hub;
    this.writer = writer;
  }

  /** How far the index on the disk goes; one of another shape or of another log is dropped. */
  long begin() {
    var said = writer.getLiveCommitData();
    if (said != null)
      for (var e : said)
        if (e.getKey().equals("head") && e.getValue().startsWith(FORMAT + " ")) {
          var head = Head.parse(e.getValue().substring(FORMAT.length() + 1));
          if (head.equals(head(head.position()))) {
            purgeSince(said);
            return head.position();
          }
        }
    try {
      writer.deleteAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return 0;
  }

  /** Takes up what was to be purged when the server died. */
  private void purgeSince(Iterable<Map.Entry<String, String>> said) {
    for (var e : said) if (e.getKey().equals("purged")) purged = Long.parseLong(e.getValue());
    try (var erased = hub.read(Which.all().only("erased"), purged)) {
      toPurge = erased.mapToLong(Entry::position).max().orElse(0);
    }
  }

  /** The chain's head as it was at a position; the empty one where there is none. */
  private Head head(long position) {
    if (position == 0) return Head.EMPTY;
    try (var entries = hub.read(Which.all(), position - 1)) {
      return entries.findFirst().map(e -> new Head(e.position(), e.hash())).orElse(Head.EMPTY);
    }
  }

  void erased(long position) {
    toPurge = position;
  }

  /** Whether something erased is to go from the files, now that its documents say so. */
  boolean toPurge(long indexed) {
    return toPurge > 0 && toPurge <= indexed;
  }

  /**
   * Writes the index so that nothing of what was replaced stands in any of its files.
   *
   * @param readers hold on to old files until they look anew
   */
  void purge(long indexed, SearcherManager readers) throws IOException {
    var upTo = toPurge;
    commit(indexed);
    writer.forceMergeDeletes();
    purged = upTo;
    say(indexed);
    writer.commit();
    readers.maybeRefreshBlocking();
    writer.deleteUnusedFiles();
    if (toPurge == upTo) toPurge = 0;
  }

  /** What is written meanwhile may be in it too: after a crash it is written once more. */
  void commit(long indexed) throws IOException {
    if (!writer.hasUncommittedChanges()) return;
    say(indexed);
    writer.commit();
  }

  private void say(long indexed) {
    writer.setLiveCommitData(
        Map.of("head", FORMAT + " " + head(indexed), "purged", Long.toString(purged)).entrySet());
  }
}
