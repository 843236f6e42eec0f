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
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.onedoor.event.Event.*;
import org.onedoor.event.Reworded;
import org.onedoor.log.Conflict;
import org.onedoor.log.Fact;
import org.onedoor.log.Hub;
import org.onedoor.log.Keep;
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
    var forgetting = forgetting(caseId);
    var known = forgetting.known(party);
    return forgetting.texts().stream().map(t -> new Suggestion(t, known.out(t.text()))).toList();
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
        forgetting(caseId).mustBeClean(party, words, BAD_INPUT);
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
    var forgetting = forgetting(caseId);
    var gone = forgetting.goes(room, what.party());
    if (what.party() != null) forgetting.mustBeClean(what.party(), what.words(), CHANGED);
    hub.log().erase(forgetting.erasures(room, what, who.id()), who.id());
    hub.await(hub.head().position());
    gone.forEach(text -> hub.keep().forget(Keep.ANSWERS, text));
  }

  private Forgetting forgetting(String caseId) {
    return new Forgetting(hub, people, notes, caseId);
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
