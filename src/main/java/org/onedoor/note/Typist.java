package org.onedoor.note;

import io.micrometer.core.instrument.Metrics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.onedoor.log.Following;
import org.onedoor.people.Officer;
import org.onedoor.people.Thing;
import org.onedoor.people.Words;
import org.springframework.web.socket.CloseStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One open editor, or a program that speaks as one: what it says and what it is told. */
final class Typist implements Desk.Watcher, SocketDoor.End {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** A client's message: bytes as UTF-8. */
  private static final int MOST_BYTES = 1 << 20;

  private static final int WITHDRAWN = 4403;
  private static final int ERASED = 4409;

  final Line line;
  final Officer who;
  final String caseId;
  final String client;
  private final String noteId;
  private final Locale locale;
  private final Greeting greeting;
  private final NoteSocket sockets;
  private final Notes notes;
  private final Pace pace = new Pace();
  private final StringBuilder parts = new StringBuilder();
  private long bytes;
  private volatile @Nullable Following watching;
  private volatile boolean wrote;
  private volatile boolean ended;

  Typist(Greeting greeting) {
    this.greeting = greeting;
    line = greeting.asking().line();
    who = greeting.asking().who();
    locale = greeting.asking().locale();
    caseId = greeting.caseId();
    noteId = greeting.noteId();
    client = greeting.client();
    sockets = greeting.sockets();
    notes = sockets.notes();
  }

  boolean goesBy(String id) {
    return client.equals(id);
  }

  boolean is(String account) {
    return who.id().equals(account);
  }

  /** Says what there is, then whatever comes. */
  @Override
  public void begin() {
    wrote = notes.mayWrite(who, caseId, noteId);
    var past = greeting.past();
    watching =
        notes.watch(
            caseId,
            noteId,
            note -> {
              greeting.frames(note, past, wrote).forEach(line::greet);
              sockets.enter(noteId, this);
            },
            this);
    if (ended) gone(); // the line died while this was begun: or somebody is here for ever
    else check(); // the right may have ended between the handshake and here
  }

  void people(Set<Typist> room) {
    line.send(JSON.writeValueAsString(Map.of("t", "people", "people", greeting.people(room))));
  }

  @Override
  public void typed(String frame) {
    line.send(frame);
  }

  @Override
  public void erased(boolean restated) {
    if (restated) line.close(1012, "restated");
    else line.close(ERASED, "erased");
  }

  @Override
  public void hear(String text, boolean last) {
    bytes += text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_BYTES) {
      line.close(CloseStatus.TOO_BIG_TO_PROCESS.getCode(), "at most 1 MiB");
      return;
    }
    parts.append(text);
    if (!last) return;
    var message = parts.toString();
    parts.setLength(0);
    bytes = 0;
    message(message);
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
    } else if (!pace.push(updates.size())) {
      refuse(first, "TOO_FAST", "note.tooFast");
    } else {
      try {
        push(said.path("v").asInt(), first, changes(updates));
      } catch (ChangeSet.Bad e) {
        refuse(first, "BAD_CHANGE", "note.badChange");
      }
    }
  }

  private List<ChangeSet> changes(JsonNode updates) {
    var changes = new ArrayList<ChangeSet>();
    for (var u : updates) {
      if (!goesBy(u.path("i").asString(""))) throw new ChangeSet.Bad("another client");
      changes.add(ChangeSet.parse(u.path("c")));
    }
    return changes;
  }

  private void push(int base, int first, List<ChangeSet> changes) {
    var units = changes.stream().mapToLong(ChangeSet::inserted).sum();
    if (units > Notes.MOST_UNITS) refuse(first, "TOO_LONG", "note.tooLong");
    else
      notes.push(caseId, noteId, new Push(who, client, base, first, changes, new Answers(first)));
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
    sockets.moved(noteId, this, JSON.writeValueAsString(cursor));
  }

  /** What other servers are told of this typist: the account, and where the caret is. */
  String sign(String caret) {
    return who.id() + "\n" + caret;
  }

  private void refuse(int first, String code, String key) {
    Metrics.counter("onedoor.pushes.refused", "code", code).increment();
    var no = new LinkedHashMap<String, Object>();
    no.put("t", "refused");
    no.put("s", first);
    no.put("code", code);
    no.put("why", Words.say(locale, key));
    line.send(JSON.writeValueAsString(no));
  }

  /** Looks again at what this person may do. */
  void check() {
    if (!sockets.people().maySee(who, new Thing.Note(caseId, noteId))) {
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

  @Override
  public void gone() {
    ended = true;
    if (watching != null) watching.close();
    sockets.leave(noteId, this);
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
    public void again(String frame) {
      line.send(frame);
    }

    @Override
    public void unavailable() {
      line.close(1012, "cannot write now");
    }
  }
}
