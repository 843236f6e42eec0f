package org.onedoor.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Who may see what, role by output, with words planted where they must not be found. The table here
 * is the one of the field; the test prints what it found.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RightsIT {
  private static final String FACTS = "Zebrafacts";
  private static final String PARTY = "Zebraparty";
  private static final String JOINT = "zebrajoint";
  private static final String OWN = "zebralabour";
  private static final String CENTRE = "zebracentre";

  /** What each account may know of the case: its facts, its notes, its session. */
  enum Who {
    clerk(true, Set.of()),
    coordinator(true, Set.of(JOINT, CENTRE)),
    labour(true, Set.of(JOINT, OWN)),
    labour2(true, Set.of(JOINT, OWN)),
    housing(true, Set.of(JOINT)),
    mediator(true, Set.of(JOINT)),
    director(true, Set.of()),
    justice(false, Set.of()),
    police(false, Set.of()),
    mediator2(false, Set.of()),
    trainee(false, Set.of()),
    admin(false, Set.of());

    final boolean facts;
    final Set<String> notes;

    Who(boolean facts, Set<String> notes) {
      this.facts = facts;
      this.notes = notes;
    }
  }

  private final Map<String, String> notes = new LinkedHashMap<>();
  private final StringBuilder table = new StringBuilder();
  private Centre centre;
  private Browsers browsers;
  private String id;
  private String session;

  @BeforeAll
  void plant() throws Exception {
    centre = Centre.shared();
    browsers = new Browsers(centre);
    var coordinator = centre.as("coordinator");
    var labour = centre.as("labour");
    id =
        coordinator.register(
            FACTS,
            Map.of(
                "lead", "labour", "parties", List.of(Map.of("name", PARTY, "role", "petitioner"))));
    coordinator.post("/cases/" + id + "/accept", Map.of());
    coordinator.post("/cases/" + id + "/assist", Map.of("agency", "housing"));
    notes.put(JOINT, labour.note(id, "Joint " + JOINT, "joint"));
    notes.put(OWN, labour.note(id, "Own " + OWN, "agency"));
    notes.put(CENTRE, coordinator.note(id, "Own " + CENTRE, "agency"));
    session =
        coordinator
            .post(
                "/sessions",
                Program.session(
                    id,
                    "2028-02-01T09:00:00+08:00",
                    "2028-02-01T10:00:00+08:00",
                    coordinator.get("/halls").json().path("items").get(0).path("id").stringValue(),
                    "mediator"))
            .id();
    assertThat(session).isNotEmpty();
  }

  @AfterAll
  void print() {
    browsers.close();
    System.out.println("Who sees what of a case led by labour, assisted by housing:\n" + table);
  }

  @ParameterizedTest
  @EnumSource(Who.class)
  void sees_what_the_table_says_and_nothing_else(Who who) {
    var caller = centre.as(who.name());
    var seen = new TreeSet<String>();
    var answer = caller.get("/cases/" + id);
    assertThat(answer.status()).as("the case").isEqualTo(who.facts ? 200 : 404);
    assertThat(caller.get("/cases/" + id + "/entries").status())
        .as("entries")
        .isEqualTo(who.facts ? 200 : 404);
    for (var query : List.of("", "?q=" + FACTS, "?agency=labour", "?status=accepted"))
      assertThat(caller.get("/cases" + query).json().toString().contains(id))
          .as("list " + query)
          .isEqualTo(who.facts);
    for (var word : List.of(FACTS, PARTY)) {
      var found = caller.get("/search?q=" + word).json();
      assertThat(found.path("total").intValue()).as("search " + word).isEqualTo(who.facts ? 1 : 0);
      assertThat(found.path("facets").path("agency").size()).isEqualTo(who.facts ? 2 : 0);
    }
    var entries = caller.get("/cases/" + id + "/entries").json().toString();
    for (var note : notes.entrySet()) {
      var may = who.notes.contains(note.getKey());
      if (may) seen.add(note.getKey());
      assertThat(caller.get("/notes/" + note.getValue()).status())
          .as(note.getKey())
          .isEqualTo(may ? 200 : 404);
      assertThat(caller.get("/search?q=" + note.getKey()).json().path("total").intValue())
          .as("search")
          .isEqualTo(may ? 1 : 0);
      assertThat(entries.contains(note.getValue())).as("entries tell of it").isEqualTo(may);
      assertThat(answer.json().toString().contains(note.getValue()))
          .as("the case names it")
          .isEqualTo(may);
      try (var wire =
          caller.wire("ws/notes/" + note.getValue() + "?i=client-" + who.name() + "-0123456789")) {
        if (may) wire.hear("open");
        else assertThat(wire.closeCode()).isEqualTo(4404);
      }
    }
    try (var live = caller.wire("ws/live?case=" + id + "&after=0")) {
      if (who.facts) live.hear("here");
      else assertThat(live.closeCode()).isEqualTo(4404);
    }
    var sessions = caller.get("/sessions?from=2028-02-01&to=2028-02-01").json();
    assertThat(sessions.toString().contains(session)).as("the session").isEqualTo(who.facts);
    var none = who == Who.trainee || who == Who.admin;
    assertThat(sessions.path("items").size())
        .as("at least that it is taken")
        .isEqualTo(none ? 0 : 1);
    table.append("%-12s facts %-5s notes %s%n".formatted(who, who.facts ? "yes" : "-", seen));
  }

  @ParameterizedTest
  @EnumSource(Who.class)
  void the_screen_shows_the_same(Who who) {
    var page = browsers.as(who.name());
    try {
      page.navigate(centre.url() + "cases/" + id);
      page.waitForSelector(who.facts ? ".room-head h1" : "main .empty");
      var text = page.locator("body").innerText();
      assertThat(text.contains(FACTS)).isEqualTo(who.facts);
      assertThat(text.contains(PARTY)).isEqualTo(who.facts);
      for (var note : notes.keySet())
        assertThat(text.contains(note)).as(note).isEqualTo(who.notes.contains(note));
      for (var note : notes.entrySet()) {
        page.navigate(centre.url() + "cases/" + id + "/notes/" + note.getValue());
        page.waitForSelector(who.facts ? ".room-head h1" : "main .empty");
        if (!who.notes.contains(note.getKey()))
          assertThat(page.locator("body").innerText()).doesNotContain(note.getKey());
      }
      page.navigate(centre.url() + "calendar?week=2028-W05");
      page.waitForSelector("main .weekgrid > *");
      assertThat(page.locator("body").innerText().contains(id))
          .as("the calendar")
          .isEqualTo(who.facts);
      page.navigate(centre.url() + "search?q=" + FACTS);
      page.waitForSelector(".hits > *");
      assertThat(page.locator(".hits").innerText().contains(id)).as("search").isEqualTo(who.facts);
      page.navigate(centre.url() + "cases/" + id + "/receipt");
      page.waitForSelector(who.facts ? ".receipt" : "main .empty");
    } finally {
      page.context().close();
    }
  }

  @Test
  void what_one_may_not_do_is_refused_and_what_one_may_not_know_does_not_exist() {
    var housing = centre.as("housing");
    assertThat(housing.post("/cases/" + id + "/accept", Map.of()).said())
        .isEqualTo("403 NOT_ALLOWED ");
    assertThat(housing.post("/cases/" + id + "/assist", Map.of("agency", "court")).said())
        .isEqualTo("403 NOT_ALLOWED ");
    assertThat(housing.post("/sessions/" + session + "/cancel", Map.of("reason", "x")).said())
        .isEqualTo("403 NOT_ALLOWED ");
    for (var stranger : List.of("justice", "trainee", "admin", "mediator2")) {
      var who = centre.as(stranger);
      assertThat(
              who.post("/cases/" + id + "/contacts", Map.of("channel", "phone", "words", "x"))
                  .said())
          .isEqualTo("404 NOT_FOUND ");
      assertThat(
              who.post("/cases/" + id + "/notes", Map.of("title", "x", "audience", "joint")).said())
          .isEqualTo("404 NOT_FOUND ");
      assertThat(who.post("/sessions/" + session + "/held", Map.of("attended", List.of())).said())
          .isEqualTo("404 NOT_FOUND ");
    }
    for (var reader : List.of("director", "mediator")) {
      assertThat(
              centre
                  .as(reader)
                  .post("/cases/" + id + "/contacts", Map.of("channel", "phone", "words", "x"))
                  .said())
          .isEqualTo("403 NOT_ALLOWED ");
      assertThat(centre.as(reader).post("/cases", Map.of("title", "x", "words", "y")).said())
          .isEqualTo("403 NOT_ALLOWED ");
    }
    assertThat(
            centre
                .as("director")
                .post("/cases/" + id + "/notes", Map.of("title", "x", "audience", "joint"))
                .said())
        .isEqualTo("403 NOT_ALLOWED ");
  }
}
