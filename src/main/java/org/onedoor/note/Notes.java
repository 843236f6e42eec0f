package org.onedoor.note;

import static org.onedoor.people.Refused.Code.BAD_INPUT;
import static org.onedoor.people.Refused.Code.NOT_ALLOWED;
import static org.onedoor.people.Refused.Code.NOT_FOUND;
import static org.onedoor.people.Refused.Code.NOT_NOW;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.onedoor.event.Event.Erased;
import org.onedoor.event.Event.NoteOpened;
import org.onedoor.event.Event.Typed;
import org.onedoor.event.Update;
import org.onedoor.log.Conflict;
import org.onedoor.log.Fact;
import org.onedoor.log.Following;
import org.onedoor.log.Hub;
import org.onedoor.log.Unavailable;
import org.onedoor.log.Which;
import org.onedoor.people.Access.NoteHead;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Refused;
import org.onedoor.people.Secret;
import org.onedoor.people.Text;
import org.onedoor.people.Thing;
import org.springframework.stereotype.Component;

/**
 * Notes being typed in. The thread that brings a push leads: it takes all pushes waiting for the
 * same note, moves late ones over what came before, and appends them under one sync of the disk.
 * What is shown to anybody, the author included, comes back from the log.
 */
@Component
public final class Notes {
  /** UTF-16 units; a session of a day typed without a pause. */
  public static final int MOST = 1_000_000;

  static final int MOST_UPDATES = 100;
  static final int MOST_UNITS = 300_000;

  /** Whom a note can be for. */
  public static final Set<String> AUDIENCES = Set.of("joint", "agency");

  private static final int REMEMBERED = 500;

  private final Hub hub;
  private final People people;

  /** One desk per note as long as anybody holds it, so that nobody writes beside it. */
  private final Cache<String, Desk> desks = Caffeine.newBuilder().weakValues().build();

  /** Desks held a while longer than they are used. */
  private final Cache<String, Desk> warm = Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  /** Where the case of a note is found; a note never changes its case. */
  private final Cache<String, String> cases = Caffeine.newBuilder().maximumSize(50_000).build();

  public Notes(Hub hub, People people) {
    this.hub = hub;
    this.people = people;
    hub.fold(entry -> {
      if (!entry.stream().contains("/note/")) return;
      var id = id(entry.stream());
      var desk = desks.getIfPresent(id);
      if (desk == null) return;
      if (entry.event() instanceof Erased erased) {
        // what it knows is gone: whoever comes next reads anew what is left
        desks.invalidate(id);
        warm.invalidate(id);
        desk.erased(erased.upTo() == 0 || erased.versions().size() > 1);
      } else desk.take(entry);
    });
  }

  /** Where a note's entries stand. */
  public static String stream(String caseId, String noteId) {
    return "case/" + caseId + "/note/" + noteId;
  }

  private static String id(String stream) {
    return stream.substring(stream.lastIndexOf('/') + 1);
  }

  /** A note of a case, for code that asks {@code maySee} itself. */
  public Note note(String caseId, String noteId) {
    return desk(caseId, noteId).note;
  }

  /** Whether at any time somebody could read something in it. */
  public boolean everRead(String caseId, String noteId, Predicate<String> something) {
    var then = new Note();
    try (var entries = hub.read(Which.stream(stream(caseId, noteId)).only("typed"), 0)) {
      return entries.anyMatch(entry -> {
        then.take(entry);
        return something.test(then.text());
      });
    }
  }

  private Desk desk(String caseId, String noteId) {
    var desk = desks.get(noteId, id -> new Desk(hub, caseId, id)).open();
    warm.put(noteId, desk);
    return desk;
  }

  /** The case a note belongs to; nothing if there is no such note. */
  public Optional<String> caseOf(String noteId) {
    if (!noteId.matches("[A-Za-z0-9_-]{16,64}")) return Optional.empty();
    var known = cases.getIfPresent(noteId);
    if (known != null) return Optional.of(known);
    var found = hub.once(once(noteId)).map(e -> Objects.requireNonNull(e.about()));
    found.ifPresent(c -> cases.put(noteId, c));
    return found;
  }

  /** A note one may read; else it does not exist. */
  public NoteHead seen(Officer who, String noteId) {
    var caseId = caseOf(noteId).orElseThrow(() -> new Refused(NOT_FOUND, "people.notFound"));
    people.mustSee(who, new Thing.Note(caseId, noteId));
    return Objects.requireNonNull(people.access(caseId).notes().get(noteId));
  }

  /** Whether somebody may type in a note now; a director only ever reads. */
  public boolean mayWrite(Officer who, String caseId, String noteId) {
    return people.access(caseId).open() && people.maySee(who, new Thing.Note(caseId, noteId));
  }

  /**
   * Begins a note.
   *
   * @param audience joint or agency (the writer's own)
   * @param session whose record it is
   * @param beginning what stands in it at once, by who opens it
   * @return its entry
   */
  public Entry open(
      Officer who,
      String caseId,
      @Nullable String title,
      @Nullable String audience,
      @Nullable String session,
      @Nullable String beginning,
      @Nullable String once) {
    people.mustSee(who, new Thing.Facts(caseId));
    var called = Text.line("title", title, Text.TITLE);
    if (audience == null || !AUDIENCES.contains(audience))
      throw new Refused(BAD_INPUT, "note.badAudience").at("audience");
    var text = Text.may("text", beginning, Text.WORDS);
    // a repeated request makes the same id, so the note is opened once
    var id = once == null ? Secret.random(16) : Secret.hash("note:" + once).substring(0, 32);
    var agency = audience.equals("agency") ? who.agency() : null;
    var opened = new NoteOpened(id, called, audience, agency, List.of(), session);
    return hub.settleAll(
            once(id),
            () -> {
              var inCase = people.version(caseId);
              var in = people.access(caseId);
              if (!people.mayRead(who, caseId, audience, agency))
                throw new Refused(NOT_ALLOWED, "note.mayNot");
              if (!in.open()) throw new Refused(NOT_NOW, "note.caseClosed");
              return facts(who, caseId, inCase, opened, text);
            })
        .getFirst();
  }

  private static List<Fact> facts(
      Officer who, String caseId, int inCase, NoteOpened opened, @Nullable String text) {
    var stream = stream(caseId, opened.id());
    var facts = new ArrayList<Fact>();
    facts.add(
        new Fact(stream, 0, opened, who.id(), once(opened.id())).given("case/" + caseId, inCase));
    if (text != null)
      facts.add(new Fact(stream, 1, typed(ChangeSet.insert(text + "\n"), null), who.id()));
    return facts;
  }

  /** A whole text as somebody's typing, for a note that is said anew. */
  public static Typed whole(String text, String by) {
    var all = text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
    return all.isEmpty() ? new Typed(List.of()) : typed(ChangeSet.insert(all), by);
  }

  /** A change that no window waits for, under a client id of its own. */
  private static Typed typed(ChangeSet change, @Nullable String by) {
    return new Typed(List.of(new Update(change.json(), Secret.random(16), 0, by)));
  }

  private static String once(String noteId) {
    return "note:" + noteId;
  }

  /**
   * Shows the note as it is and then hands over what is typed in it until closed, in order and
   * without a hole. Neither may block.
   */
  Following watch(String caseId, String noteId, Consumer<Note> first, Desk.Watcher watcher) {
    var desk = desk(caseId, noteId);
    synchronized (desk) {
      first.accept(desk.note);
      desk.watchers.add(watcher);
    }
    return () -> desk.watchers.remove(watcher);
  }

  /** Brings updates; they are echoed to all watchers once durable, or answered. */
  void push(String caseId, String noteId, Push push) {
    var desk = desk(caseId, noteId);
    desk.add(push);
    while (!desk.nothingWaits()) {
      desk.writing.lock();
      try {
        write(desk, desk.takeWaiting());
      } finally {
        desk.writing.unlock();
      }
    }
  }

  /**
   * Appends a paragraph for somebody who is not at a keyboard (the record of a session, the demo).
   *
   * @throws Refused NOT_ALLOWED if they may not write there
   */
  public void write(Officer who, String caseId, String noteId, String paragraph) {
    var text = Text.must("text", paragraph, Text.WORDS) + "\n";
    if (!mayWrite(who, caseId, noteId)) throw new Refused(NOT_ALLOWED, "note.mayNot");
    var desk = desk(caseId, noteId);
    hub.settle(() -> {
      var typed = typed(ChangeSet.append(desk.note.length(), text), null);
      return new Fact(desk.stream(), desk.note.entries(), typed, who.id());
    });
  }

  private void write(Desk desk, List<Push> pushes) {
    var facts = new ArrayList<Fact>();
    var taken = new ArrayList<Push>();
    try {
      var page = new Page(desk);
      for (var push : pushes) {
        var updates = updates(desk, page, push);
        if (updates.isEmpty()) continue;
        var version = page.entries() + facts.size();
        facts.add(new Fact(desk.stream(), version, new Typed(updates), push.who().id()));
        taken.add(push);
      }
      if (!facts.isEmpty()) hub.append(facts);
    } catch (Conflict e) {
      hub.await(hub.head().position());
      write(desk, taken); // another process typed in it: once more over its updates
    } catch (RuntimeException e) {
      pushes.forEach(p -> p.answer().unavailable()); // or they would wait for an answer for ever
      if (!(e instanceof Unavailable)) throw e;
    }
  }

  /** The updates of a push as they will be stored, or none after it was answered. */
  private List<Update> updates(Desk desk, Page page, Push push) {
    if (desk.isErased()) {
      push.answer().unavailable(); // it comes back and finds what is left
      return List.of();
    }
    var known = page.next(push.client());
    if (!mayWrite(push.who(), desk.caseId, desk.noteId)) {
      var closed = !people.access(desk.caseId).open();
      push.answer()
          .refused(closed ? "CLOSED" : "NOT_ALLOWED", closed ? "note.caseClosed" : "note.mayNot");
    } else if (push.base() > page.version() || push.first() > known) {
      push.answer().behind();
    } else {
      if (push.first() < known) desk.again(push);
      if (push.first() + push.changes().size() > known) return page.add(push, known);
    }
    return List.of();
  }

  /** What was typed since a version, as long as it is remembered or stands in the log. */
  List<Note.Shown> past(String caseId, String noteId, int since) {
    var desk = desk(caseId, noteId);
    return since > desk.note.version() ? List.of() : desk.since(since);
  }

  /** Whether a client id is nobody else's in this note. */
  boolean mayBe(String caseId, String noteId, String client, String account) {
    return desk(caseId, noteId).note.mayBe(client, account);
  }
}
