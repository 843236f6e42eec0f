package org.onedoor.note;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.onedoor.event.Event.Typed;
import org.onedoor.log.Hub;
import org.onedoor.log.Signs;
import org.onedoor.people.People;
import org.onedoor.people.Thing;
import org.springframework.stereotype.Component;

/**
 * {@code /ws/notes/ID?i=CLIENT&since=VERSION}: the wire between a typing client and {@link Notes},
 * to the letter of the public contract. Each connection is a {@link Typist}; this class lets them
 * in and tells them when their right ends.
 */
@Component
final class NoteSocket extends SocketDoor<Typist> implements MeterBinder {
  private static final int NO_SUCH_NOTE = 4404;
  private static final int ELSEWHERE = 4410;

  /** How a sign about a note begins. */
  private static final String SIGN = "note/";

  private final Notes notes;
  private final People people;
  private final Cards cards;
  private final Signs signs;

  /** What other servers of this centre said last of a note that is open here. */
  private final Map<String, Map<String, String>> others = new ConcurrentHashMap<>();

  /** Who types in a note. Changed and told about under its own lock, so that news is in order. */
  private final Map<String, Set<Typist>> rooms = new ConcurrentHashMap<>();

  NoteSocket(Hub hub, Notes notes, People people, Cards cards, Handshake handshake, Beats beats) {
    super(handshake, beats);
    this.notes = notes;
    this.people = people;
    this.cards = cards;
    signs = hub.signs();
    var _ = signs.watch(this::elsewhere);
    var _ = hub.listen("note-rights", this::rights, this::checkAll);
    var _ = people.watch(this::checkAll); // an account may have lost its roles
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("onedoor.typists", this, sockets -> sockets.ends().size())
        .description("Open editors at this server")
        .register(registry);
  }

  private void checkAll() {
    ends().forEach(Typist::check);
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
    return Optional.of(
        new Typist(new Greeting(this, asking, found.get(), noteId, client, since, whole)));
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

  void enter(String noteId, Typist typist) {
    change(noteId, room -> room.add(typist));
    signs.give(SIGN + noteId, typist.client, typist.sign(""));
  }

  void leave(String noteId, Typist typist) {
    change(noteId, room -> room.remove(typist));
    // who came back by the same id before this one was known to be gone is still there
    if (room(noteId).stream().noneMatch(t -> t.goesBy(typist.client)))
      signs.take(SIGN + noteId, typist.client);
  }

  /** A caret moved: the others see it, those of this server at once. */
  void moved(String noteId, Typist typist, String frame) {
    for (var other : room(noteId)) if (other != typist) other.line.send(frame);
    signs.give(SIGN + noteId, typist.client, typist.sign(frame));
  }

  /** Who types in a note at another server, by client. */
  Map<String, String> typingElsewhere(String noteId) {
    var typing = new LinkedHashMap<String, String>();
    signs.others(SIGN + noteId).forEach((client, sign) -> typing.put(client, account(sign)));
    return typing;
  }

  /** An account, then the caret's frame; see {@link Typist#sign}. */
  private static String account(String sign) {
    return sign.substring(0, sign.indexOf('\n'));
  }

  /** Another server's news of a note is told to who has it open here. */
  private void elsewhere(String place) {
    if (!place.startsWith(SIGN)) return;
    var noteId = place.substring(SIGN.length());
    var now = signs.others(place);
    var before = now.isEmpty() ? others.remove(noteId) : others.put(noteId, now);
    var known = before == null ? Map.<String, String>of() : before;
    if (!known.keySet().equals(now.keySet())) change(noteId, _ -> {});
    now.forEach((client, sign) -> {
      var frame = sign.substring(sign.indexOf('\n') + 1);
      if (!frame.isEmpty() && !sign.equals(known.get(client)))
        room(noteId).forEach(t -> t.line.send(frame));
    });
  }

  /** Somebody comes or goes: all who are there afterwards hear of it. */
  private void change(String noteId, Consumer<Set<Typist>> how) {
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
