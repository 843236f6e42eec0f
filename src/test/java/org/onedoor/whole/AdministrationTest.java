package org.onedoor.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onedoor.event.Abilities;
import org.onedoor.event.Event.AccountOpened;
import org.onedoor.event.Event.AgencyAdded;
import org.onedoor.event.Event.CentreNamed;
import org.onedoor.event.Event.HallAdded;
import org.onedoor.event.Kind;
import org.onedoor.event.Label;
import org.onedoor.log.EventLog;
import org.onedoor.log.Hub;
import org.onedoor.log.SqliteLog;
import org.onedoor.people.Accounts;
import org.onedoor.people.Administration;
import org.onedoor.people.Founding;
import org.onedoor.people.Invitations;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Refused;
import org.onedoor.people.SetUp;
import org.onedoor.people.SignIns;
import org.onedoor.people.Thing;
import org.onedoor.people.Tokens;
import org.onedoor.schedule.Blocks;
import org.onedoor.schedule.Booking;
import org.onedoor.search.CaseIndex;
import org.onedoor.search.CaseList;
import org.onedoor.search.CaseQuery;

/** Who keeps a centre, what they can and cannot do, and what becomes of the past. */
class AdministrationTest {
  private static final String PASSWORD = "a long enough sentence";
  private static final InstantSource CLOCK = () -> Instant.parse("2026-11-25T06:00:00Z");

  @TempDir Path dir;
  private EventLog log;
  private House house;
  private SignIns signIns;
  private Accounts accounts;
  private Tokens tokens;
  private Invitations invitations;
  private Administration administration;
  private Officer admin;

  @BeforeEach
  void open() {
    log = new SqliteLog(dir.resolve("onedoor.db"), CLOCK);
    house = new House(log);
    signIns = new SignIns(house.hub, CLOCK);
    accounts = new Accounts(house.hub, house.people, signIns, CLOCK);
    tokens = new Tokens(house.hub, house.people);
    invitations = new Invitations(house.hub, house.people, accounts, CLOCK);
    administration = new Administration(house.hub, house.people, signIns, invitations);
    house.setUp();
    house.people.add(
        new AccountOpened("admin", new Label("Ad", null), "centre", Set.of("admin")), "admin");
    admin = house.who("admin");
  }

  @AfterEach
  void close() {
    house.hub.close();
    log.close();
  }

  @Test
  void nobody_but_an_administrator_decides_who_comes_in() {
    for (var id : List.of("coordinator", "labour", "mediator", "director")) {
      var who = house.who(id);
      for (var forbidden :
          List.<ThrowingCallable>of(
              () -> administration.openAccount(who, account("new", "admin")),
              () -> administration.changeAccount(who, account(id, "admin")),
              () -> administration.invite(who, "admin"),
              () -> administration.disable(who, "admin"),
              () -> administration.signOut(who, "admin"),
              () -> administration.addAgency(who, agency("new")),
              () -> administration.mergeAgency(who, "housing", "labour"),
              () -> administration.nameCentre(who, new Label("X", null), "en")))
        refused(forbidden, "NOT_ALLOWED");
    }
    // halls are the coordinator's too, the class list also the director's
    administration.addHall(house.who("coordinator"), hall("h2"));
    refused(() -> administration.addHall(house.who("director"), hall("h3")), "NOT_ALLOWED");
    administration.listKinds(
        house.who("director"), List.of(new Kind("b", new Label("B", null), null)));
    refused(() -> administration.listKinds(house.who("labour"), List.of()), "NOT_ALLOWED");
    // an administrator sees no case
    var id = accepted("labour");
    assertThat(house.people.maySee(admin, new Thing.Facts(id))).isFalse();
    assertThat(house.people.terms(admin)).isEmpty();
  }

  @Test
  void an_id_is_never_given_again_and_the_last_administrator_stays() {
    administration.openAccount(admin, account("wang", "officer"));
    administration.disable(admin, "wang");
    refused(() -> administration.openAccount(admin, account("wang", "officer")), "BAD_INPUT id");
    refused(() -> administration.addAgency(admin, agency("labour")), "BAD_INPUT id");
    refused(() -> administration.openAccount(admin, account("Wang!", "officer")), "BAD_INPUT id");
    refused(() -> administration.openAccount(admin, account("li", "king")), "BAD_INPUT roles");
    refused(() -> administration.disable(admin, "admin"), "NOT_NOW roles");
    refused(() -> administration.changeAccount(admin, account("admin", "clerk")), "NOT_NOW roles");
    administration.openAccount(admin, account("second", "admin"));
    administration.disable(admin, "admin");
    refused(() -> administration.disable(house.who("second"), "second"), "NOT_NOW roles");
  }

  @Test
  void a_link_opens_once_and_only_the_last_one() {
    var first = administration.openAccount(admin, account("wang", "officer"));
    assertThat(accounts.matches("wang", PASSWORD)).isFalse();
    var second = administration.invite(admin, "wang");
    assertThat(invitations.who(first)).isEmpty();
    refused(() -> invitations.accept(second, "short", "short"), "BAD_INPUT password");
    refused(() -> invitations.accept(second, "wang wang wang wang", ""), "BAD_INPUT password");
    refused(() -> invitations.accept(second, PASSWORD, "x"), "BAD_INPUT again");
    invitations.accept(second, PASSWORD, PASSWORD);
    assertThat(accounts.matches("wang", PASSWORD)).isTrue();
    refused(() -> invitations.accept(second, PASSWORD, PASSWORD), "NOT_FOUND");
    assertThat(house.people.directory().accounts().get("wang").passwordSet()).isNotNull();
    var third = administration.invite(admin, "wang");
    administration.disable(admin, "wang");
    administration.enable(admin, "wang");
    assertThat(invitations.who(third)).isEmpty();
  }

  @Test
  void who_is_disabled_has_no_way_in_and_stays_in_the_past() {
    accounts.openHashed(account("wang", "officer"), Accounts.hash(PASSWORD), "admin");
    var wang = house.who("wang");
    var id = house.rooms.register(wang, House.petition("Wang took it in"), null).stream();
    var token = tokens.make("wang", "wang");
    var secret = signIns.start("wang", "Firefox");
    assertThat(house.people.maySee(wang, new Thing.Facts(id.substring(5)))).isTrue();
    administration.disable(admin, "wang");
    assertThat(accounts.matches("wang", PASSWORD)).isFalse();
    assertThat(tokens.who(token)).isEmpty();
    assertThat(signIns.who(secret)).isEmpty();
    assertThat(house.people.active("wang")).isEmpty();
    // a window that still holds who it was opened by
    assertThat(house.people.maySee(wang, new Thing.Facts(id.substring(5)))).isFalse();
    assertThat(house.people.terms(wang)).isEmpty();
    assertThat(house.people.directory().staff()).noneMatch(o -> o.id().equals("wang"));
    assertThat(house.people.officer("wang").orElseThrow().name().en()).isEqualTo("wang");
    administration.enable(admin, "wang");
    assertThat(accounts.matches("wang", PASSWORD)).isTrue();
    assertThat(tokens.who(token)).isPresent();
    assertThat(signIns.who(secret)).isEmpty();
  }

  @Test
  void somebody_ends_their_own_tokens_and_sign_ins_and_nobody_elses() {
    accounts.openHashed(account("wang", "officer"), Accounts.hash(PASSWORD), "admin");
    var wang = house.who("wang");
    var token = tokens.make("wang", "wang");
    var made = house.people.directory().tokens().get("wang").getFirst();
    tokens.revoke(house.who("labour"), made.id());
    assertThat(tokens.who(token)).isPresent();
    tokens.revoke(wang, made.id());
    assertThat(tokens.who(token)).isEmpty();
    assertThat(house.people.directory().tokens().get("wang")).isEmpty();
    var here = signIns.start("wang", "here");
    var there = signIns.start("wang", "there");
    signIns.end("labour", SignIns.id(there));
    assertThat(signIns.who(there)).contains("wang");
    refused(
        () -> accounts.change(wang, "not it", "another sentence", "another sentence", null, "a"),
        "BAD_INPUT old");
    accounts.change(wang, PASSWORD, "another sentence", "another sentence", SignIns.id(here), "a");
    assertThat(signIns.who(here)).contains("wang");
    assertThat(signIns.who(there)).isEmpty();
    assertThat(accounts.matches("wang", "another sentence")).isTrue();
    administration.signOut(wang, "wang");
    assertThat(signIns.of("wang")).isEmpty();
  }

  @Test
  void a_merged_agency_hands_over_its_cases_and_nothing_is_written_anew() throws Exception {
    var id = accepted("housing");
    var labour = house.who("labour");
    var own =
        house.notes.open(house.who("housing"), id, "Ours", "agency", null, "Roof", null).stream();
    var note = new Thing.Note(id, own.substring(own.lastIndexOf('/') + 1));
    try (var index =
        CaseIndex.of(house.hub, house.rooms, house.people, house.notes, dir.resolve("index"))) {
      index.await(house.hub.head().position(), Duration.ofSeconds(20));
      var list = new CaseList(index, house.people, CLOCK);
      assertThat(list.count(labour, CaseQuery.ALL)).isZero();
      var before = log.version("case/" + id);
      administration.mergeAgency(admin, "housing", "labour");
      assertThat(log.version("case/" + id)).isEqualTo(before);
      // the index has not moved: the rights are in the question
      assertThat(list.count(labour, CaseQuery.ALL)).isOne();
      assertThat(list.count(labour, CaseQuery.ALL.agency("labour"))).isOne();
      assertThat(list.count(labour, CaseQuery.ALL.lead("labour"))).isOne();
    }
    assertThat(house.people.maySee(labour, note)).isTrue();
    assertThat(house.who("housing").agency()).isEqualTo("labour");
    // it is named for nothing new, and may still be let go where it is
    var co = house.who("coordinator");
    refused(() -> house.rooms.assist(co, id, "housing", null), "BAD_INPUT agency");
    refused(() -> administration.mergeAgency(admin, "housing", "centre"), "NOT_FOUND");
    refused(() -> administration.mergeAgency(admin, "labour", "housing"), "BAD_INPUT into");
    // whose agency grew sees the room by what they held; what they do, they do as who they are now
    house.rooms.object(house.who("labour"), id, "not ours", null);
    assertThat(house.rooms.get(id).lead()).isNull();
    assertThat(house.people.maySee(labour, new Thing.Facts(id))).isFalse();
  }

  @Test
  void a_renamed_agency_and_a_class_that_is_listed_no_more_are_still_named() {
    var id = accepted("housing");
    administration.changeAgency(
        admin,
        new AgencyAdded(
            "housing", new Label("Housing and towns", "住建局"), new Label("HT", null), 4));
    var now = house.people.directory();
    assertThat(now.agency("housing").orElseThrow().name().en()).isEqualTo("Housing and towns");
    assertThat(house.rooms.get(id).lead()).isEqualTo("housing");
    administration.listKinds(admin, List.of(new Kind("b", new Label("B", null), null)));
    assertThat(house.people.directory().kind("a").orElseThrow().name().en()).isEqualTo("A");
    assertThat(house.people.directory().lists("a")).isFalse();
    for (var bad :
        List.of(
            List.of(kind("x", "nobody")),
            List.of(kind("x", null), kind("x", null)),
            List.of(kind("1", null), kind("2", "1"), kind("3", "2"), kind("4", "3"))))
      refused(() -> administration.listKinds(admin, bad), "BAD_INPUT kinds");
  }

  @Test
  void a_mediator_does_not_mediate_where_they_stand_too_near() {
    var id = accepted("labour");
    administration.changeAccount(
        admin,
        new AccountOpened(
            "mediator",
            new Label("Me", null),
            "centre",
            Set.of("mediator"),
            new Abilities(List.of("wages"), List.of("zh"), List.of("luo"))));
    refused(() -> book(id, "2026-12-01T09:00", List.of("mediator")), "BAD_INPUT mediators");
    book(id, "2026-12-01T09:00", List.of());
  }

  @Test
  void a_blocked_hall_cannot_be_booked_nor_a_booked_one_blocked() {
    var id = accepted("labour");
    var co = house.who("coordinator");
    var blocks = new Blocks(house.hub, house.people, house.sessions, CLOCK);
    refused(
        () -> blocks.block(house.who("labour"), "h1", at("09:00"), at("12:00"), "x"),
        "NOT_ALLOWED");
    refused(() -> blocks.block(co, "h1", at("12:00"), at("09:00"), "x"), "BAD_INPUT to");
    refused(() -> blocks.block(co, "h1", at("09:00"), at("12:00"), " "), "BAD_INPUT reason");
    blocks.block(admin, "h1", at("09:00"), at("12:00"), "Painters");
    refused(() -> book(id, "2026-12-01T11:30", List.of()), "CONFLICT hall");
    assertThat(house.sessions.freeHalls(at("09:00"), at("10:00"), null)).isEmpty();
    book(id, "2026-12-01T12:00", List.of()); // touching is free
    refused(() -> blocks.block(co, "h1", at("12:30"), at("13:00"), "x"), "CONFLICT from");
    var again = new House(log); // what was folded live is what is read anew
    var read = new Blocks(again.hub, again.people, again.sessions, CLOCK);
    assertThat(read.of("h1")).isEqualTo(blocks.of("h1")).hasSize(1);
    again.hub.close();
    blocks.unblock(co, blocks.of("h1").getFirst().id());
    book(id, "2026-12-01T09:00", List.of());
    administration.closeHall(co, "h1");
    refused(() -> book(id, "2026-12-02T09:00", List.of()), "BAD_INPUT hall");
  }

  @Test
  void a_centre_is_founded_once_and_whole() throws Exception {
    try (var empty = new SqliteLog(dir.resolve("empty.db"), CLOCK);
        var hub = new Hub(empty)) {
      var people = new People(hub);
      var in = new Accounts(hub, people, new SignIns(hub, CLOCK), CLOCK);
      var setUp = new SetUp(hub, people, in, new Invitations(hub, people, in, CLOCK), CLOCK);
      var link = setUp.link();
      var good = founding("admin");
      assertThat(setUp.opens("x".repeat(43))).isFalse();
      refused(() -> setUp.found("x", good, "lin", PASSWORD, PASSWORD), "NOT_NOW");
      refused(
          () -> setUp.found(link, founding("clerk"), "lin", PASSWORD, PASSWORD),
          "BAD_INPUT accounts[0].roles");
      refused(() -> setUp.found(link, good, "lin", "short", "short"), "BAD_INPUT password");
      var twice =
          new Founding(
              good.centre(),
              good.agencies(),
              List.of(lin("admin"), lin("admin")),
              List.of(),
              List.of());
      refused(
          () -> setUp.found(link, twice, "lin", PASSWORD, PASSWORD), "BAD_INPUT accounts[1].id");
      assertThat(empty.head().position()).isZero();
      setUp.keep(good);
      assertThat(setUp.draft()).contains(good);
      assertThat(setUp.found(link, good, "lin", PASSWORD, PASSWORD)).isEmpty();
      assertThat(setUp.draft()).isEmpty();
      assertThat(setUp.opens(link)).isFalse();
      assertThat(setUp.opens(setUp.link())).isFalse();
      refused(() -> setUp.found(link, good, "lin", PASSWORD, PASSWORD), "NOT_NOW");
      assertThat(in.matches("lin", PASSWORD)).isTrue();
      assertThat(people.directory().centre().in(Locale.ENGLISH)).isEqualTo("Riverside");
    }
  }

  private static Founding founding(String role) {
    return new Founding(
        new CentreNamed(new Label("Riverside", null), "Asia/Shanghai", "en"),
        List.of(agency("centre")),
        List.of(lin(role)),
        List.of(hall("h1")),
        List.of(kind("a", null)));
  }

  private static AccountOpened lin(String role) {
    return account("lin", role);
  }

  private static AccountOpened account(String id, String role) {
    return new AccountOpened(
        id, new Label(id, null), role.equals("officer") ? "labour" : "centre", Set.of(role));
  }

  private static AgencyAdded agency(String id) {
    return new AgencyAdded(id, new Label(id, null), new Label("XY", null), 1);
  }

  private static HallAdded hall(String id) {
    return new HallAdded(id, new Label(id, null), 10, true, 1, List.of());
  }

  private static Kind kind(String code, String parent) {
    return new Kind(code, new Label(code, null), parent);
  }

  private String accepted(String lead) {
    var co = house.who("coordinator");
    var id = house.rooms.register(co, House.petition("A"), null).stream().substring(5);
    house.rooms.lead(co, id, lead, null);
    house.rooms.accept(co, id, null);
    return id;
  }

  private static LocalDateTime at(String time) {
    return LocalDateTime.parse("2026-12-01T" + time);
  }

  private void book(String id, String from, List<String> mediators) {
    var start = LocalDateTime.parse(from);
    var parties = new ArrayList<String>();
    house.rooms.get(id).parties().forEach(p -> parties.add(p.id()));
    house.sessions.book(
        house.who("coordinator"),
        new Booking(
            id, "joint", start, start.plusHours(1), "h1", mediators, List.of(), List.of(), parties),
        null);
  }

  private static void refused(ThrowingCallable call, String how) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refused.class,
            e ->
                assertThat((e.code() + " " + (e.field() == null ? "" : e.field())).strip())
                    .isEqualTo(how));
  }
}
