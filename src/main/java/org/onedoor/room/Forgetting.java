package org.onedoor.room;

import static org.onedoor.people.Refused.Code.CHANGED;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.onedoor.event.Event;
import org.onedoor.event.Event.*;
import org.onedoor.event.Reworded;
import org.onedoor.log.Erasure;
import org.onedoor.log.Hub;
import org.onedoor.log.Which;
import org.onedoor.note.Notes;
import org.onedoor.people.People;
import org.onedoor.people.Refused;
import org.onedoor.schedule.Calendar;

/**
 * How the words of a case go: what has to be said otherwise in which of its streams. It knows what
 * was told when it was made; the case's own stream and its notes must be as they were looked at.
 *
 * <p>Easy to get wrong: the calendar need not. All cases share it, so it moves on for reasons that
 * are none of this one's, and looking whether it did would refuse erasures for ever in a busy
 * centre. What is written there meanwhile is as if written after.
 */
final class Forgetting {
  /** However many entries the calendar has by then. */
  private static final int HOWEVER_MANY = -1;

  private final Hub hub;
  private final People people;
  private final Notes notes;

  /** What is told about the case, letters left out. */
  private final List<Entry> told;

  Forgetting(Hub hub, People people, Notes notes, String caseId) {
    this.hub = hub;
    this.people = people;
    this.notes = notes;
    try (var entries = hub.read(Which.about(caseId).but("typed"), 0)) {
      told = entries.toList();
    }
  }

  /** Those of the facts; notes are their readers' business. */
  List<FreeText> texts() {
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

  Particulars known(String party) {
    return Particulars.of(party, told.stream().map(Entry::event).toList());
  }

  /**
   * No text may name the party once these are put in their places.
   *
   * @throws Refused with this code, at the first field that does
   */
  void mustBeClean(String party, List<Reworded> words, Refused.Code code) {
    var known = known(party);
    for (var text : texts()) {
      var said = words.stream().filter(text::is).map(Reworded::text).findFirst();
      if (known.in(said.orElse(text.text())))
        throw new Refused(code, code == CHANGED ? "room.namedSince" : "room.stillNamed")
            .at(text.field());
    }
  }

  /** By what a kept answer is known to repeat something of it: the case, and who was named. */
  Set<String> goes(CaseRoom room, @Nullable String party) {
    var all = new LinkedHashSet<>(List.of(room.id()));
    for (var one : room.parties())
      if (party == null || party.equals(one.id())) all.addAll(known(one.id()).values());
    return all;
  }

  /**
   * What the log is to erase, all of it or nothing.
   *
   * @param by who confirms it, in whose name a note is said anew
   */
  List<Erasure> erasures(CaseRoom room, ErasureProposed what, String by) {
    return what.party() == null ? whole(room, what.reason()) : party(room, what, by);
  }

  private List<Erasure> party(CaseRoom room, ErasureProposed what, String by) {
    var all = new ArrayList<Erasure>();
    var known = known(Objects.requireNonNull(what.party()));
    for (var entry : told)
      if (entry.event() instanceof NoteOpened)
        note(entry, known, what.reason(), by).ifPresent(all::add);
    sessions(room, restated(Calendar.STREAM, what.words()), what.reason()).ifPresent(all::add);
    var own = "case/" + room.id();
    var anew = restated(own, what.words());
    all.add(
        new Erasure(own, room.version(), what.party(), null, anew, what.reason(), room.version()));
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
  private List<Erasure> whole(CaseRoom room, String reason) {
    var all = new ArrayList<Erasure>();
    for (var note : people.access(room.id()).notes().values()) {
      var stream = Notes.stream(room.id(), note.id());
      var anew = emptied(stream);
      var seen = hub.version(stream);
      all.add(new Erasure(stream, seen, null, null, anew, reason, seen));
    }
    sessions(room, emptied(Calendar.STREAM), reason).ifPresent(all::add);
    var own = "case/" + room.id();
    all.add(new Erasure(own, room.version(), null, null, emptied(own), reason, room.version()));
    return all;
  }

  /** What the calendar says of this case, and of no other. */
  private static Optional<Erasure> sessions(
      CaseRoom room, SequencedMap<Integer, Event> anew, String reason) {
    return anew.isEmpty()
        ? Optional.empty()
        : Optional.of(new Erasure(Calendar.STREAM, 0, null, room.id(), anew, reason, HOWEVER_MANY));
  }

  /** The entries of a stream without their texts. */
  private SequencedMap<Integer, Event> emptied(String stream) {
    var anew = new TreeMap<Integer, Event>();
    for (var entry : told) {
      if (!entry.stream().equals(stream)) continue;
      var event = FreeText.reworded(entry.event(), FreeText.Rule.all(_ -> Particulars.GONE));
      var mine = entry.event() instanceof ErasureProposed e ? forgotten(e) : event;
      if (!(mine instanceof Emptied || mine instanceof Erased || mine instanceof Restated)
          && (!stream.equals(Calendar.STREAM) || !mine.equals(entry.event())))
        anew.put(entry.version(), mine);
    }
    return anew;
  }

  private static Event forgotten(ErasureProposed e) {
    return new ErasureProposed(e.id(), e.party(), Particulars.GONE, List.of());
  }

  /** The entries of a stream whose texts are to read otherwise. */
  private SequencedMap<Integer, Event> restated(String stream, List<Reworded> words) {
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
}
