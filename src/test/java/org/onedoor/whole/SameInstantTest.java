package org.onedoor.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onedoor.event.Event;
import org.onedoor.event.Event.AgencyReleased;
import org.onedoor.event.Event.Closed;
import org.onedoor.log.EventLog;
import org.onedoor.log.Fact;
import org.onedoor.log.SqliteLog;
import org.onedoor.people.Refused;
import org.onedoor.schedule.Booking;

/** What is decided on a case as it was is refused when somebody changed it in the same instant. */
class SameInstantTest {
  @TempDir Path dir;
  private EventLog log;
  private House house;
  private String caseId;

  /** Happens between somebody's decision and its being written. */
  private Event meanwhile;

  @BeforeEach
  void open() {
    log = new SqliteLog(dir.resolve("onedoor.db"), InstantSource.system());
    house = new House(interrupted(log));
    house.setUp();
    var co = house.who("coordinator");
    caseId = house.rooms.register(co, House.petition("A"), null).stream().substring(5);
    house.rooms.lead(co, caseId, "labour", null);
    house.rooms.assist(co, caseId, "housing", null);
    house.rooms.accept(co, caseId, null);
  }

  @AfterEach
  void close() {
    house.hub.close();
    log.close();
  }

  private EventLog interrupted(EventLog log) {
    return (EventLog)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {EventLog.class},
            (_, method, args) -> {
              if (method.getName().equals("append") && meanwhile != null) {
                var event = meanwhile;
                meanwhile = null;
                var stream = "case/" + caseId;
                log.append(List.of(new Fact(stream, log.version(stream), event, "coordinator")));
              }
              try {
                return method.invoke(log, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void a_session_of_a_case_that_is_just_closed() {
    var from = LocalDateTime.of(2026, 11, 26, 9, 0);
    var booking =
        new Booking(
            caseId,
            "joint",
            from,
            from.plusHours(1),
            "h1",
            List.of(),
            List.of(),
            List.of(),
            List.of());
    meanwhile = new Closed("reply", "answered", null);
    assertThatThrownBy(() -> house.sessions.book(house.who("coordinator"), booking, null))
        .isInstanceOf(Refused.class);
    assertThat(house.sessions.calendar().of(caseId)).isEmpty();
  }

  @Test
  void a_note_of_a_case_that_is_just_closed() {
    meanwhile = new Closed("reply", "answered", null);
    assertThatThrownBy(
            () -> house.notes.open(house.who("labour"), caseId, "N", "joint", null, null, null))
        .isInstanceOf(Refused.class);
    assertThat(house.people.access(caseId).notes()).isEmpty();
  }

  @Test
  void a_note_of_an_agency_that_is_just_let_go() {
    meanwhile = new AgencyReleased("housing", "done");
    assertThatThrownBy(
            () -> house.notes.open(house.who("housing"), caseId, "N", "agency", null, null, null))
        .isInstanceOf(Refused.class);
    assertThat(house.people.access(caseId).notes()).isEmpty();
  }
}
