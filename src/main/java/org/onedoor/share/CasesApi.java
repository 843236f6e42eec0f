package org.onedoor.share;

import static org.onedoor.people.Refused.Code.BAD_INPUT;
import static org.onedoor.people.Refused.Code.NOT_ALLOWED;
import static org.onedoor.people.Refused.Code.NOT_FOUND;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.onedoor.event.Payload;
import org.onedoor.log.Hub;
import org.onedoor.people.People;
import org.onedoor.people.Refused;
import org.onedoor.people.Text;
import org.onedoor.people.Thing;
import org.onedoor.room.Petition;
import org.onedoor.room.Petition.NewParty;
import org.onedoor.room.Rooms;
import org.onedoor.room.Timeline;
import org.onedoor.search.CaseIndex;
import org.onedoor.search.CaseList;
import org.onedoor.search.CaseQuery;
import org.onedoor.share.OneOf.Vocabulary;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /cases}: registering, reading and listing them, and what happened in each. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Cases")
class CasesApi {
  static final Set<String> STATUS = Set.of("registered", "accepted", "declined", "closed");

  private final Hub hub;
  private final People people;
  private final Rooms rooms;
  private final Timeline timeline;
  private final CaseIndex index;
  private final CaseList list;
  private final Parameters parameters;
  private final Told told;
  private final History history;
  private final Object externals = new Object();

  CasesApi(
      Hub hub,
      People people,
      Rooms rooms,
      Timeline timeline,
      CaseIndex index,
      CaseList list,
      Parameters parameters,
      Told told,
      History history) {
    this.hub = hub;
    this.people = people;
    this.rooms = rooms;
    this.timeline = timeline;
    this.index = index;
    this.list = list;
    this.parameters = parameters;
    this.told = told;
    this.history = history;
  }

  @PostMapping("/cases")
  @Promise(
      value =
          "Registers a petition. The same external number of the same source again is the same case: 200.",
      takes = Sent.Petition.class,
      gives = Given.Numbered.class,
      status = {201, 200},
      refuses = {NOT_ALLOWED, NOT_FOUND})
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
    var id = id(caller.wrote(entry));
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

  static NewParty party(Body p) {
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
  @Promise(value = "A case.", gives = Given.Case.class)
  Map<String, @Nullable Object> aCase(Caller caller, @PathVariable String id) {
    return told.aCase(caller.who(), rooms.seen(caller.who(), id));
  }

  @GetMapping("/cases")
  @Promise(
      value = "The cases the caller may see, the newest first.",
      gives = Given.CaseLine.class,
      paged = true)
  Map<String, @Nullable Object> cases(
      Caller caller,
      @OneOf(Vocabulary.STATUS) @RequestParam(required = false) @Nullable String status,
      @Parameter(description = "An agency that leads or assists.") @RequestParam(required = false)
          @Nullable String agency,
      @Parameter(description = "late, week, or a day like 2026-12-01.")
          @RequestParam(required = false)
          @Nullable String due,
      @Parameter(description = "Words to look for.") @RequestParam(required = false)
          @Nullable String q,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(required = false) @Nullable String limit) {
    var wanted = Parameters.some(status);
    var of = parameters.agency(agency);
    var when = Parameters.some(due);
    if (wanted != null && !STATUS.contains(wanted)) throw Parameters.word("status", wanted, STATUS);
    if (when != null && !CaseQuery.isDue(when))
      throw Parameters.word("due", when, Set.of("late", "week", "2026-12-01"));
    var most = Parameters.limit(limit);
    if (after != null && !after.matches("\\d{4}-\\d{4,9}"))
      throw new Refused(BAD_INPUT, "share.badCursor").at("after");
    caller.seenOwn(index);
    var query = CaseQuery.ALL.status(wanted).agency(of).due(when).words(q);
    var found = list.below(caller.who(), query, after, most);
    return Parameters.page(found.lines().stream().map(told::line).toList(), found.next());
  }

  @GetMapping("/cases/{id}/entries")
  @Promise(
      value = "What happened that the caller may see, the oldest first.",
      gives = Given.HistoryEntry.class,
      paged = true)
  Map<String, @Nullable Object> entries(
      Caller caller,
      @PathVariable String id,
      @Parameter(description = "Only what officers of this agency did.")
          @RequestParam(required = false)
          @Nullable String agency,
      @OneOf(Vocabulary.ENTRY) @RequestParam(required = false) @Nullable String kind,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(required = false) @Nullable String limit) {
    rooms.seen(caller.who(), id);
    var most = Parameters.limit(limit);
    var of = parameters.agency(agency);
    var type = Parameters.some(kind);
    if (type != null && !Payload.kinds().containsKey(type))
      throw Parameters.word("kind", type, Payload.kinds().keySet());
    try (var entries = timeline.of(caller.who(), id, Parameters.position(after))) {
      var found =
          entries
              .filter(e -> type == null || Payload.name(e.event()).equals(type))
              .filter(e ->
                  of == null
                      || people.officer(e.by()).filter(o -> o.agency().equals(of)).isPresent())
              .limit(most + 1L)
              .toList();
      var items =
          found.stream()
              .limit(most)
              .map(e -> history.entry(caller.who(), e, caller.locale(), "rest"))
              .toList();
      return Parameters.page(
          items, found.size() > most ? "" + found.get(most - 1).position() : null);
    }
  }
}
