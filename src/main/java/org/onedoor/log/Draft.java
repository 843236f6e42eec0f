package org.onedoor.log;

import java.util.Arrays;
import java.util.List;
import org.onedoor.event.Event;
import org.onedoor.event.Payload;
import org.onedoor.event.Utf8;

/**
 * A fact made ready by the thread that brings it, so that whoever leads the commit only writes.
 *
 * @param event what reading the entry will give: not the caller's object but its bytes read again
 */
record Draft(Fact fact, String type, Said said, List<Row.Personal> personal, Event event) {

  /**
   * Makes a fact ready.
   *
   * @throws IllegalArgumentException if a text of it holds half a surrogate pair, or if its event
   *     is none that can be appended
   */
  static Draft of(Fact fact) {
    var payload = Payload.of(fact.event());
    var draft =
        new Draft(
            fact,
            payload.name(),
            Said.now(payload.open()),
            payload.personal().entrySet().stream()
                .map(p -> new Row.Personal(p.getKey(), Said.now(p.getValue())))
                .toList(),
            payload.event());
    if (draft.event().getClass() != fact.event().getClass())
      throw new IllegalArgumentException(fact.event() + " cannot be read again");
    draft.mustBeStorable();
    return draft;
  }

  /** Refuses texts that cannot be stored here, not in the crowd. */
  private void mustBeStorable() {
    for (var text : Arrays.asList(fact.stream(), fact.by(), fact.about(), fact.once(), type))
      if (text != null) Utf8.bytes(text);
    for (var p : personal) Utf8.bytes(p.party());
  }

  /** Facts that stand together or not at all, made ready. */
  static List<Draft> all(List<Fact> facts) {
    if (facts.isEmpty()) throw new IllegalArgumentException("nothing to append");
    var drafts = facts.stream().map(Draft::of).toList();
    var bytes = drafts.stream().mapToLong(Draft::bytes).sum();
    if (bytes > EventLog.TOGETHER)
      throw new IllegalArgumentException(bytes + " bytes are too many to stand together");
    return drafts;
  }

  private long bytes() {
    return said.bytes() + personal.stream().mapToLong(p -> p.said().bytes()).sum();
  }

  /** The entry that follows a head. */
  Row after(Head head, long at) {
    var row =
        new Row(
            head.position() + 1,
            fact.stream(),
            fact.version() + 1,
            at,
            fact.by(),
            fact.about(),
            fact.once(),
            type,
            said,
            personal,
            null,
            head.hash());
    return row.with(row.chained(head.hash()));
  }
}
