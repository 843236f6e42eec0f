package org.onedoor.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Event;
import org.onedoor.event.Event.AccountOpened;
import org.onedoor.event.Event.Registered;
import org.onedoor.log.DataFolder;
import org.onedoor.log.EventLog;
import org.onedoor.log.Hub;
import org.onedoor.log.Logs;
import org.onedoor.log.Which;
import org.onedoor.note.Notes;
import org.onedoor.people.Accounts;
import org.onedoor.people.Founding;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.SetUp;
import org.onedoor.people.SignIns;
import org.onedoor.room.Petition;
import org.onedoor.room.Petition.NewParty;
import org.onedoor.room.Rooms;
import org.onedoor.schedule.Booking;
import org.onedoor.schedule.Sessions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A fictional centre and its history, told through the same rules as everything else, on a clock
 * that the story sets: what could not have happened stops the telling.
 */
final class Demo {
  static final String PASSWORD = "onedoor-demo";

  /** Who tells the centre's set-up; its first fact shows whose centre it is. */
  private static final String TELLER = "demo";

  static final List<String> ACCOUNTS =
      List.of(
          "clerk",
          "coordinator",
          "labour",
          "labour2",
          "housing",
          "justice",
          "court",
          "police",
          "mediator",
          "mediator2",
          "trainee",
          "director",
          "admin");

  private static final JsonMapper JSON = JsonMapper.shared();

  private final LocalDate today;
  private final ZoneId zone;
  private Instant now;
  private final People people;
  private final Rooms rooms;
  private final Notes notes;
  private final Sessions sessions;

  /** Something that happens in the story. */
  private record Beat(Instant at, int order, Runnable happens) {}

  private Demo(Hub hub, Instant now, ZoneId zone) {
    this.now = now;
    this.zone = zone;
    today = LocalDate.ofInstant(now, zone);
    people = new People(hub);
    rooms = new Rooms(hub, people, this::now);
    notes = new Notes(hub, people);
    sessions = new Sessions(hub, people, this::now);
  }

  private Instant now() {
    return now;
  }

  /** Whether the log holds the demo's centre. */
  static boolean isIn(EventLog log) {
    try (var first = log.read(Which.stream(People.STREAM), 0)) {
      return first.findFirst().map(e -> e.by().equals(TELLER)).orElse(false);
    }
  }

  /** Tells the story into an empty folder. */
  static void tell(Path data, String url, InstantSource clock) {
    var told = new Instant[] {clock.instant()};
    try (var _ = DataFolder.open(data);
        var log = Logs.open(url, () -> told[0]);
        var hub = new Hub(log)) {
      var centre = read("centre.json");
      var zone = ZoneId.of(centre.path("zone").asString("Asia/Shanghai"));
      var demo = new Demo(hub, clock.instant(), zone);
      var beats = new ArrayList<Beat>();
      for (var story : read("cases.json")) demo.plan(story, beats);
      beats.sort(Comparator.comparing(Beat::at).thenComparingInt(Beat::order));
      told[0] = beats.getFirst().at().minusSeconds(86_400);
      demo.setUp(centre, new Accounts(hub, demo.people, new SignIns(hub, clock), clock));
      for (var beat : beats) {
        if (beat.at().isAfter(clock.instant())) continue; // not yet, on this day
        told[0] = beat.at();
        demo.now = beat.at();
        beat.happens().run();
      }
    }
  }

  private static JsonNode read(String name) {
    try (var in = Demo.class.getResourceAsStream("/demo/" + name)) {
      if (in == null) throw new IOException("demo/" + name + " is missing");
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void setUp(JsonNode centre, Accounts accounts) {
    var hash = Accounts.hash(PASSWORD); // one for all: hashing is slow on purpose
    for (var event : SetUp.proper(Founding.of(centre)).facts())
      if (event instanceof AccountOpened account) accounts.openHashed(account, hash, TELLER);
      else people.add(event, TELLER);
  }

  /** Puts the beats of one case in time; ids are known only when they have happened. */
  private void plan(JsonNode story, List<Beat> beats) {
    var ids = new HashMap<String, String>();
    var r = story.path("registered");
    beats.add(new Beat(at(r), beats.size(), () -> register(r, ids)));
    for (var e : story.path("events"))
      beats.add(new Beat(at(e), beats.size(), () -> happen(e, ids)));
  }

  private void register(JsonNode r, Map<String, String> ids) {
    var parties = new ArrayList<NewParty>();
    for (var p : r.path("parties")) parties.add(party(p));
    var entry =
        rooms.register(
            who(r),
            new Petition(
                text(r, "title"),
                text(r, "words"),
                maybe(r, "kind"),
                maybe(r, "channel"),
                maybe(r, "lead"),
                parties,
                texts(r, "needs"),
                null,
                null,
                null),
            null);
    ids.put("case", entry.stream().substring("case/".length()));
    var registered = (Registered) entry.event();
    for (var i = 0; i < parties.size(); i++)
      ids.put("party/" + text(r.path("parties").get(i), "key"), registered.parties().get(i).id());
  }

  private void happen(JsonNode e, Map<String, String> ids) {
    var who = who(e);
    var id = known(ids, "case");
    var what =
        e.propertyNames().stream()
            .filter(n -> !Set.of("day", "time", "by").contains(n))
            .findFirst()
            .orElseThrow();
    var d = e.path(what);
    switch (what) {
      case "contact" -> rooms.contact(who, id, text(d, "channel"), text(d, "words"), null, null);
      case "accept" -> rooms.accept(who, id, null);
      case "decline" -> rooms.decline(who, id, text(d, "reason"), null);
      case "object" -> rooms.object(who, id, text(d, "reason"), null);
      case "lead" -> rooms.lead(who, id, text(d, "agency"), null);
      case "assist" -> rooms.assist(who, id, text(d, "agency"), null);
      case "release" -> rooms.release(who, id, text(d, "agency"), text(d, "reason"), null);
      case "party" -> {
        var entry = rooms.addParty(who, id, party(d), null);
        ids.put("party/" + text(d, "key"), ((Event.PartyAdded) entry.event()).party().id());
      }
      case "close" -> rooms.close(who, id, text(d, "outcome"), text(d, "summary"), null);
      case "reopen" -> rooms.reopen(who, id, text(d, "reason"), null);
      case "note" -> {
        var entry =
            notes.open(
                who, id, text(d, "title"), text(d, "audience"), null, maybe(d, "text"), null);
        ids.put("note/" + text(d, "key"), ((Event.NoteOpened) entry.event()).id());
      }
      case "type" -> notes.write(who, id, known(ids, "note/" + text(d, "note")), text(d, "text"));
      case "session" -> {
        var entry = sessions.book(who, booking(d, ids), null);
        ids.put("session/" + text(d, "key"), ((Event.SessionBooked) entry.event()).id());
      }
      case "move" ->
          sessions.move(
              who,
              known(ids, "session/" + text(d, "session")),
              day(d).atTime(LocalTime.parse(text(d, "from"))),
              day(d).atTime(LocalTime.parse(text(d, "to"))),
              maybe(d, "hall"),
              null);
      case "cancel" ->
          sessions.cancel(
              who, known(ids, "session/" + text(d, "session")), text(d, "reason"), null);
      case "held" ->
          sessions.held(
              who, known(ids, "session/" + text(d, "session")), texts(d, "attended"), null);
      default -> throw new IllegalArgumentException("the story knows no " + what);
    }
  }

  private Booking booking(JsonNode d, Map<String, String> ids) {
    return new Booking(
        known(ids, "case"),
        text(d, "kind"),
        day(d).atTime(LocalTime.parse(text(d, "from"))),
        day(d).atTime(LocalTime.parse(text(d, "to"))),
        text(d, "hall"),
        texts(d, "mediators"),
        texts(d, "officers"),
        texts(d, "agencies"),
        texts(d, "parties").stream().map(p -> known(ids, "party/" + p)).toList());
  }

  /** A day of the story; halls are closed on Saturday and Sunday. */
  private LocalDate day(JsonNode d) {
    var day = today.plusDays(d.path("day").asInt());
    var past = day.isBefore(today);
    while (day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY)
      day = past ? day.minusDays(1) : day.plusDays(1);
    return day;
  }

  private Instant at(JsonNode e) {
    return today
        .plusDays(e.path("day").asInt())
        .atTime(LocalTime.parse(text(e, "time")))
        .atZone(zone)
        .toInstant();
  }

  private Officer who(JsonNode e) {
    return people.officer(text(e, "by")).orElseThrow();
  }

  private static NewParty party(JsonNode p) {
    return new NewParty(
        text(p, "name"),
        text(p, "role"),
        maybe(p, "type"),
        maybe(p, "contact"),
        maybe(p, "phone"),
        null,
        maybe(p, "address"));
  }

  private static String known(Map<String, String> ids, String key) {
    var id = ids.get(key);
    if (id == null) throw new IllegalArgumentException("the story knows no " + key + " yet");
    return id;
  }

  private static String text(JsonNode node, String name) {
    var text = maybe(node, name);
    if (text == null)
      throw new IllegalArgumentException("the story misses " + name + " in " + node);
    return text;
  }

  private static @Nullable String maybe(JsonNode node, String name) {
    var value = node.path(name);
    return value.isString() ? value.stringValue() : null;
  }

  private static List<String> texts(JsonNode node, String name) {
    return StreamSupport.stream(node.path(name).spliterator(), false)
        .map(n -> n.asString(""))
        .toList();
  }
}
