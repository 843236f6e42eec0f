package org.onedoor.note;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.onedoor.event.Event.Typed;
import org.onedoor.log.Hub;
import org.onedoor.people.People;
import org.onedoor.people.Thing;
import org.springframework.stereotype.Component;

/**
 * {@code /ws/notes/ID?i=CLIENT&since=VERSION}: the wire between a typing client and {@link Notes},
 * to the letter of the public contract. Each connection is a {@link Typist}; this class lets them
 * in and tells them when their right ends.
 */
@Component
final class NoteSocket extends SocketDoor<Typist> {
  private static final int NO_SUCH_NOTE = 4404;
  private static final int ELSEWHERE = 4410;

  private final Notes notes;
  private final People people;
  private final Cards cards;

  /** Who types in a note. Changed and told about under its own lock, so that news is in order. */
  private final Map<String, Set<Typist>> rooms = new ConcurrentHashMap<>();

  NoteSocket(Hub hub, Notes notes, People people, Cards cards, Handshake handshake, Beats beats) {
    super(handshake, beats);
    this.notes = notes;
    this.people = people;
    this.cards = cards;
    var _ = hub.listen("note-rights", this::rights, () -> ends().forEach(Typist::check));
  }

  private void rights(Entry entry) {
    if (entry.event() instanceof Typed || entry.about() == null) return;
    for (var typist : ends()) if (typist.caseId.equals(entry.about())) typist.check();
  }

  @Override
  public boolean supportsPartialMessages() {
    return true; // a push may be a megabyte
  }

  @Override
  protected Optional<Typist> admit(Asking asking) {
    var path = asking.address().getPathSegments();
    var noteId = path.isEmpty() ? "" : path.getLast();
    var who = asking.who();
    var found = notes.caseOf(noteId).filter(c -> people.maySee(who, new Thing.Note(c, noteId)));
    if (found.isEmpty()) return asking.no(NO_SUCH_NOTE, "no such note");
    var client = asking.parameter("i");
    if (client == null || !client.matches("[A-Za-z0-9_-]{16,64}"))
      return asking.no(WRONG_CALL, "i must be 16 to 64 of A-Z a-z 0-9 _ -");
    if (!notes.mayBe(found.get(), noteId, client, who.id())
        || room(noteId).stream().anyMatch(t -> t.goesBy(client) && !t.is(who.id())))
      return asking.no(WRONG_CALL, "i is another account's");
    for (var other : room(noteId))
      if (other.goesBy(client)) other.line.close(ELSEWHERE, "opened elsewhere");
    var since = number(asking.parameter("since"));
    var whole = asking.address().getQueryParams().containsKey("whole");
    return Optional.of(new Typist(asking, found.get(), noteId, client, since, whole, this));
  }

  Notes notes() {
    return notes;
  }

  People people() {
    return people;
  }

  Cards cards() {
    return cards;
  }

  Set<Typist> room(String noteId) {
    return rooms.getOrDefault(noteId, Set.of());
  }

  /** Somebody comes or goes: all who are there afterwards hear of it. */
  void change(String noteId, Consumer<Set<Typist>> how) {
    rooms.compute(
        noteId,
        (_, was) -> {
          var room = was == null ? ConcurrentHashMap.<Typist>newKeySet() : was;
          how.accept(room);
          room.forEach(t -> t.people(room));
          return room.isEmpty() ? null : room;
        });
  }

  private static int number(@Nullable String text) {
    return text == null || !text.matches("\\d{1,9}") ? -1 : Integer.parseInt(text);
  }
}
