package org.onedoor.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Telephone, identity number and address on every way out: for whom the case needs, and on record;
 * for everybody else masked.
 */
class ParticularsIT {
  private static final List<String> WHOLE =
      List.of("138 0571 4711", "13805714711", "33010219800101471X", "Vexillology Lane 18");
  private static final List<String> MASKED = List.of("138****4711", "330****1X");

  @TempDir static Path data;
  static Centre centre;
  static Browsers browsers;
  static String id;

  @BeforeAll
  static void open() throws Exception {
    centre = Centre.demo(data.resolve("centre"));
    browsers = new Browsers(centre);
    var coordinator = centre.as("coordinator");
    id =
        centre
            .as("clerk")
            .register(
                "Numbers",
                Map.of(
                    "lead",
                    "labour",
                    "parties",
                    List.of(
                        Map.of(
                            "name", "Ninmah",
                            "role", "petitioner",
                            "phone", "138 0571 4711",
                            "idNumber", "33010219800101471X",
                            "address", "Vexillology Lane 18"))));
    coordinator.post("/cases/" + id + "/assist", Map.of("agency", "housing"));
    var party = coordinator.get("/cases/" + id).json().path("parties").get(0).path("id").asString();
    coordinator.post(
        "/cases/" + id + "/correct",
        Map.of(
            "field",
            "parties." + party + ".phone",
            "was",
            "138 0571 4711",
            "is",
            "13805714711",
            "reason",
            "spaces"));
    coordinator.post(
        "/sessions",
        Program.session(
            id,
            "2027-04-01T09:00:00+08:00",
            "2027-04-01T10:00:00+08:00",
            "hall1",
            "mediator",
            "labour"));
  }

  @AfterAll
  static void close() {
    browsers.close();
    centre.close();
  }

  /** Everything a program and a person can get to see of the case. */
  private static Map<String, String> outputs(String account) {
    var program = centre.as(account);
    String live;
    try (var wire = program.wire("ws/live?case=" + id + "&after=0")) {
      wire.hear(m -> m.path("entry").path("type").asString("").equals("session_booked"));
      live = wire.heard().toString();
    }
    var room = browsers.go(browsers.as(account), "cases/" + id, "#happened");
    var seen = room.content();
    browsers.go(room, "cases/" + id + "/receipt", ".receipt");
    var print = room.content();
    browsers.go(room, "cases?q=Numbers", "vaadin-grid");
    var list = room.content();
    browsers.go(room, "search?q=Numbers", ".hit");
    var search = room.content();
    room.context().close();
    return Map.of(
        "case", program.get("/cases/" + id).json().toString(),
        "entries", program.get("/cases/" + id + "/entries").json().toString(),
        "list", program.get("/cases?q=Numbers").json().toString(),
        "search", program.get("/search?q=Numbers").json().toString(),
        "live", live,
        "room", seen,
        "receipt", print,
        "list on screen", list,
        "search on screen", search);
  }

  @ParameterizedTest
  @ValueSource(strings = {"housing", "mediator", "director"})
  void who_need_not_reach_the_parties_is_shown_them_masked(String account) {
    outputs(account)
        .forEach((name, said) -> {
          assertThat(said).as(name).contains(name.startsWith("receipt") ? id : "Numbers");
          for (var whole : WHOLE) assertThat(said).as(name).doesNotContain(whole);
          if (List.of("case", "entries", "live", "room").contains(name))
            for (var masked : MASKED) assertThat(said).as(name).contains(masked);
        });
    var program = centre.as(account);
    for (var words : List.of("13805714711", "0571", "Vexillology", "33010219800101471X"))
      for (var path : List.of("/search?q=", "/cases?q="))
        assertThat(program.get(path + words).json().toString())
            .as("not to be found by it either: " + words)
            .doesNotContain(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"clerk", "coordinator", "labour"})
  void who_must_reach_them_is_shown_them_and_that_is_on_record(String account) {
    var program = centre.as(account);
    var party = program.get("/cases/" + id).json().path("parties").get(0);
    assertThat(party.path("phone").asString()).isEqualTo("13805714711");
    assertThat(party.path("idNumber").asString()).isEqualTo("33010219800101471X");
    assertThat(party.path("address").asString()).isEqualTo("Vexillology Lane 18");
    assertThat(program.get("/search?q=13805714711").json().toString()).contains(id);
    assertThat(program.get("/search?q=Vexillology").json().toString()).contains(id);

    // on screen only when they are asked for
    var room = browsers.go(browsers.as(account), "cases/" + id, "#reveal");
    for (var whole : WHOLE) assertThat(room.content()).doesNotContain(whole);
    browsers.assertAccessible(room, "a room with masked particulars");
    room.click("#reveal");
    room.waitForFunction("document.querySelector('.side').innerText.includes('13805714711')");
    assertThat(room.locator("#reveal").count()).isZero();
    browsers.picture(room, "particulars-" + account);
    room.context().close();

    var director = browsers.go(browsers.as("director"), "cases/" + id, "#happened");
    director.getByText("Who was shown numbers and addresses").click();
    var name = program.get("/me").json().path("name").asString();
    director.waitForFunction(
        "name => document.querySelector('vaadin-details')?.innerText.includes(name)", name);
    assertThat(director.locator("vaadin-details").innerText()).contains("on screen");
    browsers.picture(director, "particulars-record");
    director.context().close();
  }

  @Test
  void looking_is_no_entry_of_the_case_and_the_owner_of_the_disk_exports_all() throws Exception {
    centre.as("clerk").get("/cases/" + id);
    assertThat(centre.as("clerk").get("/cases/" + id + "/entries").json().toString())
        .doesNotContain("revealed");
    var export = data.resolve("export");
    centre.console("export", export.toString());
    assertThat(Files.readString(export.resolve("cases.jsonl"))).contains("13805714711");
    assertThat(Files.readString(export.resolve("entries.jsonl"))).contains("\"revealed\"");
  }

  @Test
  void who_stops_leading_sees_them_no_more() {
    var program = centre.as("coordinator");
    var other =
        program.register(
            "Handed on",
            Map.of(
                "lead",
                "labour",
                "parties",
                List.of(Map.of("name", "Utu", "role", "petitioner", "phone", "137 1234 5678"))));
    var labour = centre.as("labour");
    assertThat(labour.get("/cases/" + other).json().toString()).contains("137 1234 5678");
    var room = browsers.go(browsers.as("labour"), "cases/" + other, "#reveal");
    room.click("#reveal");
    room.waitForFunction("document.querySelector('.side').innerText.includes('137 1234 5678')");
    program.post("/cases/" + other + "/lead", Map.of("agency", "housing"));
    program.post("/cases/" + other + "/assist", Map.of("agency", "labour"));
    room.navigate(centre.url() + "cases/" + other);
    room.waitForFunction("document.querySelector('.side')?.innerText.includes('137****5678')");
    assertThat(labour.get("/cases/" + other).json().toString())
        .contains("137****5678")
        .doesNotContain("137 1234 5678");
    room.context().close();
  }
}
