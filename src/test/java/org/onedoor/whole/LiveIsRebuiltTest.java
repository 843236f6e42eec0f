package org.onedoor.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onedoor.event.Event.AccountOpened;
import org.onedoor.event.Event.AgencyAdded;
import org.onedoor.event.Event.HallAdded;
import org.onedoor.event.Event.NoteOpened;
import org.onedoor.event.Event.SessionBooked;
import org.onedoor.event.Label;
import org.onedoor.event.Payload;
import org.onedoor.event.Reworded;
import org.onedoor.log.SqliteLog;
import org.onedoor.log.Which;
import org.onedoor.people.Accounts;
import org.onedoor.people.Administration;
import org.onedoor.people.Invitations;
import org.onedoor.people.SignIns;
import org.onedoor.people.Tokens;
import org.onedoor.room.Petition.NewParty;
import org.onedoor.schedule.Blocks;
import org.onedoor.schedule.Booking;

/**
 * Whatever happens: what is folded while it happens equals what is folded from the log afterwards.
 */
class LiveIsRebuiltTest {
  @TempDir Path dir;

  @Test
  void for_every_kind_of_event() {
    try (var log = new SqliteLog(dir.resolve("onedoor.db"), InstantSource.system())) {
      var live = new House(log);
      live.setUp();
      var a = story(live);
      var b = declinedStory(live);
      keep(live);
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

  private static String story(House house) {
    var co = house.who("coordinator");
    var labour = house.who("labour");
    var id = house.rooms.register(co, House.petition("A"), null).stream().substring(5);
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
    house.rooms.contact(co, id, "phone", "Luo Guifang called", null, null);
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
    house.reveals.open(labour, id, "room");
    forget(house, id, party);
    house.rooms.close(labour, id, "agreement", "settled", null);
    house.rooms.reopen(labour, id, "again", null);
    return id;
  }

  private static void forget(House house, String id, String party) {
    var co = house.who("coordinator");
    var director = house.who("director");
    var words =
        house.erasures.suggestions(co, id, party).stream()
            .filter(s -> s.changes())
            .map(s ->
                new Reworded(s.text().stream(), s.text().version(), s.text().field(), s.without()))
            .toList();
    house.erasures.propose(co, id, party, "asked", words);
    house.erasures.refuse(director, id, house.rooms.get(id).erasure().what().id(), "not yet");
    house.erasures.propose(co, id, party, "asked again", words);
    house.erasures.confirm(director, id, house.rooms.get(id).erasure().what().id());
  }

  private static String declinedStory(House house) {
    var co = house.who("coordinator");
    var id = house.rooms.register(co, House.petition("C"), null).stream().substring(5);
    house.rooms.get(id);
    house.people.access(id);
    house.rooms.decline(co, id, "elsewhere", null);
    return id;
  }

  /** The centre's own affairs. */
  private static void keep(House house) {
    var clock = InstantSource.system();
    var signIns = new SignIns(house.hub, clock);
    var accounts = new Accounts(house.hub, house.people, signIns, clock);
    var invitations = new Invitations(house.hub, house.people, accounts, clock);
    var keeping = new Administration(house.hub, house.people, signIns, invitations);
    house.people.add(account("admin", "admin"), "admin");
    var admin = house.who("admin");
    keeping.changeAgency(
        admin, new AgencyAdded("housing", new Label("Towns", null), new Label("TO", null), 2));
    keeping.mergeAgency(admin, "housing", "labour");
    var link = keeping.openAccount(admin, account("wang", "officer"));
    invitations.accept(link, "a long enough sentence", "a long enough sentence");
    keeping.changeAccount(admin, account("wang", "mediator"));
    keeping.disable(admin, "wang");
    keeping.enable(admin, "wang");
    keeping.signOut(admin, "wang");
    var tokens = new Tokens(house.hub, house.people);
    tokens.make("wang", "wang");
    var made = house.people.directory().tokens().get("wang").getFirst();
    tokens.revoke(house.who("wang"), String.valueOf(made.id()));
    var hall = new HallAdded("h2", new Label("Hall 2", null), 4, false, 0, List.of());
    keeping.addHall(admin, hall);
    keeping.changeHall(admin, hall);
    var blocks = new Blocks(house.hub, house.people, house.sessions, clock);
    var from = LocalDateTime.now().plusDays(30);
    blocks.block(admin, "h2", from, from.plusHours(3), "Painters");
    blocks.unblock(admin, blocks.of("h2").getFirst().id());
    blocks.block(admin, "h2", from, from.plusHours(2), "Painters");
    keeping.closeHall(admin, "h2");
  }

  private static AccountOpened account(String id, String role) {
    return new AccountOpened(id, new Label(id, null), "centre", Set.of(role));
  }

  private static void assertSame(House live, SqliteLog log, String... cases) {
    var rebuilt = new House(log);
    assertThat(live.people.directory()).isEqualTo(rebuilt.people.directory());
    var now = LocalDateTime.now();
    assertThat(live.sessions.calendar().blocked(now, now.plusYears(1)))
        .isEqualTo(rebuilt.sessions.calendar().blocked(now, now.plusYears(1)));
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
