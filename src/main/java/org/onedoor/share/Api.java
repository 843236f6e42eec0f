package org.onedoor.share;

import static org.onedoor.people.Refused.Code.BAD_INPUT;
import static org.onedoor.people.Refused.Code.NOT_FOUND;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.onedoor.event.Event.Contact;
import org.onedoor.event.Event.NoteOpened;
import org.onedoor.event.Event.PartyAdded;
import org.onedoor.event.Event.SessionBooked;
import org.onedoor.log.Hub;
import org.onedoor.note.Notes;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Refused;
import org.onedoor.people.Role;
import org.onedoor.people.Text;
import org.onedoor.people.Thing;
import org.onedoor.room.Petition;
import org.onedoor.room.Petition.NewParty;
import org.onedoor.room.Rooms;
import org.onedoor.room.Timeline;
import org.onedoor.schedule.Booking;
import org.onedoor.schedule.Sessions;
import org.onedoor.search.CaseIndex;
import org.onedoor.search.CaseList;
import org.onedoor.search.CaseQuery;
import org.onedoor.search.CaseSearch;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1}, to the letter of the public contract. */
@RestController
@RequestMapping("/api/v1")
class Api {
  private static final int PAGE = 50;
  private static final int MOST = 200;
  private static final Set<String> STATUS = Set.of("registered", "accepted", "declined", "closed");

  private final Hub hub;
  private final People people;
  private final Rooms rooms;
  private final Timeline timeline;
  private final Notes notes;
  private final Sessions sessions;
  private final CaseIndex index;
  private final CaseList list;
  private final CaseSearch search;
  private final Told told;
  private final Object externals = new Object();

  Api(
      Hub hub,
      People people,
      Rooms rooms,
      Timeline timeline,
      Notes notes,
      Sessions sessions,
      CaseIndex index,
      CaseList list,
      CaseSearch search,
      Told told) {
    this.hub = hub;
    this.people = people;
    this.rooms = rooms;
    this.timeline = timeline;
    this.notes = notes;
    this.sessions = sessions;
    this.index = index;
    this.list = list;
    this.search = search;
    this.told = told;
  }

  // ---- the directory ----

  @GetMapping("/me")
  Map<String, Object> me(Caller caller) {
    return officer(caller.who(), caller);
  }

  @GetMapping("/agencies")
  Map<String, @Nullable Object> agencies(
      Caller caller,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(required = false) @Nullable String limit) {
    return paged(
        directory(caller, people.directory().agencyList()),
        after,
        limit,
        a ->
            Map.of(
                "id",
                a.id(),
                "name",
                a.name().in(caller.locale()),
                "letters",
                a.letters().in(caller.locale()),
                "colour",
                a.colour()));
  }

  @GetMapping("/officers")
  Map<String, @Nullable Object> officers(
      Caller caller,
      @RequestParam(required = false) @Nullable String agency,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(required = false) @Nullable String limit) {
    var of = known(agency);
    return paged(
        directory(caller, people.directory().officers().values()).stream()
            .filter(o -> of == null || o.agency().equals(of))
            .toList(),
        after,
        limit,
        o -> officer(o, caller));
  }

  private static Map<String, Object> officer(Officer o, Caller caller) {
    return Map.of(
        "id",
        o.id(),
        "name",
        o.name().in(caller.locale()),
        "agency",
        o.agency(),
        "roles",
        o.roles().stream().sorted().map(r -> r.word()).toList());
  }

  @GetMapping("/halls")
  Map<String, @Nullable Object> halls(
      Caller caller,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(required = false) @Nullable String limit) {
    return paged(
        directory(caller, people.directory().halls().values()),
        after,
        limit,
        h ->
            Map.of(
                "id",
                h.id(),
                "name",
                h.name().in(caller.locale()),
                "seats",
                h.seats(),
                "stepFree",
                h.stepFree(),
                "waitingRooms",
                h.waitingRooms(),
                "equipment",
                h.equipment()));
  }

  @GetMapping("/kinds")
  Map<String, @Nullable Object> kinds(
      Caller caller,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(required = false) @Nullable String limit) {
    return paged(
        directory(caller, people.directory().kinds()),
        after,
        limit,
        k -> {
          var kind = new LinkedHashMap<String, Object>();
          kind.put("id", k.code());
          kind.put("name", k.name().in(caller.locale()));
          if (k.parent() != null) kind.put("parent", k.parent());
          return kind;
        });
  }

  /** Trainees have no directory. */
  private static <T> List<T> directory(Caller caller, Collection<T> all) {
    return only(caller, Set.of(Role.TRAINEE)) ? List.of() : List.copyOf(all);
  }

  private static boolean only(Caller caller, Set<Role> roles) {
    return roles.containsAll(caller.who().roles());
  }

  // ---- cases ----

  @PostMapping("/cases")
  ResponseEntity<?> register(Caller caller, Body body) {
    return caller.once(
        body,
        once -> {
          rooms.mustRegister(caller.who());
          var petition = petition(body);
          var external = petition.externalKey();
          if (external == null)
            return registered(caller, 201, rooms.register(caller.who(), petition, once));
          synchronized (externals) { // or of two at once both would think they were the first
            var known = hub.once(external);
            if (known.isEmpty())
              return registered(caller, 201, rooms.register(caller.who(), petition, external));
            people.mustSee(caller.who(), new Thing.Facts(id(known.get())));
            return registered(caller, 200, known.get());
          }
        });
  }

  private static Answer registered(Caller caller, int status, Entry entry) {
    var id = id(seenBy(caller, entry));
    return Answer.of(status, Map.of("id", id, "number", id));
  }

  private static Petition petition(Body body) {
    var parties = new ArrayList<NewParty>();
    for (var p : body.bodies("parties")) parties.add(party(p));
    var number = Text.may("externalNumber", body.text("externalNumber"), Text.NAME);
    var source = Text.may("externalSource", body.text("externalSource"), Text.NAME);
    return new Petition(
        body.text("title"),
        body.text("words"),
        body.text("kind"),
        body.text("channel"),
        body.text("lead"),
        parties,
        body.texts("needs"),
        number,
        number == null ? null : source == null ? "" : source,
        null);
  }

  private static NewParty party(Body p) {
    return new NewParty(
        p.text("name"),
        p.text("role"),
        p.text("type"),
        p.text("contact"),
        p.text("phone"),
        p.text("idNumber"),
        p.text("address"));
  }

  private static String id(Entry entry) {
    return entry.stream().substring("case/".length());
  }

  @GetMapping("/cases/{id}")
  Map<String, @Nullable Object> aCase(Caller caller, @PathVariable String id) {
    return told.aCase(caller.who(), rooms.seen(caller.who(), id));
  }

  @GetMapping("/cases")
  Map<String, @Nullable Object> cases(
      Caller caller,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String agency,
      @RequestParam(required = false) @Nullable String due,
      @RequestParam(required = false) @Nullable String q,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(required = false) @Nullable String limit) {
    var wanted = some(status);
    var of = known(agency);
    var when = some(due);
    if (wanted != null && !STATUS.contains(wanted)) throw word("status", wanted, STATUS);
    if (when != null && !CaseQuery.isDue(when))
      throw word("due", when, Set.of("late", "week", "2026-12-01"));
    var most = limit(limit);
    if (after != null && !after.matches("\\d{4}-\\d{4,9}"))
      throw new Refused(BAD_INPUT, "share.badCursor").at("after");
    caller.seenOwn(index);
    var query = CaseQuery.ALL.status(wanted).agency(of).due(when).words(q);
    var found = list.below(caller.who(), query, after, most);
    return page(found.lines().stream().map(told::line).toList(), found.next());
  }

  @PostMapping("/cases/{id}/correct")
  ResponseEntity<?> correct(Caller caller, @PathVariable String id, Body body) {
    return acted(
        caller,
        id,
        body,
        once ->
            rooms.correct(
                caller.who(),
                id,
                body.text("field"),
                body.text("was"),
                body.text("is"),
                body.text("reason"),
                once));
  }

  @PostMapping("/cases/{id}/parties")
  ResponseEntity<?> parties(Caller caller, @PathVariable String id, Body body) {
    return caller.once(
        body,
        once -> {
          var entry = seenBy(caller, rooms.addParty(caller.who(), id, party(body), once));
          return Answer.of(201, Map.of("id", ((PartyAdded) entry.event()).party().id()));
        });
  }

  @PostMapping("/cases/{id}/contacts")
  ResponseEntity<?> contacts(Caller caller, @PathVariable String id, Body body) {
    return caller.once(
        body,
        once -> {
          var at = body.time("at");
          var entry =
              seenBy(
                  caller,
                  rooms.contact(
                      caller.who(),
                      id,
                      body.text("channel"),
                      body.text("words"),
                      at == null ? null : at.toInstant(),
                      once));
          return Answer.of(201, Map.of("id", ((Contact) entry.event()).id()));
        });
  }

  @GetMapping("/cases/{id}/entries")
  Map<String, @Nullable Object> entries(
      Caller caller,
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(required = false) @Nullable String limit) {
    rooms.seen(caller.who(), id);
    var most = limit(limit);
    try (var entries = timeline.of(caller.who(), id, position(after))) {
      var found = entries.limit(most + 1L).toList();
      var items = found.stream().limit(most).map(e -> told.entry(e, caller.locale())).toList();
      return page(items, found.size() > most ? "" + found.get(most - 1).position() : null);
    }
  }

  @PostMapping("/cases/{id}/accept")
  ResponseEntity<?> accept(Caller caller, @PathVariable String id, Body body) {
    return acted(caller, id, body, once -> rooms.accept(caller.who(), id, once));
  }

  @PostMapping("/cases/{id}/decline")
  ResponseEntity<?> decline(Caller caller, @PathVariable String id, Body body) {
    return acted(
        caller, id, body, once -> rooms.decline(caller.who(), id, body.text("reason"), once));
  }

  @PostMapping("/cases/{id}/object")
  ResponseEntity<?> object(Caller caller, @PathVariable String id, Body body) {
    return acted(
        caller, id, body, once -> rooms.object(caller.who(), id, body.text("reason"), once));
  }

  @PostMapping("/cases/{id}/close")
  ResponseEntity<?> close(Caller caller, @PathVariable String id, Body body) {
    return acted(
        caller,
        id,
        body,
        once -> rooms.close(caller.who(), id, body.text("outcome"), body.text("summary"), once));
  }

  @PostMapping("/cases/{id}/reopen")
  ResponseEntity<?> reopen(Caller caller, @PathVariable String id, Body body) {
    return acted(
        caller, id, body, once -> rooms.reopen(caller.who(), id, body.text("reason"), once));
  }

  @PostMapping("/cases/{id}/lead")
  ResponseEntity<?> lead(Caller caller, @PathVariable String id, Body body) {
    return acted(caller, id, body, once -> rooms.lead(caller.who(), id, body.text("agency"), once));
  }

  @PostMapping("/cases/{id}/assist")
  ResponseEntity<?> assist(Caller caller, @PathVariable String id, Body body) {
    return acted(
        caller, id, body, once -> rooms.assist(caller.who(), id, body.text("agency"), once));
  }

  @PostMapping("/cases/{id}/release")
  ResponseEntity<?> release(Caller caller, @PathVariable String id, Body body) {
    return acted(
        caller,
        id,
        body,
        once -> rooms.release(caller.who(), id, body.text("agency"), body.text("reason"), once));
  }

  private ResponseEntity<?> acted(
      Caller caller, String id, Body body, Function<@Nullable String, Entry> act) {
    return caller.once(
        body,
        once -> {
          seenBy(caller, act.apply(once));
          // who objects has left the case by what they did
          var room = rooms.get(id);
          return Answer.of(200, told.aCase(caller.who(), room));
        });
  }

  /** A list or search by the same caller afterwards shows it. */
  private static Entry seenBy(Caller caller, Entry entry) {
    caller.wrote(entry.position());
    return entry;
  }

  // ---- notes ----

  @PostMapping("/cases/{id}/notes")
  ResponseEntity<?> openNote(Caller caller, @PathVariable String id, Body body) {
    return caller.once(
        body,
        once -> {
          var entry =
              seenBy(
                  caller,
                  notes.open(
                      caller.who(),
                      id,
                      body.text("title"),
                      body.text("audience"),
                      null,
                      null,
                      once));
          return Answer.of(201, Map.of("id", ((NoteOpened) entry.event()).id()));
        });
  }

  @GetMapping("/notes/{id}")
  Map<String, Object> note(Caller caller, @PathVariable String id) {
    var head = notes.seen(caller.who(), id);
    var caseId = notes.caseOf(id).orElseThrow();
    var note = notes.note(caseId, id);
    var said = new LinkedHashMap<String, Object>();
    said.put("id", id);
    said.put("case", caseId);
    said.put("title", head.title());
    said.put("audience", head.audience());
    if (head.agency() != null) said.put("agency", head.agency());
    if (!head.readers().isEmpty()) said.put("readers", head.readers());
    synchronized (note) {
      said.put("version", note.version());
      said.put("text", note.text());
    }
    said.put(
        "authors",
        note.writers().stream()
            .flatMap(a -> people.officer(a).stream())
            .map(o ->
                Map.of("id", o.id(), "name", o.name().in(caller.locale()), "agency", o.agency()))
            .toList());
    return said;
  }

  // ---- search ----

  @GetMapping("/search")
  Map<String, Object> find(
      Caller caller,
      @RequestParam(required = false) @Nullable String q,
      @RequestParam(required = false) @Nullable String kind,
      @RequestParam(required = false) @Nullable String agency,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable String limit) {
    caller.seenOwn(index);
    var filters =
        new CaseSearch.Filters(
            some(kind),
            some(agency),
            some(status),
            instant("from", from, false),
            instant("to", to, true));
    var found = search.find(caller.who(), q, filters, limit(limit), caller.locale());
    var hits =
        found.hits().stream()
            .map(h -> {
              var hit = new LinkedHashMap<String, Object>();
              hit.put(
                  "case", Map.of("id", h.caseId(), "number", h.caseId(), "title", h.caseTitle()));
              if (h.noteId() != null && h.noteTitle() != null)
                hit.put("note", Map.of("id", h.noteId(), "title", h.noteTitle()));
              hit.put("snippet", h.snippet());
              hit.put("at", told.time(h.at()));
              return hit;
            })
            .toList();
    return Map.of(
        "total", found.total(), "read", found.read(), "hits", hits, "facets", found.facets());
  }

  // ---- sessions ----

  @PostMapping("/sessions")
  ResponseEntity<?> book(Caller caller, Body body) {
    return caller.once(
        body,
        once -> {
          var entry =
              seenBy(
                  caller,
                  sessions.book(
                      caller.who(),
                      new Booking(
                          body.text("case"),
                          body.text("kind"),
                          told.wall(body.time("from")),
                          told.wall(body.time("to")),
                          body.text("hall"),
                          body.texts("mediators"),
                          body.texts("officers"),
                          body.texts("agencies"),
                          body.texts("parties")),
                      once));
          return Answer.of(201, Map.of("id", ((SessionBooked) entry.event()).id()));
        });
  }

  @PostMapping("/sessions/{id}/move")
  ResponseEntity<?> move(Caller caller, @PathVariable String id, Body body) {
    return session(
        caller,
        id,
        body,
        once ->
            sessions.move(
                caller.who(),
                id,
                told.wall(body.time("from")),
                told.wall(body.time("to")),
                body.text("hall"),
                once));
  }

  @PostMapping("/sessions/{id}/cancel")
  ResponseEntity<?> cancel(Caller caller, @PathVariable String id, Body body) {
    return session(
        caller, id, body, once -> sessions.cancel(caller.who(), id, body.text("reason"), once));
  }

  @PostMapping("/sessions/{id}/held")
  ResponseEntity<?> held(Caller caller, @PathVariable String id, Body body) {
    return session(
        caller, id, body, once -> sessions.held(caller.who(), id, body.texts("attended"), once));
  }

  private ResponseEntity<?> session(
      Caller caller, String id, Body body, Function<@Nullable String, Entry> act) {
    return caller.once(
        body,
        once -> {
          seenBy(caller, act.apply(once));
          return Answer.of(200, told.session(sessions.calendar().session(id).orElseThrow()));
        });
  }

  @GetMapping("/sessions")
  Map<String, @Nullable Object> sessions(
      Caller caller,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable String hall,
      @RequestParam(required = false) @Nullable String officer,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(required = false) @Nullable String limit) {
    var zone = people.zone();
    var begin = instant("from", from, false);
    var end = instant("to", to, true);
    var first =
        begin == null ? LocalDateTime.of(1, 1, 1, 0, 0) : LocalDateTime.ofInstant(begin, zone);
    var last =
        end == null ? LocalDateTime.of(9999, 1, 1, 0, 0) : LocalDateTime.ofInstant(end, zone);
    var in = some(hall);
    var of = some(officer);
    if (only(caller, Set.of(Role.TRAINEE, Role.ADMIN))) return page(List.of(), null);
    var found =
        sessions.all(caller.who(), first, last).stream()
            .filter(s -> in == null || s.session().hall().equals(in))
            .filter(s ->
                of == null
                    || (s.seen()
                        && (s.session().officers().contains(of)
                            || s.session().mediators().contains(of))))
            .toList();
    return paged(
        found, after, limit, s -> s.seen() ? told.session(s.session()) : told.taken(s.session()));
  }

  // ---- lists ----

  private static Map<String, @Nullable Object> page(List<?> items, @Nullable String next) {
    var page = new LinkedHashMap<String, @Nullable Object>();
    page.put("items", items);
    page.put("next", next);
    return page;
  }

  private static <T> Map<String, @Nullable Object> paged(
      List<T> all, @Nullable String after, @Nullable String limit, Function<T, Object> how) {
    var most = limit(limit);
    var offset = offset(after);
    var items = all.stream().skip(offset).limit(most).map(how).toList();
    return page(items, offset + most < all.size() ? "" + (offset + most) : null);
  }

  /** A parameter that says nothing is not there. */
  private static @Nullable String some(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  private @Nullable String known(@Nullable String agency) {
    var id = some(agency);
    if (id != null && people.directory().agency(id).isEmpty())
      throw new Refused(BAD_INPUT, "room.unknownAgency", id).at("agency");
    return id;
  }

  private static int limit(@Nullable String limit) {
    if (limit == null || limit.isBlank()) return PAGE;
    if (!limit.matches("\\d{1,4}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > MOST)
      throw new Refused(BAD_INPUT, "share.badLimit", MOST).at("limit");
    return Integer.parseInt(limit);
  }

  private static int offset(@Nullable String after) {
    return (int) Math.min(Integer.MAX_VALUE / 2, position(after));
  }

  private static long position(@Nullable String after) {
    if (after == null || after.isBlank()) return 0;
    if (!after.matches("\\d{1,18}")) throw new Refused(BAD_INPUT, "share.badCursor").at("after");
    return Long.parseLong(after);
  }

  /** A day of the centre's zone ({@code to} inclusive) or an instant ({@code to} exclusive). */
  private @Nullable Instant instant(String field, @Nullable String text, boolean end) {
    if (text == null || text.isBlank()) return null;
    try {
      if (text.contains("T"))
        return Body.sane(OffsetDateTime.parse(text.replace(' ', '+'))).toInstant();
      var day = LocalDate.parse(text);
      if (day.getYear() < 1 || day.getYear() > 9_998) throw new DateTimeException("year");
      return (end ? day.plusDays(1) : day).atStartOfDay(people.zone()).toInstant();
    } catch (DateTimeException e) {
      throw new Refused(BAD_INPUT, "share.badTime", field, text).at(field);
    }
  }

  private static Refused word(String field, String value, Set<String> words) {
    return new Refused(
            BAD_INPUT,
            "room.unknownWord",
            field,
            String.join(", ", words.stream().sorted().toList()),
            value)
        .at(field);
  }

  /** Everything else under here. */
  @RequestMapping("/**")
  void nothing(Caller caller) {
    throw new Refused(NOT_FOUND, "people.notFound");
  }
}
