package org.onedoor.log;

import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Event;

/**
 * What is to go of a stream, for ever.
 *
 * @param upTo of the entries up to this version everything goes that they say, or of one party its
 *     particulars; 0: nothing but what is restated
 * @param party whose particulars go; null: all that is said
 * @param about the case, where the stream does not tell
 * @param restated what single entries say instead, by version: the same without the words that must
 *     go
 * @param seen how many entries the stream had when this was decided; more by now is a {@link
 *     Conflict}; below 0: however many
 */
public record Erasure(
    String stream,
    int upTo,
    @Nullable String party,
    @Nullable String about,
    SequencedMap<Integer, Event> restated,
    String reason,
    int seen) {

  /** As {@link EventLog#erase(String, int, String, String, String)}. */
  public static Erasure of(String stream, int upTo, @Nullable String party, String reason) {
    return new Erasure(stream, upTo, party, null, new TreeMap<>(), reason, -1);
  }

  /** Refuses if its stream has moved on or holds what this program does not know. */
  void mustFit(Fit.End end) {
    if (end.unknown()) throw new ReadOnlyStream(stream);
    if (seen >= 0 && seen != end.version()) throw new Conflict(stream, seen, end.version());
  }
}
