package org.onedoor.room;

import static org.onedoor.people.Refused.Code.NOT_ALLOWED;
import static org.onedoor.people.Refused.Code.NOT_NOW;
import static org.onedoor.people.Role.CLERK;
import static org.onedoor.people.Role.COORDINATOR;
import static org.onedoor.people.Role.OFFICER;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.onedoor.people.Officer;
import org.onedoor.people.Refused;
import org.onedoor.schedule.Sessions;

/**
 * What can be done with a case, in the order of its menu: by whom, and while it is what (the table
 * in the public contract). Commands refuse by it before they look at what is asked; buttons are
 * what it leaves.
 *
 * <p>Easy to get wrong: it says nothing of who sees the case. Who does not is told that there is
 * none, before anything here is asked.
 */
enum Act {
  ACCEPT,
  DECLINE,
  ASSIST,
  /** Refused by the calendar, in its own words. */
  BOOK,
  CONTACT,
  LEAD,
  PARTY,
  CORRECT,
  RELEASE,
  OBJECT,
  CLOSE,
  REOPEN,
  ERASE;

  /** What is left to an officer now: the buttons of the room. */
  static Set<Act> may(Officer who, CaseRoom in) {
    var may = EnumSet.noneOf(Act.class);
    for (var act : values())
      if (act.by(who, in) && act.now(in) && act.worthAsking(in)) may.add(act);
    return may;
  }

  /**
   * Throws the refusal of whoever may not, or of what cannot be now.
   *
   * @throws Refused NOT_ALLOWED, which comes first, or NOT_NOW with the words for the case's status
   */
  void must(Officer who, CaseRoom in) {
    if (!by(who, in)) throw new Refused(NOT_ALLOWED, "room.notAllowed");
    if (!now(in)) throw new Refused(NOT_NOW, "room.notNow." + in.status());
  }

  /** As the screens call it, in ids and in the keys of messages. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  private boolean by(Officer who, CaseRoom in) {
    return switch (this) {
      case ACCEPT, DECLINE, ASSIST, RELEASE, CLOSE, REOPEN -> who.is(COORDINATOR) || leads(who, in);
      case PARTY, CORRECT -> who.is(CLERK) || who.is(COORDINATOR) || leads(who, in);
      case CONTACT -> who.is(CLERK) || who.is(COORDINATOR) || takesPart(who, in);
      case OBJECT -> takesPart(who, in);
      case LEAD -> who.is(COORDINATOR);
      case BOOK -> Sessions.may(who);
      case ERASE -> Erasures.may(who);
    };
  }

  private boolean now(CaseRoom in) {
    return switch (this) {
      case ACCEPT, DECLINE -> in.status().equals("registered");
      case ASSIST, BOOK, LEAD, RELEASE, OBJECT -> in.open();
      case PARTY, CORRECT -> !in.status().equals("closed");
      case CLOSE -> in.status().equals("accepted");
      case REOPEN -> in.exists() && !in.open();
      case CONTACT -> true;
      case ERASE -> in.exists();
    };
  }

  /** No button for what the command would refuse whatever was chosen, in words of its own. */
  private boolean worthAsking(CaseRoom in) {
    return switch (this) {
      case RELEASE -> in.lead() != null || !in.assisting().isEmpty();
      case ERASE -> in.erasure() == null;
      default -> true;
    };
  }

  private static boolean leads(Officer who, CaseRoom in) {
    return who.is(OFFICER) && who.actsFor(in.lead());
  }

  private static boolean takesPart(Officer who, CaseRoom in) {
    return who.is(OFFICER) && in.has(who);
  }
}
