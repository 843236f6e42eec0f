package org.onedoor.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onedoor.event.Event.AccountOpened;
import org.onedoor.event.Event.AgencyAdded;
import org.onedoor.event.Event.CentreNamed;
import org.onedoor.event.Event.HallAdded;
import org.onedoor.event.Event.KindsListed;
import org.onedoor.event.Event.NoteOpened;
import org.onedoor.event.Event.SessionBooked;
import org.onedoor.event.Event.TokenMade;
import org.onedoor.event.Kind;
import org.onedoor.event.Label;
import org.onedoor.event.Payload;
import org.onedoor.log.Hub;
import org.onedoor.log.SqliteLog;
import org.onedoor.log.Which;
import org.onedoor.note.Notes;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.room.Petition;
import org.onedoor.room.Petition.NewParty;
import org.onedoor.room.Rooms;
import org.onedoor.schedule.Booking;
import org.onedoor.schedule.Sessions;

/**
 * Whatever happens: what is folded while it happens equals what is folded from the log afterwards.
 */
class LiveIsRebuiltTest {
  @TempDir Path dir;

  /** The folds over one log. */
  private static final class House {
    final Hub hub;
    final People people;
    final Rooms rooms;
    final Sessions sessions;
    final Notes notes;

    House(SqliteLog log) {
      hub = new Hub(log);
      people = new People(hub);
      InstantSource clock = () -> Instant.parse("2026-11-25T06:00:00Z");
      rooms = new Rooms(hub, people, clock);
      sessions = new Sessions(hub, people, clock);
      notes = new Notes(hub, people);
    }

    Officer who(String id) {
      return people.officer(id).orElseThrow();
    }
  }

  private static Petition petition(String title) {
    var party = new NewParty("Luo 罗", "petitioner", "person", null, "139", null, "Lane 1");
    return new Petition(
        title,
        "words",
        null,
        "visit",
        null,
        List.of(party),
        List.of("step-free"),
        null,
        null,
        null);
  }

  @Test
  void for_every_kind_of_event() {
    try (var log = new SqliteLog(dir.resolve("onedoor.db"), InstantSource.system())) {
      var live = new House(log);
      setUp(live);
      var a = story(live);
      var b = declinedStory(live);
      assertSame(live, log, a, b);
      log.erase("case/" + a, 2, null, "by law", "admin");
      live.hub.await(log.head().position());
      assertSame(live, log, a, b);
      var kinds = new HashSet<String>();
      try (var all = log.read(Which.all(), 0)) {
        all.forEach(e -> kinds.add(Payload.name(e.event())));
      }
      assertThat(kinds).containsAll(Payload.kinds().keySet());
      live.hub.close();
    }
  }

  private static void setUp(House house) {
    house.people.add(new CentreNamed(new Label("Centre", "中心"), "Asia/Shanghai", "en"), "admin");
    for (var id : List.of("centre", "labour", "housing"))
      house.people.add(new AgencyAdded(id, new Label(id, null), new Label("XX", "字"), 1), "admin");
    house.people.add(
        new AccountOpened("coordinator", new Label("Co", null), "centre", Set.of("coordinator")),
        "admin");
    house.people.add(
        new AccountOpened("labour", new Label("La", null), "labour", Set.of("officer")), "admin");
    house.people.add(
        new AccountOpened("housing", new Label("Ho", null), "housing", Set.of("officer")), "admin");
    house.people.add(
        new AccountOpened("mediator", new Label("Me", null), "centre", Set.of("mediator")),
        "admin");
    house.people.add(new HallAdded("h1", new Label("Hall", null), 10, true, 1, List.of()), "admin");
    house.people.add(new KindsListed(List.of(new Kind("a", new Label("A", null), null))), "admin");
    house.people.add(new TokenMade("labour", "abcd"), "admin");
  }

  private static String story(House house) {
    var co = house.who("coordinator");
    var labour = house.who("labour");
    var id = house.rooms.register(co, petition("A"), null).stream().substring(5);
    // folded from here on, so that every later fact meets a live fold
    house.rooms.get(id);
    house.people.access(id);
    house.rooms.correct(co, id, "title", "A", "B", "typo", null);
    var party = house.rooms.get(id).parties().getFirst().id();
    house.rooms.correct(co, id, "parties." + party + ".name", "Luo 罗", "Luo Guifang", "typo", null);
    house.rooms.addParty(
        co,
        id,
        new NewParty("Fei", "respondent", "organisation", "Mr Fei", null, null, null),
        null);
    house.rooms.contact(co, id, "phone", "called", null, null);
    house.rooms.lead(co, id, "labour", null);
    house.rooms.accept(labour, id, null);
    house.rooms.assist(labour, id, "housing", null);
    var note =
        ((NoteOpened) house.notes.open(labour, id, "Joint", "joint", null, "begin", null).event())
            .id();
    house.notes.note(id, note).text();
    house.notes.write(house.who("housing"), id, note, "more 工资🙂");
    var booking =
        new Booking(
            id,
            "joint",
            LocalDateTime.of(2026, 11, 24, 9, 0),
            LocalDateTime.of(2026, 11, 24, 10, 0),
            "h1",
            List.of("mediator"),
            List.of("labour"),
            List.of("labour"),
            List.of(party));
    var held = ((SessionBooked) house.sessions.book(co, booking, null).event()).id();
    var later = LocalDateTime.of(2026, 11, 25, 9, 0);
    house.sessions.move(co, held, later, later.plusHours(1), null, null);
    house.sessions.held(co, held, List.of("mediator"), null);
    var gone = ((SessionBooked) house.sessions.book(co, booking, null).event()).id();
    house.sessions.cancel(co, gone, "ill", null);
    house.rooms.object(house.who("housing"), id, "not ours", null);
    house.rooms.assist(labour, id, "housing", null);
    house.rooms.release(co, id, "housing", "done", null);
    house.rooms.close(labour, id, "agreement", "settled", null);
    house.rooms.reopen(labour, id, "again", null);
    return id;
  }

  private static String declinedStory(House house) {
    var co = house.who("coordinator");
    var id = house.rooms.register(co, petition("C"), null).stream().substring(5);
    house.rooms.get(id);
    house.people.access(id);
    house.rooms.decline(co, id, "elsewhere", null);
    return id;
  }

  private static void assertSame(House live, SqliteLog log, String... cases) {
    var rebuilt = new House(log);
    assertThat(live.people.directory()).isEqualTo(rebuilt.people.directory());
    for (var id : cases) {
      assertThat(live.rooms.get(id)).isEqualTo(rebuilt.rooms.get(id));
      assertThat(live.people.access(id)).isEqualTo(rebuilt.people.access(id));
      assertThat(live.sessions.calendar().of(id)).isEqualTo(rebuilt.sessions.calendar().of(id));
      for (var note : live.people.access(id).notes().keySet()) {
        assertThat(live.notes.note(id, note).text())
            .isEqualTo(rebuilt.notes.note(id, note).text())
            .isNotEmpty();
        assertThat(live.notes.note(id, note).writers())
            .isEqualTo(rebuilt.notes.note(id, note).writers());
      }
    }
    rebuilt.hub.close();
  }
}
