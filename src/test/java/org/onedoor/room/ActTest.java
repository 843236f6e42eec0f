package org.onedoor.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onedoor.event.Event;
import org.onedoor.event.Event.*;
import org.onedoor.event.Label;
import org.onedoor.log.EventLog;
import org.onedoor.log.Fact;
import org.onedoor.log.SqliteLog;
import org.onedoor.people.Officer;
import org.onedoor.people.Refused;
import org.onedoor.people.Thing;
import org.onedoor.people.Words;
import org.onedoor.room.Petition.NewParty;
import org.onedoor.schedule.Booking;
import org.onedoor.whole.House;

/** Buttons and commands say the same, whoever asks and however the case stands. */
class ActTest {
  private static final List<String> EVERYBODY =
      List.of(
          "coordinator",
          "labour",
          "housing",
          "mediator",
          "director",
          "clerk",
          "trainee",
          "admin",
          "outside",
          "oldtown",
          "several");

  /** How a case can stand; the agencies in it are labour, which leads, and housing. */
  private enum Stand {
    REGISTERED,
    ALONE(new AgencyReleased("housing", "r"), new AgencyReleased("labour", "r")),
    ASSISTED_ONLY(new AgencyReleased("labour", "r")),
    LED_BY_WHAT_WAS_MERGED(new LeadNamed("oldtown")),
    ACCEPTED(new Accepted(null)),
    DECLINED(new Declined("r")),
    CLOSED(new Accepted(null), new Closed("reply", "s", null)),
    REOPENED(new Accepted(null), new Closed("reply", "s", null), new Reopened("r")),
    TO_BE_ERASED(new ErasureProposed("e", null, "r", List.of())),
    CLOSED_TO_BE_ERASED(
        new Accepted(null),
        new Closed("reply", "s", null),
        new ErasureProposed("e", null, "r", List.of()));

    private final List<Event> since;

    Stand(Event... since) {
      this.since = List.of(since);
    }
  }

  @TempDir Path dir;
  private EventLog log;
  private House house;
  private int booked;

  @BeforeEach
  void open() {
    log = new SqliteLog(dir.resolve("onedoor.db"), InstantSource.system());
    house = new House(log);
    house.setUp();
    house.people.add(
        new AgencyAdded("oldtown", new Label("Old town", null), new Label("OT", null), 2), "admin");
    comes("clerk", "centre", "clerk");
    comes("trainee", "centre", "trainee");
    comes("admin", "centre", "admin");
    comes("outside", "centre", "officer");
    comes("oldtown", "oldtown", "officer");
    comes("several", "housing", "officer", "director", "clerk");
    house.people.add(new AgencyMerged("oldtown", "labour"), "admin");
  }

  @AfterEach
  void close() {
    house.hub.close();
    log.close();
  }

  private void comes(String id, String agency, String... roles) {
    house.people.add(new AccountOpened(id, new Label(id, null), agency, Set.of(roles)), "admin");
  }

  @Test
  void a_button_is_there_exactly_when_its_command_is_not_refused() {
    var pressed = EnumSet.noneOf(Act.class);
    for (var stand : Stand.values()) {
      var id = standing(stand);
      for (var one : EVERYBODY)
        for (var act : Act.values()) {
          var who = house.who(one);
          var button = Act.may(who, house.rooms.get(id)).contains(act);
          var sees = house.people.maySee(who, new Thing.Facts(id));
          var no = refusal(act, who, id);
          assertThat(no == null)
              .as("%s, %s by %s: the button is %s, the answer %s", stand, act, one, button, no)
              .isEqualTo(button);
          if (no != null) {
            assertThat(no.code())
                .as("%s, %s by %s", stand, act, one)
                .isIn(
                    sees
                        ? EnumSet.of(Refused.Code.NOT_ALLOWED, Refused.Code.NOT_NOW)
                        : EnumSet.of(Refused.Code.NOT_FOUND));
          } else {
            pressed.add(act);
            id = standing(stand); // the next one finds the case as it was
          }
        }
    }
    assertThat(pressed).containsExactlyInAnyOrder(Act.values());
  }

  @Test
  void who_may_not_is_told_so_before_that_it_is_not_the_time() {
    var id = standing(Stand.CLOSED);
    assertThat(refusal(Act.ACCEPT, house.who("housing"), id)).hasMessageStartingWith("NOT_ALLOWED");
    assertThat(refusal(Act.ACCEPT, house.who("labour"), id))
        .hasMessage("NOT_NOW: The case is closed, so this cannot be done. Reopen it first.");
  }

  @Test
  void every_act_has_a_name_to_press() {
    for (var act : Act.values())
      for (var locale : Words.LOCALES)
        assertThat(Words.has(locale, "room.do." + act.word())).as(act.word()).isTrue();
  }

  private String standing(Stand stand) {
    var id =
        house.rooms.register(house.who("coordinator"), House.petition("A"), null).stream()
            .substring(5);
    told(id, new LeadNamed("labour"));
    told(id, new AgencyInvited("housing"));
    stand.since.forEach(event -> told(id, event));
    return id;
  }

  private void told(String id, Event event) {
    house.hub.settle(
        () -> new Fact("case/" + id, house.rooms.get(id).version(), event, "coordinator"));
  }

  private @Nullable Refused refusal(Act act, Officer who, String id) {
    try {
      command(act, who, id);
      return null;
    } catch (Refused no) {
      return no;
    }
  }

  /** Asks for what can be had, if the act can be done at all. */
  private void command(Act act, Officer who, String id) {
    var rooms = house.rooms;
    var room = rooms.get(id);
    var in = room.lead() != null ? room.lead() : room.has("housing") ? "housing" : "labour";
    switch (act) {
      case ACCEPT -> rooms.accept(who, id, null);
      case DECLINE -> rooms.decline(who, id, "r", null);
      case ASSIST -> rooms.assist(who, id, "centre", null);
      case BOOK -> house.sessions.book(who, booking(id), null);
      case CONTACT -> rooms.contact(who, id, "phone", "called", null, null);
      case LEAD -> rooms.lead(who, id, "centre", null);
      case PARTY -> {
        var fei = new NewParty("Fei", "respondent", "person", null, null, null, null);
        rooms.addParty(who, id, fei, null);
      }
      case CORRECT -> rooms.correct(who, id, "title", "A", "B", "r", null);
      case RELEASE -> rooms.release(who, id, in, "r", null);
      case OBJECT -> rooms.object(who, id, "r", null);
      case CLOSE -> rooms.close(who, id, "reply", "s", null);
      case REOPEN -> rooms.reopen(who, id, "r", null);
      case ERASE -> house.erasures.propose(who, id, room.parties().getFirst().id(), "r", List.of());
    }
  }

  /** No two at the same time: the hall has one door too. */
  private Booking booking(String id) {
    var from = LocalDateTime.of(2026, 11, 26, 9, 0).plusDays(booked++);
    return new Booking(
        id, "joint", from, from.plusHours(1), "h1", List.of(), List.of(), List.of(), List.of());
  }
}
