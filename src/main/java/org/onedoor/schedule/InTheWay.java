package org.onedoor.schedule;

import static org.onedoor.people.Refused.Code.CONFLICT;

import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.onedoor.look.Times;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Refused;
import org.onedoor.people.Thing;
import org.onedoor.schedule.Calendar.Clash;

/** What is in the way of a session, as a refusal; what one may not see is named only as taken. */
final class InTheWay {
  private static final DateTimeFormatter OFFSET = DateTimeFormatter.ISO_OFFSET_DATE_TIME;

  private final People people;
  private final Calendar calendar;

  InTheWay(People people, Calendar calendar) {
    this.people = people;
    this.calendar = calendar;
  }

  /** Throws the refusal if anything is. */
  void mustBeNothing(Officer who, Session wanted) {
    var clashes = calendar.clashes(wanted);
    if (clashes.isEmpty()) return;
    var first = clashes.getFirst();
    var session = first.session();
    var until = (sameDay(first, wanted) ? Times.CLOCK : Times.MINUTE).format(first.to());
    throw (session == null
            ? new Refused(
                CONFLICT, "schedule.blocked", name(first), until, String.valueOf(first.reason()))
            : people.maySee(who, new Thing.Session(session.caseId()))
                ? new Refused(CONFLICT, "schedule.takenBy", name(first), until, session.caseId())
                : new Refused(CONFLICT, "schedule.taken", name(first), until))
        .at(
            first.what().equals("hall")
                ? "hall"
                : first.what().equals("party") ? "parties" : first.what() + "s")
        .with("conflicts", clashes.stream().map(c -> conflict(who, c)).toList());
  }

  private static boolean sameDay(Clash clash, Session wanted) {
    return clash.to().toLocalDate().equals(wanted.to().toLocalDate());
  }

  private Map<String, Object> conflict(Officer who, Clash clash) {
    var said = new LinkedHashMap<String, Object>();
    said.put("what", clash.what());
    said.put("id", clash.id());
    said.put("from", OFFSET.format(clash.from().atZone(clash.zone())));
    said.put("to", OFFSET.format(clash.to().atZone(clash.zone())));
    var session = clash.session();
    if (session != null && people.maySee(who, new Thing.Session(session.caseId())))
      said.put("session", session.id());
    return said;
  }

  private Object name(Clash clash) {
    var directory = people.directory();
    return switch (clash.what()) {
      case "hall" -> Objects.requireNonNull(directory.halls().get(clash.id())).name();
      case "party" -> clash.id();
      default -> directory.officer(clash.id()).orElseThrow().name();
    };
  }
}
