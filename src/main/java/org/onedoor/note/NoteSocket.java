package org.onedoor.note;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.onedoor.event.Event.Typed;
import org.onedoor.log.Hub;
import org.onedoor.people.People;
import org.onedoor.people.Thing;
import org.onedoor.people.Words;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * {@code /ws/notes/ID?i=CLIENT&since=VERSION}: the wire between a typing client and {@link Notes},
 * to the letter of the public contract. Each connection is a {@link Typist}; this class lets them
 * in and tells them when their right ends.
 */
@Component
final class NoteSocket extends TextWebSocketHandler {
  private static final int SOCKETS_PER_ACCOUNT = 400;
  private static final int WRONG_CALL = 4400;
  private static final int NOT_SIGNED_IN = 4401;
  private static final int NO_SUCH_NOTE = 4404;
  private static final int ELSEWHERE = 4410;

  private final Notes notes;
  private final People people;
  private final Cards cards;
  private final Handshake handshake;
  private final Beats beats;
  private final Map<String, Typist> typists = new ConcurrentHashMap<>();
  private final Map<String, Integer> sockets = new ConcurrentHashMap<>();

  /** Who types in a note. Changed and told about under its own lock, so that news is in order. */
  private final Map<String, Set<Typist>> rooms = new ConcurrentHashMap<>();

  NoteSocket(Hub hub, Notes notes, People people, Cards cards, Handshake handshake, Beats beats) {
    this.notes = notes;
    this.people = people;
    this.cards = cards;
    this.handshake = handshake;
    this.beats = beats;
    var _ = hub.listen("note-rights", this::rights, () -> typists.values().forEach(Typist::check));
  }

  private void rights(Entry entry) {
    if (entry.event() instanceof Typed || entry.about() == null) return;
    for (var typist : typists.values()) if (typist.caseId.equals(entry.about())) typist.check();
  }

  @Override
  public boolean supportsPartialMessages() {
    return true;
  }

  @Override
  public void afterConnectionEstablished(WebSocketSession session) {
    var line =
        new Line(
            session,
            handshake::holds,
            () -> afterConnectionClosed(session, CloseStatus.NO_CLOSE_FRAME));
    var who = handshake.who(session);
    var uri = session.getUri();
    var asked = uri == null ? null : UriComponentsBuilder.fromUri(uri).build();
    if (who.isEmpty() || asked == null) {
      line.close(NOT_SIGNED_IN, "not signed in");
      return;
    }
    var noteId = asked.getPathSegments().isEmpty() ? "" : asked.getPathSegments().getLast();
    var found =
        notes.caseOf(noteId).filter(c -> people.maySee(who.get(), new Thing.Note(c, noteId)));
    if (found.isEmpty()) {
      line.close(NO_SUCH_NOTE, "no such note");
      return;
    }
    var query = asked.getQueryParams();
    var client = query.getFirst("i");
    var account = who.get().id();
    if (client == null || !client.matches("[A-Za-z0-9_-]{16,64}")) {
      line.close(WRONG_CALL, "i must be 16 to 64 of A-Z a-z 0-9 _ -");
    } else if (!notes.mayBe(found.get(), noteId, client, account)
        || room(noteId).stream().anyMatch(t -> t.goesBy(client) && !t.is(account))) {
      line.close(WRONG_CALL, "i is another account's");
    } else if (sockets.merge(account, 1, Integer::sum) > SOCKETS_PER_ACCOUNT) {
      sockets.merge(account, -1, NoteSocket::less);
      line.close(WRONG_CALL, "too many sockets");
    } else {
      var typist = new Typist(line, who.get(), found.get(), noteId, client, locale(session), this);
      for (var other : room(noteId))
        if (other.goesBy(client)) other.line.close(ELSEWHERE, "opened elsewhere");
      typists.put(session.getId(), typist);
      beats.add(line);
      typist.open(number(query.getFirst("since")), query.containsKey("whole"));
      // who died meanwhile may have been told off before they were noted
      if (!session.isOpen()) afterConnectionClosed(session, CloseStatus.NO_CLOSE_FRAME);
    }
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

  private static Locale locale(WebSocketSession session) {
    return Words.locale(session.getHandshakeHeaders().getFirst("Accept-Language"));
  }

  @Override
  protected void handleTextMessage(WebSocketSession session, TextMessage message) {
    var typist = typists.get(session.getId());
    if (typist != null) typist.part(message.getPayload(), message.isLast());
  }

  @Override
  protected void handlePongMessage(WebSocketSession session, PongMessage message) {
    var typist = typists.get(session.getId());
    if (typist != null) typist.line.heard();
  }

  @Override
  public void handleTransportError(WebSocketSession session, Throwable e) {
    afterConnectionClosed(session, CloseStatus.NO_CLOSE_FRAME);
  }

  @Override
  public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
    var typist = typists.remove(session.getId());
    if (typist == null) return;
    sockets.merge(typist.account(), -1, NoteSocket::less);
    beats.remove(typist.line);
    typist.gone();
  }

  private static @Nullable Integer less(Integer all, Integer one) {
    return all + one == 0 ? null : all + one;
  }
}
