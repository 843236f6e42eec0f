package org.onedoor.note;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.onedoor.event.Event.Typed;
import org.onedoor.log.Following;
import org.onedoor.log.Hub;
import org.onedoor.people.Officer;
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
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code /ws/notes/ID?i=CLIENT&since=VERSION}: the wire between a typing client and {@link Notes},
 * to the letter of CONTRACTS.md. Each connection is a {@link Typist}; this class lets them in and
 * tells them when their right ends.
 */
@Component
final class NoteSocket extends TextWebSocketHandler {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** A client's message: bytes as UTF-8. */
  private static final int MOST_BYTES = 1 << 20;

  private static final int SOCKETS_PER_ACCOUNT = 400;
  private static final int NOT_SIGNED_IN = 4401;
  private static final int WITHDRAWN = 4403;
  private static final int NO_SUCH_NOTE = 4404;
  private static final int ELSEWHERE = 4410;

  private final Notes notes;
  private final People people;
  private final Cards cards;
  private final Handshake handshake;
  private final Beats beats;
  private final Map<String, Typist> typists = new ConcurrentHashMap<>();
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
    var line = new Line(session);
    var who = handshake.who(session);
    var uri = session.getUri();
    var asked = uri == null ? null : UriComponentsBuilder.fromUri(uri).build();
    if (who.isEmpty() || asked == null) {
      line.close(NOT_SIGNED_IN, "not signed in");
      return;
    }
    var path = asked.getPathSegments();
    var noteId = path.isEmpty() ? "" : path.getLast();
    var client = asked.getQueryParams().getFirst("i");
    var found =
        notes.caseOf(noteId).filter(c -> people.maySee(who.get(), new Thing.Note(c, noteId)));
    if (found.isEmpty()) {
      line.close(NO_SUCH_NOTE, "no such note");
      return;
    }
    if (client == null || !client.matches("[A-Za-z0-9_-]{16,64}")) {
      line.close(1008, "i must be 16 to 64 of A-Z a-z 0-9 _ -");
      return;
    }
    var account = who.get().id();
    if (typists.values().stream().filter(t -> t.who.id().equals(account)).count()
        >= SOCKETS_PER_ACCOUNT) {
      line.close(1008, "too many sockets");
      return;
    }
    var since = number(asked.getQueryParams().getFirst("since"));
    var typist = new Typist(session, line, who.get(), found.get(), noteId, client, locale(session));
    for (var other : room(noteId))
      if (other.client.equals(client) && other.who.id().equals(account))
        other.line.close(ELSEWHERE, "opened elsewhere");
    typists.put(session.getId(), typist);
    beats.add(line);
    typist.open(since);
  }

  private Set<Typist> room(String noteId) {
    return rooms.getOrDefault(noteId, Set.of());
  }

  private static int number(@Nullable String text) {
    return text == null || !text.matches("\\d{1,9}") ? -1 : Integer.parseInt(text);
  }

  private static Locale locale(WebSocketSession session) {
    var said = session.getHandshakeHeaders().getFirst("Accept-Language");
    try {
      return said == null
          ? Locale.ENGLISH
          : Words.nearest(
              Locale.forLanguageTag(Locale.LanguageRange.parse(said).getFirst().getRange()));
    } catch (IllegalArgumentException e) {
      return Locale.ENGLISH;
    }
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
    if (typist != null) typist.gone();
  }

  /** One open editor. */
  private final class Typist implements Notes.Watcher {
    final Line line;
    final Officer who;
    final String caseId;
    final String noteId;
    final String client;
    private final WebSocketSession session;
    private final Locale locale;
    private final Pace pace = new Pace();
    private final StringBuilder parts = new StringBuilder();
    private long bytes;
    private @Nullable Following watching;
    private boolean wrote;

    Typist(
        WebSocketSession session,
        Line line,
        Officer who,
        String caseId,
        String noteId,
        String client,
        Locale locale) {
      this.session = session;
      this.line = line;
      this.who = who;
      this.caseId = caseId;
      this.noteId = noteId;
      this.client = client;
      this.locale = locale;
    }

    void open(int since) {
      wrote = notes.mayWrite(who, caseId, noteId);
      rooms.compute(
          noteId,
          (_, all) -> {
            var set = all == null ? ConcurrentHashMap.<Typist>newKeySet() : all;
            set.add(this);
            return set;
          });
      watching =
          notes.watch(
              caseId,
              noteId,
              note -> {
                var from = note.version() - since;
                var known = since >= 0 && note.has(since) && from >= 0;
                var updates = known ? Frames.updates(since, note.since(since), -1) : "";
                var small = known && updates.length() <= MOST_BYTES;
                line.send(Frames.open(head(note, since, small), note, !small));
                if (small && from > 0) line.send(updates);
              },
              this);
      tellPeople();
    }

    private Map<String, Object> head(Note note, int since, boolean updatesFollow) {
      var head = people.access(caseId).notes().get(noteId);
      var open = new LinkedHashMap<String, Object>();
      open.put("t", "open");
      open.put("v", updatesFollow ? since : note.version());
      open.put("head", note.version());
      open.put("next", note.next(client));
      open.put("me", cards.of(who, locale));
      open.put("write", wrote);
      open.put("audience", head == null ? "" : head.audience());
      open.put("people", everybody());
      if (since > note.version()) open.put("reset", true);
      return open;
    }

    private List<Map<String, Object>> everybody() {
      var all = new ArrayList<Map<String, Object>>();
      for (var typist : room(noteId)) {
        var card = new LinkedHashMap<>(cards.of(typist.who, locale));
        card.put("i", typist.client);
        all.add(card);
      }
      return all;
    }

    private void tellPeople() {
      for (var typist : room(noteId))
        typist.line.send(
            JSON.writeValueAsString(Map.of("t", "people", "people", typist.everybody())));
    }

    @Override
    public void typed(int from, List<Note.Shown> updates, long sum) {
      line.send(Frames.updates(from, updates, sum));
    }

    void part(String text, boolean last) {
      line.heard();
      bytes += text.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MOST_BYTES) {
        line.close(CloseStatus.TOO_BIG_TO_PROCESS.getCode(), "at most 1 MiB");
        return;
      }
      parts.append(text);
      if (!last) return;
      var whole = parts.toString();
      parts.setLength(0);
      bytes = 0;
      message(whole);
    }

    private void message(String text) {
      if (!pace.message()) {
        line.close(CloseStatus.POLICY_VIOLATION.getCode(), "too many messages");
        return;
      }
      JsonNode said;
      try {
        said = JSON.readTree(text);
      } catch (JacksonException e) {
        refuse(-1, "BAD_CHANGE", "note.badChange");
        return;
      }
      switch (said.path("t").asString("")) {
        case "push" -> push(said);
        case "cursor" -> cursor(said);
        case "ping" -> line.send("{\"t\":\"pong\",\"n\":" + said.path("n").asLong(0) + "}");
        default -> refuse(-1, "BAD_CHANGE", "note.badChange");
      }
    }

    private void push(JsonNode said) {
      var first = said.path("s").asInt(-1);
      var updates = said.path("u");
      if (!updates.isArray()
          || updates.isEmpty()
          || updates.size() > Notes.MOST_UPDATES
          || first < 0
          || !said.path("v").isIntegralNumber()
          || said.path("v").asInt(-1) < 0) {
        refuse(first, "BAD_CHANGE", "note.badChange");
        return;
      }
      if (!pace.push(updates.size())) {
        refuse(first, "TOO_FAST", "note.tooFast");
        return;
      }
      var changes = new ArrayList<ChangeSet>();
      var units = 0;
      try {
        for (var u : updates) {
          if (!u.path("i").asString("").equals(client)) throw new ChangeSet.Bad("another client");
          var change = ChangeSet.parse(u.path("c"));
          units += change.inserted();
          changes.add(change);
        }
      } catch (ChangeSet.Bad e) {
        refuse(first, "BAD_CHANGE", "note.badChange");
        return;
      }
      if (units > Notes.MOST_UNITS) {
        refuse(first, "TOO_LONG", "note.tooLong");
        return;
      }
      notes.push(
          caseId,
          noteId,
          new Push(who, client, said.path("v").asInt(), first, changes, new Answers(first)));
    }

    private void cursor(JsonNode said) {
      if (!pace.cursor()) return;
      var cursor = new LinkedHashMap<String, Object>();
      cursor.put("t", "cursor");
      cursor.put("by", who.id());
      cursor.put("i", client);
      cursor.put("a", Math.max(0, said.path("a").asInt(0)));
      cursor.put("h", Math.max(0, said.path("h").asInt(0)));
      cursor.put("v", Math.max(0, said.path("v").asInt(0)));
      var text = JSON.writeValueAsString(cursor);
      for (var other : room(noteId)) if (other != this) other.line.send(text);
    }

    private void refuse(int first, String code, String key) {
      var no = new LinkedHashMap<String, Object>();
      no.put("t", "refused");
      no.put("s", first);
      no.put("code", code);
      no.put("why", Words.say(locale, key));
      line.send(JSON.writeValueAsString(no));
    }

    /** Looks again at what this person may do. */
    void check() {
      if (!people.maySee(who, new Thing.Note(caseId, noteId))) {
        line.close(WITHDRAWN, "right withdrawn");
        return;
      }
      var may = notes.mayWrite(who, caseId, noteId);
      if (may == wrote) return;
      wrote = may;
      var said = new LinkedHashMap<String, Object>();
      said.put("t", "write");
      said.put("write", may);
      said.put("why", may ? "" : Words.say(locale, "note.caseClosed"));
      line.send(JSON.writeValueAsString(said));
    }

    void gone() {
      beats.remove(line);
      if (watching != null) watching.close();
      rooms.computeIfPresent(
          noteId,
          (_, all) -> {
            all.remove(this);
            return all.isEmpty() ? null : all;
          });
      tellPeople();
      line.close(CloseStatus.NORMAL.getCode(), null);
    }

    /** What a push is told when it is not simply echoed. */
    private final class Answers implements Push.Answer {
      private final int first;

      Answers(int first) {
        this.first = first;
      }

      @Override
      public void behind() {
        line.send("{\"t\":\"behind\"}");
      }

      @Override
      public void refused(String code, String key) {
        refuse(first, code, key);
      }

      @Override
      public void again(int from, List<Note.Shown> stored) {
        line.send(Frames.updates(from, stored, -1));
      }

      @Override
      public void unavailable() {
        line.close(1012, "cannot write now");
      }
    }

    @Override
    public String toString() {
      return who.id() + " in " + noteId + " " + session.getId();
    }
  }
}
