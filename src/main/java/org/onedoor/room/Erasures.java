package org.onedoor.room;

import static org.onedoor.people.Refused.Code.BAD_INPUT;
import static org.onedoor.people.Refused.Code.CHANGED;
import static org.onedoor.people.Refused.Code.NOT_ALLOWED;
import static org.onedoor.people.Refused.Code.NOT_FOUND;
import static org.onedoor.people.Refused.Code.NOT_NOW;
import static org.onedoor.people.Role.COORDINATOR;
import static org.onedoor.people.Role.DIRECTOR;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.onedoor.event.Event;
import org.onedoor.event.Event.*;
import org.onedoor.event.Reworded;
import org.onedoor.log.Conflict;
import org.onedoor.log.Erasure;
import org.onedoor.log.Fact;
import org.onedoor.log.Hub;
import org.onedoor.log.Keep;
import org.onedoor.log.Which;
import org.onedoor.note.Notes;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Refused;
import org.onedoor.people.Secret;
import org.onedoor.people.Text;
import org.springframework.stereotype.Component;

/**
 * Forgetting by law: one party, or a case after its term. One person proposes it and writes how the
 * free texts are to read then; another confirms it, and the words are gone for ever.
 *
 * <p>Easy to get wrong: between the two something may be written that names the person again. So
 * what is confirmed is looked at as it is then, and each stream must be as it was looked at.
 */
@Component
public final class Erasures {
  /** How long a case is kept after it ended; the shipped default, to be confirmed locally. */
  public static final Period TERM = Period.ofYears(10);

  /** Tries against people who write at the same time. */
  private static final int TRIES = 8;

  private final Hub hub;
  private final People people;
  private final Rooms rooms;
  private final Notes notes;
  private final InstantSource clock;

  public Erasures(Hub hub, People people, Rooms rooms, Notes notes, InstantSource clock) {
    this.hub = hub;
    this.people = people;
    this.rooms = rooms;
    this.notes = notes;
    this.clock = clock;
  }

  /** Who may have something forgotten at all. */
  public static boolean may(Officer who) {
    return who.is(COORDINATOR) || who.is(DIRECTOR);
  }

  /** Whether the whole case may go. */
  public boolean overdue(CaseRoom room) {
    var ended = room.closedAt() == null ? room.changed() : room.closedAt();
    return room.exists()
        && !room.open()
        && !LocalDate.ofInstant(ended, people.zone())
            .plus(TERM)
            .isAfter(LocalDate.ofInstant(clock.instant(), people.zone()));
  }

  /** The free texts of a case's facts, and how each would read without what is known of a party. */
  public List<Suggestion> suggestions(Officer who, String caseId, String party) {
    mustMay(who, caseId);
    var told = told(caseId);
    var known = known(party, told);
    return texts(told).stream().map(t -> new Suggestion(t, known.out(t.text()))).toList();
  }

  /** A text, and how it could read. */
  public record Suggestion(FreeText text, String without) {
    public boolean changes() {
      return !text.text().equals(without);
    }
  }

  /**
   * Asks for it.
   *
   * @param party whose particulars; null: the whole case, after its term
   * @param words how free texts are to read; those not among them stay as they are
   */
  public Entry propose(
      Officer who,
      String caseId,
      @Nullable String party,
      @Nullable String reason,
      List<Reworded> words) {
    var why = Text.must("reason", reason, Text.REASON);
    return hub.settle(() -> {
      mustMay(who, caseId);
      var room = rooms.seen(who, caseId);
      if (room.erasure() != null) throw new Refused(NOT_NOW, "room.erasurePending");
      if (party == null) {
        if (!overdue(room)) throw new Refused(NOT_NOW, "room.termNotOver", TERM.getYears());
      } else {
        if (room.party(party).filter(p -> p.person() != null).isEmpty())
          throw new Refused(BAD_INPUT, "room.noSuchParty").at("party");
        mustBeClean(party, told(caseId), words, BAD_INPUT);
      }
      var proposed = new ErasureProposed(Secret.random(8), party, why, List.copyOf(words));
      return new Fact("case/" + caseId, room.version(), proposed, who.id());
    });
  }

  /** The other pair of eyes says no. */
  public Entry refuse(Officer who, String caseId, String id, @Nullable String reason) {
    var why = Text.must("reason", reason, Text.REASON);
    return hub.settle(() -> {
      mustMay(who, caseId);
      var room = rooms.seen(who, caseId);
      var pending = pending(room, id);
      return new Fact(
          "case/" + caseId, room.version(), new ErasureRefused(pending.what().id(), why), who.id());
    });
  }

  /** The other pair of eyes says yes; when this returns the words are gone. */
  public void confirm(Officer who, String caseId, String id) {
    for (var tries = 1; ; tries++) {
      try {
        confirmOnce(who, caseId, id);
        return;
      } catch (Conflict e) {
        if (tries == TRIES) throw e;
        hub.await(hub.head().position());
      }
    }
  }

  private void confirmOnce(Officer who, String caseId, String id) {
    mustMay(who, caseId);
    var room = rooms.seen(who, caseId);
    var pending = pending(room, id);
    if (pending.by().equals(who.id())) throw new Refused(NOT_ALLOWED, "room.fourEyes");
    var what = pending.what();
    var told = told(caseId);
    var gone = new LinkedHashSet<>(List.of(caseId));
    for (var party : room.parties())
      if (what.party() == null || what.party().equals(party.id()))
        gone.addAll(known(party.id(), told).values());
    if (what.party() != null) mustBeClean(what.party(), told, what.words(), CHANGED);
    hub.log()
        .erase(
            what.party() == null
                ? whole(room, what.reason(), told)
                : party(room, what, told, who.id()),
            who.id());
    hub.await(hub.head().position());
    gone.forEach(text -> hub.keep().forget(Keep.ANSWERS, text));
  }

  private List<Erasure> party(CaseRoom room, ErasureProposed what, List<Entry> told, String by) {
    var all = new ArrayList<Erasure>();
    var known = known(Objects.requireNonNull(what.party()), told);
    for (var entry : told)
      if (entry.event() instanceof NoteOpened)
        note(entry, known, what.reason(), by).ifPresent(all::add);
    var sessions = restated("calendar", told, what.words());
    if (!sessions.isEmpty())
      all.add(new Erasure("calendar", 0, null, room.id(), sessions, what.reason(), -1));
    var own = "case/" + room.id();
    all.add(
        new Erasure(
            own,
            room.version(),
            what.party(),
            null,
            restated(own, told, what.words()),
            what.reason(),
            room.version()));
    return all;
  }

  /**
   * A note that names the party or ever did. Who erases may not read it, so it is not shown to
   * them: what is known of the party is taken out, and what stands there then is one text, because
   * letter by letter the old one would still be there.
   */
  private Optional<Erasure> note(Entry opened, Particulars known, String reason, String by) {
    var stream = opened.stream();
    var title = FreeText.reworded(opened.event(), FreeText.Rule.all(known::out));
    var anew = new TreeMap<Integer, Event>();
    var seen = hub.version(stream);
    if (!title.equals(opened.event())) anew.put(1, title);
    var id = stream.substring(stream.lastIndexOf('/') + 1);
    var caseId = Objects.requireNonNull(opened.about());
    var named = notes.everRead(caseId, id, known::in);
    if (named) {
      anew.put(1, title);
      anew.put(lastTyped(stream), Notes.whole(known.out(notes.note(caseId, id).text()), by));
    }
    return anew.isEmpty()
        ? Optional.empty()
        : Optional.of(new Erasure(stream, named ? seen : 0, null, null, anew, reason, seen));
  }

  /** Letters are stored in entries; of a stream of them, the last such one. */
  private int lastTyped(String stream) {
    try (var typed = hub.read(Which.stream(stream).only("typed"), 0)) {
      return typed.mapToInt(Entry::version).max().orElseThrow();
    }
  }

  /** Everything anybody wrote goes; that there was a case, when and how it ended stays. */
  private List<Erasure> whole(CaseRoom room, String reason, List<Entry> told) {
    var all = new ArrayList<Erasure>();
    for (var note : people.access(room.id()).notes().values()) {
      var stream = Notes.stream(room.id(), note.id());
      var anew = emptied(stream, told);
      var seen = hub.version(stream);
      all.add(new Erasure(stream, seen, null, null, anew, reason, seen));
    }
    var sessions = emptied("calendar", told);
    if (!sessions.isEmpty())
      all.add(new Erasure("calendar", 0, null, room.id(), sessions, reason, -1));
    var own = "case/" + room.id();
    all.add(
        new Erasure(own, room.version(), null, null, emptied(own, told), reason, room.version()));
    return all;
  }

  /** The entries of a stream without their texts. */
  private static SequencedMap<Integer, Event> emptied(String stream, List<Entry> told) {
    var anew = new TreeMap<Integer, Event>();
    for (var entry : told) {
      if (!entry.stream().equals(stream)) continue;
      var event = FreeText.reworded(entry.event(), FreeText.Rule.all(_ -> Particulars.GONE));
      var mine = entry.event() instanceof ErasureProposed e ? forgotten(e) : event;
      if (!(mine instanceof Emptied || mine instanceof Erased || mine instanceof Restated)
          && (!stream.equals("calendar") || !mine.equals(entry.event())))
        anew.put(entry.version(), mine);
    }
    return anew;
  }

  private static Event forgotten(ErasureProposed e) {
    return new ErasureProposed(e.id(), e.party(), Particulars.GONE, List.of());
  }

  /** The entries of a stream whose texts are to read otherwise. */
  private static SequencedMap<Integer, Event> restated(
      String stream, List<Entry> told, List<Reworded> words) {
    var anew = new TreeMap<Integer, Event>();
    for (var entry : told) {
      if (!entry.stream().equals(stream)) continue;
      var mine = reworded(entry, words);
      if (!mine.equals(entry.event())) anew.put(entry.version(), mine);
    }
    return anew;
  }

  private static Event reworded(Entry entry, List<Reworded> words) {
    return FreeText.reworded(
        entry.event(),
        (field, text) ->
            words.stream()
                .filter(new FreeText(entry.stream(), entry.version(), field, text)::is)
                .map(Reworded::text)
                .findFirst()
                .orElse(text));
  }

  /** What is told about a case, letters left out. */
  private List<Entry> told(String caseId) {
    try (var entries = hub.read(Which.about(caseId).but("typed"), 0)) {
      return entries.toList();
    }
  }

  /** Those of the facts; notes are their readers' business. */
  private static List<FreeText> texts(List<Entry> told) {
    var all = new ArrayList<FreeText>();
    for (var entry : told)
      if (!(entry.event() instanceof NoteOpened))
        FreeText.of(entry.event())
            .forEach((field, text) -> {
              if (!text.isBlank())
                all.add(new FreeText(entry.stream(), entry.version(), field, text));
            });
    return all;
  }

  private static Particulars known(String party, List<Entry> told) {
    return Particulars.of(party, told.stream().map(Entry::event).toList());
  }

  /** No text may name the party once these are put in their places. */
  private void mustBeClean(
      String party, List<Entry> told, List<Reworded> words, Refused.Code code) {
    var known = known(party, told);
    for (var text : texts(told)) {
      var said = words.stream().filter(text::is).map(Reworded::text).findFirst();
      if (known.in(said.orElse(text.text())))
        throw new Refused(code, code == CHANGED ? "room.namedSince" : "room.stillNamed")
            .at(text.field());
    }
  }

  private static CaseRoom.Proposal pending(CaseRoom room, String id) {
    var pending = room.erasure();
    if (pending == null || !pending.what().id().equals(id))
      throw new Refused(NOT_FOUND, "people.notFound");
    return pending;
  }

  private void mustMay(Officer who, String caseId) {
    Act.ERASE.must(who, rooms.seen(who, caseId));
  }
}
