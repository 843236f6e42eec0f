package org.onedoor.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.onedoor.Node;
import tools.jackson.databind.JsonNode;

/** The wire of a live note, to the letter of the public contract. */
class NoteSocketIT {
  static final String A = "client-a-0123456789abcdef";
  static final String B = "client-b-0123456789abcdef";
  static Centre centre;
  static Program labour;
  static Program coordinator;
  static int count;

  @BeforeAll
  static void open() throws Exception {
    centre = Centre.shared();
    labour = centre.as("labour");
    coordinator = centre.as("coordinator");
  }

  @AfterEach
  void nobodys_mistake_is_a_bug() {
    centre.assertCalm();
  }

  record Place(String caseId, String note) {}

  private static Place place() {
    var id = coordinator.register("Typed in " + count++, Map.of("lead", "labour"));
    return new Place(id, labour.note(id, "Joint", "joint"));
  }

  private static Wire wire(Program who, String note, String client, String more) {
    return who.wire("ws/notes/" + note + "?i=" + client + more);
  }

  private static String push(int v, int s, String client, String... changes) {
    var u = new StringBuilder();
    for (var c : changes)
      u.append(u.isEmpty() ? "" : ",")
          .append("{\"c\":")
          .append(c)
          .append(",\"i\":\"")
          .append(client)
          .append("\"}");
    return "{\"t\":\"push\",\"v\":%d,\"s\":%d,\"u\":[%s]}".formatted(v, s, u);
  }

  /** How many the newest word about it says are here. */
  private static int here(Wire wire) {
    return wire.heard().stream()
        .filter(m -> m.path("t").asString("").equals("here"))
        .reduce(0, (_, m) -> m.path("people").size(), (_, last) -> last);
  }

  private static long count(Wire wire, String t) {
    return wire.heard().stream().filter(m -> m.path("t").asString("").equals(t)).count();
  }

  private static boolean ends(JsonNode m, int version) {
    return m.path("t").asString("").equals("updates")
        && m.path("v").intValue() + m.path("u").size() == version;
  }

  @Test
  void what_is_typed_comes_back_to_everybody_and_is_there() {
    var place = place();
    try (var a = wire(labour, place.note(), A, "");
        var b = wire(coordinator, place.note(), B, "")) {
      var open = a.hear("open");
      assertThat(open.path("v").intValue()).isZero();
      assertThat(open.path("doc").stringValue()).isEmpty();
      assertThat(open.path("next").intValue()).isZero();
      assertThat(open.path("write").booleanValue()).isTrue();
      assertThat(open.path("audience").stringValue()).isEqualTo("joint");
      assertThat(open.path("me").path("id").stringValue()).isEqualTo("labour");
      b.hear("open");
      a.hear(m -> m.path("t").asString("").equals("people") && m.path("people").size() == 2);
      a.say(push(0, 0, A, "[[0,\"工资🙂\"]]", "[4,[0,\"\",\"x\"]]"));
      for (var w : List.of(a, b)) {
        var echo = w.hear(m -> ends(m, 2));
        assertThat(echo.path("u").get(0).path("i").stringValue()).isEqualTo(A);
        assertThat(echo.path("u").get(0).path("by").stringValue()).isEqualTo("labour");
      }
      var note = coordinator.get("/notes/" + place.note()).json();
      assertThat(note.path("text").stringValue()).isEqualTo("工资🙂\nx");
      assertThat(note.path("version").intValue()).isEqualTo(2);
      assertThat(note.path("authors").get(0).path("id").stringValue()).isEqualTo("labour");
      a.say("{\"t\":\"cursor\",\"a\":1,\"h\":2,\"v\":2}");
      assertThat(b.hear("cursor").path("by").stringValue()).isEqualTo("labour");
      a.say("{\"t\":\"ping\",\"n\":7}");
      assertThat(a.hear("pong").path("n").intValue()).isEqualTo(7);
    }
  }

  @Test
  void a_late_push_is_moved_over_what_came_before() {
    var place = place();
    try (var a = wire(labour, place.note(), A, "");
        var b = wire(coordinator, place.note(), B, "")) {
      a.hear("open");
      b.hear("open");
      a.say(push(0, 0, A, "[[0,\"one\"]]"));
      b.hear(m -> ends(m, 1));
      b.say(push(0, 0, B, "[[0,\"two\"]]"));
      a.hear(m -> ends(m, 2));
      assertThat(coordinator.get("/notes/" + place.note()).json().path("text").stringValue())
          .isEqualTo("onetwo");
    }
  }

  @Test
  void the_same_push_twice_is_stored_once_and_echoed_again() {
    var place = place();
    try (var a = wire(labour, place.note(), A, "")) {
      a.hear("open");
      a.say(push(0, 0, A, "[[0,\"ab\"]]")).hear(m -> ends(m, 1));
      a.say(push(0, 0, A, "[[0,\"ab\"]]", "[2,[0,\"c\"]]"));
      a.hear(m -> ends(m, 2));
      assertThat(a.heard().stream().filter(m -> ends(m, 1)).count()).isEqualTo(2);
      assertThat(labour.get("/notes/" + place.note()).json().path("text").stringValue())
          .isEqualTo("abc");
    }
  }

  @Test
  void who_comes_back_gets_what_came_since() {
    var place = place();
    try (var a = wire(labour, place.note(), A, "")) {
      a.hear("open");
      for (var i = 0; i < 60; i++) {
        a.say(push(i, i, A, i == 0 ? "[[0,\"x\"]]" : "[" + i + ",[0,\"x\"]]"));
        var v = i + 1;
        a.hear(m -> ends(m, v));
      }
      var passing = a.hear(m -> ends(m, 50));
      assertThat(passing.has("h")).isTrue();
      var crc = new CRC32C();
      crc.update("x".repeat(50).getBytes(StandardCharsets.UTF_16LE));
      assertThat(passing.path("h").longValue()).isEqualTo(crc.getValue());
    }
    try (var a = wire(labour, place.note(), A, "&since=10")) {
      var open = a.hear("open");
      assertThat(open.has("doc")).isFalse();
      assertThat(open.path("v").intValue()).isEqualTo(10);
      assertThat(open.path("head").intValue()).isEqualTo(60);
      assertThat(open.path("next").intValue()).isEqualTo(60);
      var rest = a.hear(m -> ends(m, 60));
      assertThat(rest.path("u").size()).isEqualTo(50);
      assertThat(rest.has("h")).isTrue();
    }
    try (var a = wire(labour, place.note(), B, "&since=61")) {
      assertThat(a.hear("open").path("reset").booleanValue()).isTrue();
    }
    try (var a = wire(labour, place.note(), B, "&since=58&whole=1")) {
      var open = a.hear("open");
      assertThat(open.path("doc").stringValue()).hasSize(60);
      assertThat(open.path("past").size()).isEqualTo(2);
      assertThat(open.path("authors").toString()).isEqualTo("[[60,\"labour\"]]");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "{}",
        "{\"t\":\"odd\"}",
        "{\"t\":\"push\"}",
        "{\"t\":\"push\",\"v\":0,\"s\":0,\"u\":[]}",
        "{\"t\":\"push\",\"v\":0,\"s\":0,\"u\":[{\"c\":[5],\"i\":\"client-a-0123456789abcdef\"}]}",
        "{\"t\":\"push\",\"v\":0,\"s\":0,\"u\":[{\"c\":[[0,\"\\ud800\"]],\"i\":\"client-a-0123456789abcdef\"}]}",
        "{\"t\":\"push\",\"v\":0,\"s\":0,\"u\":[{\"c\":[[0,\"\\r\"]],\"i\":\"client-a-0123456789abcdef\"}]}",
        "{\"t\":\"push\",\"v\":0,\"s\":0,\"u\":[{\"c\":[[0,\"x\"]],\"i\":\"somebody-else-0123456789\"}]}"
      })
  void what_is_no_change_is_refused_and_the_line_stays(String frame) {
    var place = place();
    try (var a = wire(labour, place.note(), A, "")) {
      a.hear("open");
      assertThat(a.say(frame).hear("refused").path("code").stringValue()).isEqualTo("BAD_CHANGE");
      a.say(push(0, 0, A, "[[0,\"ok\"]]")).hear(m -> ends(m, 1));
    }
  }

  @Test
  void what_lies_ahead_is_behind() {
    var place = place();
    try (var a = wire(labour, place.note(), A, "")) {
      a.hear("open");
      a.say(push(3, 0, A, "[[0,\"x\"]]")).hear("behind");
      a.say(push(0, 2, A, "[[0,\"x\"]]"));
      a.hear(m -> m.path("t").asString("").equals("behind") && count(a, "behind") == 2);
    }
  }

  @Test
  void too_much_at_once_is_too_long() {
    var place = place();
    try (var a = wire(labour, place.note(), A, "")) {
      a.hear("open");
      a.say(push(0, 0, A, "[[0,\"" + "x".repeat(300_001) + "\"]]"));
      assertThat(a.hear("refused").path("code").stringValue()).isEqualTo("TOO_LONG");
      a.say("{\"t\":\"x\",\"pad\":\"" + "y".repeat(1 << 20) + "\"}");
      assertThat(a.closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void a_change_of_ten_thousand_places_is_no_typing() {
    var place = place();
    try (var a = wire(labour, place.note(), A, "")) {
      a.hear("open");
      a.say(push(0, 0, A, "[[0,\"" + "x".repeat(20_000) + "\"]]")).hear(m -> ends(m, 1));
      var c = new StringBuilder("[");
      for (var i = 0; i < 10_001; i++) c.append("1,[1,\"y\"],");
      c.setLength(c.length() - 1);
      a.say(push(1, 1, A, c + "]"));
      assertThat(a.hear("refused").path("code").stringValue()).isEqualTo("BAD_CHANGE");
    }
  }

  @Test
  void a_second_socket_with_the_same_id_closes_the_first() {
    var place = place();
    try (var a = wire(labour, place.note(), A, "");
        var b = wire(labour, place.note(), B, "")) {
      a.hear("open");
      b.hear("open");
      try (var again = wire(labour, place.note(), A, "")) {
        again.hear("open");
        assertThat(a.closeCode()).isEqualTo(4410);
      }
    }
  }

  @Test
  void nobody_speaks_under_another_accounts_id() {
    var place = place();
    try (var a = wire(labour, place.note(), A, "")) {
      a.hear("open");
      try (var thief = wire(coordinator, place.note(), A, "")) {
        assertThat(thief.closeCode()).isEqualTo(4400);
      }
      a.say(push(0, 0, A, "[[0,\"x\"]]")).hear(m -> ends(m, 1));
    }
    try (var thief = wire(coordinator, place.note(), A, "")) {
      assertThat(thief.closeCode()).isEqualTo(4400);
    }
  }

  @Test
  void strangers_and_foreign_pages_stay_outside() {
    var place = place();
    var path = "ws/notes/" + place.note() + "?i=" + A;
    try (var stranger = new Wire(centre, path, Map.of())) {
      assertThat(stranger.closeCode()).isEqualTo(4401);
    }
    try (var forged = new Wire(centre, path, Map.of("Authorization", "Bearer od_wrong"))) {
      assertThat(forged.closeCode()).isEqualTo(4401);
    }
    try (var page = new Wire(centre, path, Map.of("Origin", "http://evil.example"))) {
      assertThat(page.refused()).isEqualTo(403);
    }
    try (var housing = wire(centre.as("housing"), place.note(), A, "")) {
      assertThat(housing.closeCode()).isEqualTo(4404);
    }
    try (var unknown = wire(labour, "unknown-note-000000", A, "")) {
      assertThat(unknown.closeCode()).isEqualTo(4404);
    }
  }

  @Test
  void a_closed_case_is_read_only_and_a_released_agency_is_out() {
    var place = place();
    coordinator.post("/cases/" + place.caseId() + "/accept", Map.of());
    coordinator.post("/cases/" + place.caseId() + "/assist", Map.of("agency", "housing"));
    var housing = centre.as("housing");
    try (var a = wire(labour, place.note(), A, "");
        var h = wire(housing, place.note(), B, "");
        var live = housing.wire("ws/live?case=" + place.caseId())) {
      a.hear("open");
      h.hear("open");
      live.hear("here");
      var began = System.nanoTime();
      coordinator.post(
          "/cases/" + place.caseId() + "/release", Map.of("agency", "housing", "reason", "done"));
      assertThat(h.closeCode()).isEqualTo(4403);
      live.hear("gone");
      assertThat(live.closeCode()).isEqualTo(4403);
      assertThat(System.nanoTime() - began)
          .as("at once, give or take a busy machine")
          .isLessThan(5_000_000_000L);
      assertThat(live.heard()).noneMatch(m -> m.toString().contains("released"));
      coordinator.post(
          "/cases/" + place.caseId() + "/close", Map.of("outcome", "reply", "summary", "s"));
      assertThat(a.hear("write").path("write").booleanValue()).isFalse();
      a.say(push(0, 0, A, "[[0,\"x\"]]"));
      assertThat(a.hear("refused").path("code").stringValue()).isEqualTo("CLOSED");
    }
  }

  @Test
  void the_room_tells_who_is_here_and_what_happens() {
    var place = place();
    try (var a = labour.wire("ws/live?case=" + place.caseId());
        var twin = labour.wire("ws/live?case=" + place.caseId())) {
      twin.hear("here");
      try (var c = coordinator.wire("ws/live?case=" + place.caseId() + "&after=0")) {
        a.hear(m -> m.path("t").asString("").equals("here") && m.path("people").size() == 2);
        assertThat(c.hear("entry").path("entry").path("type").stringValue())
            .isEqualTo("registered");
      }
      coordinator.post("/cases/" + place.caseId() + "/accept", Map.of());
      var entry = a.hear(m -> m.path("entry").path("type").asString("").equals("accepted"));
      assertThat(entry.path("entry").path("by").path("id").stringValue()).isEqualTo("coordinator");
      a.hear(m -> here(a) == 1); // the coordinator left, the twin window counts once
    }
  }

  @Test
  void twenty_browsers_on_bad_lines_come_to_one_text() throws Exception {
    var place = place();
    var said =
        Node.run(
            "src/test/frontend/crowd.ts",
            centre.url().replace("http", "ws"),
            place.note(),
            labour.token,
            coordinator.token,
            "20",
            "5000");
    assertThat(said).contains("all texts equal");
    var text = coordinator.get("/notes/" + place.note()).json();
    assertThat(text.path("version").intValue()).isGreaterThanOrEqualTo(5000);
  }
}
