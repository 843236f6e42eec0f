package org.onedoor.note;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.onedoor.people.Officer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/**
 * How an editor is greeted: with the updates it missed where these will do, else with the whole
 * text; and in both cases with who is here.
 *
 * @param client by which id it types
 * @param since the version it has; below 0: none
 * @param whole whether it wants the text all the same, with what came since beside it
 */
record Greeting(
    NoteSocket sockets,
    SocketDoor.Asking asking,
    String caseId,
    String noteId,
    String client,
    int since,
    boolean whole) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Updates sent instead of the text: characters; beyond this the text is the shorter story. */
  private static final int MOST_MISSED = 1 << 20;

  /** What came since a client's base, sent together with the text: characters. */
  private static final int MOST_PAST = 8 << 20;

  /** What came since, for who wants it beside the text; read before the note has to stand still. */
  @Nullable List<Note.Shown> past() {
    return whole && since >= 0 ? sockets.notes().past(caseId, noteId, since) : null;
  }

  /**
   * What is said first, in order.
   *
   * @param past what {@link #past} told a moment ago
   * @param write whether they may write
   */
  List<String> frames(Note note, @Nullable List<Note.Shown> past, boolean write) {
    var behind = note.version() - since;
    var missed =
        since < 0 || behind < 0 || !note.has(since) || whole
            ? null
            : Frames.updates(since, note.since(since), note.sumIfPassed(since));
    if (missed == null || missed.length() > MOST_MISSED)
      return List.of(JSON.writeValueAsString(text(note, past, write)));
    var head = JSON.writeValueAsString(head(note, since, write));
    return behind > 0 ? List.of(head, missed) : List.of(head);
  }

  private Map<String, Object> head(Note note, int version, boolean write) {
    var head = sockets.people().access(caseId).notes().get(noteId);
    var open = new LinkedHashMap<String, Object>();
    open.put("t", "open");
    open.put("v", version);
    open.put("head", note.version());
    open.put("next", note.next(client));
    open.put("me", sockets.cards().of(asking.who(), asking.locale()));
    open.put("write", write);
    open.put("audience", head == null ? "" : head.audience());
    open.put("people", people(sockets.room(noteId)));
    return open;
  }

  private Map<String, Object> text(Note note, @Nullable List<Note.Shown> past, boolean write) {
    var open = head(note, note.version(), write);
    open.put("doc", note.text());
    open.put("h", note.sum());
    open.put("authors", note.authors().stream().map(r -> List.of(r.length(), r.by())).toList());
    open.put(
        "writers",
        note.writers().stream()
            .flatMap(w -> sockets.people().officer(w).stream())
            .map(o -> sockets.cards().of(o, asking.locale()))
            .toList());
    if (since > note.version()) open.put("reset", true);
    else if (past != null && note.has(since + past.size())) {
      var all = new ArrayList<>(past);
      all.addAll(note.since(since + past.size())); // what came since it was read
      var came = Frames.list(all);
      if (came.length() <= MOST_PAST) open.put("past", new RawValue(came));
    }
    return open;
  }

  /** Who is here, at this server and at others, as this one reads names. */
  List<Map<String, Object>> people(Set<Typist> room) {
    var all = new ArrayList<Map<String, Object>>();
    for (var typist : room) all.add(card(typist.who, typist.client));
    sockets
        .typingElsewhere(noteId)
        .forEach((id, account) -> {
          if (room.stream().noneMatch(t -> t.goesBy(id)))
            sockets.people().officer(account).ifPresent(o -> all.add(card(o, id)));
        });
    return all;
  }

  private Map<String, Object> card(Officer officer, String id) {
    var card = new LinkedHashMap<>(sockets.cards().of(officer, asking.locale()));
    card.put("i", id);
    return card;
  }
}
