package org.onedoor.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onedoor.event.Event.AccountOpened;
import org.onedoor.event.Event.AgencyAdded;
import org.onedoor.event.Event.CentreNamed;
import org.onedoor.event.Event.HallAdded;
import org.onedoor.event.Label;
import org.onedoor.event.Reworded;
import org.onedoor.log.Backup;
import org.onedoor.log.EventLog;
import org.onedoor.log.Hub;
import org.onedoor.log.Keep;
import org.onedoor.log.Logs;
import org.onedoor.note.Notes;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Refused;
import org.onedoor.room.Erasures;
import org.onedoor.room.Petition;
import org.onedoor.room.Petition.NewParty;
import org.onedoor.room.Rooms;
import org.onedoor.room.Timeline;
import org.onedoor.schedule.Booking;
import org.onedoor.schedule.Sessions;
import org.onedoor.search.CaseIndex;

/** Two pairs of eyes, and then the words are nowhere any more. */
class ErasureTest {
  private static final String NAME = "Quiltwright Zorander";
  private static final String CHINESE = "龘靐齉";
  private static final String PHONE = "139 7777 4711";
  private static final String STREET = "Vexillology Lane 18";
  private static final List<String> WORDS =
      List.of("Quiltwright", "Zorander", CHINESE, "7777 4711", "Vexillology");

  @TempDir Path dir;
  private Instant now = Instant.parse("2026-11-24T01:00:00Z");
  private EventLog log;
  private Hub hub;
  private People people;
  private Rooms rooms;
  private Notes notes;
  private Sessions sessions;
  private Erasures erasures;
  private CaseIndex index;

  @BeforeEach
  void open() {
    InstantSource clock = () -> now;
    log = Logs.open("sqlite:" + dir.resolve("data.db"), clock);
    hub = new Hub(log);
    people = new People(hub);
    rooms = new Rooms(hub, people, clock);
    notes = new Notes(hub, people);
    sessions = new Sessions(hub, people, clock);
    erasures = new Erasures(hub, people, rooms, notes, clock);
    index = CaseIndex.of(hub, rooms, people, notes, dir.resolve("index"));
    people.add(new CentreNamed(new Label("Centre", null), "Asia/Shanghai", "en"), "admin");
    for (var agency : List.of("centre", "labour"))
      people.add(
          new AgencyAdded(agency, new Label(agency, null), new Label(agency, null), 1), "admin");
    people.add(new HallAdded("hall1", new Label("Hall", null), 9, true, 1, List.of()), "admin");
    for (var account :
        List.of("coordinator", "coordinator2:coordinator", "director", "labour:officer", "clerk")) {
      var id = account.split(":")[0];
      var role = account.substring(account.indexOf(':') + 1);
      people.add(
          new AccountOpened(
              id, new Label(id, null), role.equals("officer") ? id : "centre", Set.of(role)),
          "admin");
    }
  }

  @AfterEach
  void close() {
    index.close();
    hub.close();
    log.close();
  }

  private Officer who(String id) {
    return people.officer(id).orElseThrow();
  }

  private static NewParty party(String name, String phone, String address) {
    return new NewParty(name, "petitioner", "person", null, phone, null, address);
  }

  /** A case in which the person is named everywhere somebody may write. */
  private String story() {
    var petition =
        new Petition(
            NAME + " against the mill",
            "My name is " + NAME + " (" + CHINESE + "), call " + PHONE + ".",
            null,
            "visit",
            "labour",
            List.of(
                party(NAME + " " + CHINESE, PHONE, STREET),
                party("Mill Ltd", "139 0000 0001", "Mill Road")),
            List.of("a chair for " + NAME),
            null,
            null,
            null);
    var id = rooms.register(who("clerk"), petition, "clerk:key").about();
    hub.keep().put(Keep.ANSWERS, "clerk:key", "201{\"id\":\"" + id + "\"}", null);
    hub.keep().put(Keep.ANSWERS, "clerk:k2", "409{\"was\":\"" + NAME + "\"}", null);
    var party = rooms.get(id).parties().getFirst().id();
    rooms.correct(
        who("clerk"), id, "parties." + party + ".phone", PHONE, "139 7777 4712", "typo", null);
    rooms.correct(
        who("clerk"),
        id,
        "title",
        NAME + " against the mill",
        "Wages, says " + NAME,
        "shorter",
        null);
    rooms.contact(who("clerk"), id, "phone", NAME + " called again", null, null);
    rooms.accept(who("coordinator"), id, null);
    var note =
        notes
            .open(
                who("labour"), id, "Talk with " + NAME, "joint", null, "I met " + NAME + ".", null)
            .stream();
    notes.write(who("labour"), id, note.substring(note.lastIndexOf('/') + 1), "Lives in " + STREET);
    var session =
        sessions.book(
            who("coordinator"),
            new Booking(
                id,
                "joint",
                LocalDateTime.parse("2026-12-01T09:00"),
                LocalDateTime.parse("2026-12-01T10:00"),
                "hall1",
                List.of(),
                List.of(),
                List.of("labour"),
                List.of(party)),
            null);
    sessions.cancel(
        who("coordinator"), sessions.calendar().of(id).getFirst().id(), NAME + " is ill", null);
    assertThat(session.about()).isEqualTo(id);
    rooms.close(who("labour"), id, "agreement", "The mill pays " + NAME + ".", null);
    hub.await(hub.head().position());
    return id;
  }

  private List<Reworded> suggested(String id, String party) {
    return erasures.suggestions(who("coordinator"), id, party).stream()
        .filter(Erasures.Suggestion::changes)
        .map(
            s -> new Reworded(s.text().stream(), s.text().version(), s.text().field(), s.without()))
        .toList();
  }

  private void assertNowhere() throws Exception {
    // the index lets go of it in the background
    var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    var left = found(dir);
    while (!left.isEmpty() && System.nanoTime() < until) left = found(dir);
    assertThat(left).isEmpty();
    var backups = Files.createDirectories(dir.resolve("backups"));
    Backup.write(log, backups, (_, _) -> {});
    assertThat(found(backups)).isEmpty();
    assertThat(log.verify(null, _ -> {})).isEqualTo(log.head());
  }

  /** Where one of the words still stands, in any way they are encoded here. */
  private static List<String> found(Path folder) throws IOException {
    var found = new ArrayList<String>();
    try (var all = Files.walk(folder)) {
      for (var file : all.filter(Files::isRegularFile).toList()) {
        var bytes = Files.readAllBytes(file);
        for (var word : WORDS)
          if (contains(bytes, word.toLowerCase(Locale.ROOT)) || contains(bytes, word))
            found.add(file.getFileName() + ": " + word);
      }
    } catch (NoSuchFileException | UncheckedIOException e) {
      return List.of("merged away meanwhile: look again");
    }
    return found;
  }

  private static boolean contains(byte[] bytes, String word) {
    var sought = word.getBytes(StandardCharsets.UTF_8);
    outer:
    for (var i = 0; i <= bytes.length - sought.length; i++) {
      for (var k = 0; k < sought.length; k++) if (bytes[i + k] != sought[k]) continue outer;
      return true;
    }
    return false;
  }

  @Test
  void a_party_is_forgotten_and_the_case_goes_on_without_it() throws Exception {
    var id = story();
    index.await(hub.head().position(), Duration.ofSeconds(10));
    assertThat(found(dir)).isNotEmpty();
    var party = rooms.get(id).parties().getFirst().id();
    var before = rooms.get(id);
    erasures.propose(who("coordinator"), id, party, "asked for it", suggested(id, party));
    var pending = rooms.get(id).erasure();
    erasures.confirm(who("director"), id, pending.what().id());

    var after = rooms.get(id);
    assertThat(after.parties().getFirst().person()).isNull();
    assertThat(after.parties().getLast().name()).isEqualTo("Mill Ltd");
    assertThat(after.title()).isEqualTo("Wages, says […]");
    assertThat(after.words()).contains("[…]").contains("call");
    assertThat(after.status()).isEqualTo(before.status());
    assertThat(after.closedAt()).isEqualTo(before.closedAt());
    assertThat(after.lead()).isEqualTo("labour");
    assertThat(after.erasure()).isNull();
    var note = people.access(id).notes().values().iterator().next();
    assertThat(note.title()).isEqualTo("Talk with […]");
    assertThat(notes.note(id, note.id()).text()).isEqualTo("I met […].\nLives in […]\n");
    assertThat(hub.keep().get(Keep.ANSWERS, "clerk:key")).isEmpty();
    assertThat(hub.keep().get(Keep.ANSWERS, "clerk:k2")).isEmpty();
    var timeline = new Timeline(hub, people);
    try (var told = timeline.of(who("clerk"), id, 0)) {
      var said = told.map(e -> timeline.say(e, Locale.ENGLISH)).toList();
      assertThat(said.getLast()).contains("director").contains("asked for it");
      assertThat(said).noneMatch(s -> s.contains("Zorander"));
    }
    assertNowhere();
    // and it can be written in again
    rooms.reopen(who("coordinator"), id, "the mill did not pay", null);
    notes.write(who("labour"), id, note.id(), "Once more.");
    assertThat(notes.note(id, note.id()).text()).endsWith("Once more.\n");
  }

  @Test
  void a_case_goes_whole_only_after_its_term_and_its_figures_stay() throws Exception {
    var id = story();
    assertRefused(
        Refused.Code.NOT_NOW,
        () -> erasures.propose(who("coordinator"), id, null, "old", List.of()));
    now = now.plus(Duration.ofDays(3_660));
    erasures.propose(who("coordinator"), id, null, "after its term", List.of());
    erasures.confirm(who("coordinator2"), id, rooms.get(id).erasure().what().id());
    var after = rooms.get(id);
    assertThat(after.status()).isEqualTo("closed");
    assertThat(after.title()).isEqualTo("[…]");
    assertThat(after.parties()).allMatch(p -> p.person() == null);
    assertThat(after.lead()).isEqualTo("labour");
    var note = people.access(id).notes().values().iterator().next();
    assertThat(notes.note(id, note.id()).text()).isEmpty();
    assertNowhere();
  }

  @Test
  void four_eyes_see_it_and_nothing_is_overlooked() {
    var id = story();
    var party = rooms.get(id).parties().getFirst().id();
    var words = suggested(id, party);
    for (var other : List.of("clerk", "labour"))
      assertRefused(
          Refused.Code.NOT_ALLOWED,
          () -> erasures.propose(who(other), id, party, "asked for it", words));
    assertRefused(
        Refused.Code.BAD_INPUT, // a text would still name the person
        () ->
            erasures.propose(
                who("coordinator"), id, party, "asked", words.subList(1, words.size())));
    assertRefused(
        Refused.Code.BAD_INPUT,
        () -> erasures.propose(who("coordinator"), id, "nobody", "asked", List.of()));
    assertRefused(
        Refused.Code.BAD_INPUT, () -> erasures.propose(who("coordinator"), id, party, " ", words));
    erasures.propose(who("coordinator"), id, party, "asked for it", words);
    assertRefused(
        Refused.Code.NOT_NOW, () -> erasures.propose(who("director"), id, party, "asked", words));
    var proposal = rooms.get(id).erasure().what().id();
    assertRefused(
        Refused.Code.NOT_ALLOWED, () -> erasures.confirm(who("coordinator"), id, proposal));
    assertRefused(Refused.Code.NOT_ALLOWED, () -> erasures.confirm(who("labour"), id, proposal));
    assertRefused(Refused.Code.NOT_FOUND, () -> erasures.confirm(who("director"), id, "other"));
    // somebody writes the name again between the two
    rooms.contact(who("clerk"), id, "phone", NAME + " called", null, null);
    assertRefused(Refused.Code.CHANGED, () -> erasures.confirm(who("director"), id, proposal));
    assertThat(rooms.get(id).parties().getFirst().name()).startsWith(NAME);
    erasures.refuse(who("director"), id, proposal, "look again");
    assertThat(rooms.get(id).erasure()).isNull();
    erasures.propose(who("coordinator"), id, party, "asked for it", suggested(id, party));
    erasures.confirm(who("director"), id, rooms.get(id).erasure().what().id());
    assertThat(rooms.get(id).parties().getFirst().name()).isNull();
  }

  private static void assertRefused(Refused.Code code, Runnable act) {
    assertThatThrownBy(act::run)
        .isInstanceOfSatisfying(Refused.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
