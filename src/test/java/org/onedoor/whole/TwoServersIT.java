package org.onedoor.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.onedoor.whole.Browsers.until;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onedoor.log.ReplicaSet;

/** Two servers on one MongoDB: whoever is at one is in the same room as who is at the other. */
class TwoServersIT {
  @TempDir static Path data;
  static ReplicaSet mongo;
  static Centre first;
  static Centre second;

  @BeforeAll
  static void open() throws Exception {
    mongo = new ReplicaSet();
    var log = mongo.url("centre");
    first = Centre.on(data.resolve("first"), "--demo", "--log", log);
    second = Centre.on(data.resolve("second"), "--log", log);
  }

  @AfterAll
  static void close() {
    first.close();
    second.close();
    mongo.close();
  }

  @Test
  void two_browsers_at_two_servers_share_a_room_and_a_note() throws Exception {
    var id = first.as("coordinator").register("Two servers", Map.of("lead", "labour"));
    first.as("coordinator").post("/cases/" + id + "/assist", Map.of("agency", "housing"));
    var note = first.as("labour").note(id, "Together", "joint");
    assertThat(second.as("housing").get("/notes/" + note).json().path("case").asString())
        .isEqualTo(id);
    try (var here = new Browsers(first);
        var there = new Browsers(second)) {
      var labour = here.as("labour");
      var housing = there.as("housing");
      here.go(labour, "cases/" + id + "/notes/" + note, "note-editor .cm-content");
      there.go(housing, "cases/" + id + "/notes/" + note, "note-editor .cm-content");
      for (var page : List.of(labour, housing))
        until(page, "document.querySelector('#here').textContent.startsWith('2 ')");

      labour.click("note-editor .cm-content");
      labour.keyboard().insertText("From the labour office. ");
      until(housing, "document.querySelector('note-editor').text().includes('labour office')");
      housing.click("note-editor .cm-content");
      housing.keyboard().press("Control+End");
      housing.keyboard().insertText("And from housing.");
      until(labour, "document.querySelector('note-editor').text().includes('from housing')");
      // each sees the other's caret
      for (var page : List.of(labour, housing))
        until(page, "document.querySelector('note-editor .cur') !== null");
      assertThat(housing.evaluate("document.querySelector('note-editor').text()"))
          .isEqualTo(labour.evaluate("document.querySelector('note-editor').text()"));

      // what happens at one is on the screen at the other
      second.as("coordinator").post("/cases/" + id + "/accept", Map.of());
      until(labour, "document.querySelector('main').innerText.includes('Accepted')");

      labour.context().close();
      until(housing, "document.querySelector('#here').textContent.startsWith('1 ')");
      assertThat(here.complaints()).isEmpty();
      assertThat(there.complaints()).isEmpty();
    }
  }

  @Test
  void a_hall_is_booked_once_however_many_servers_there_are() {
    var one = first.as("coordinator").register("One", Map.of("lead", "labour"));
    var other = first.as("coordinator").register("Other", Map.of("lead", "labour"));
    for (var day = 1; day <= 5; day++) {
      var from = "2027-03-0" + day + "T09:00:00+08:00";
      var to = "2027-03-0" + day + "T10:00:00+08:00";
      var answers =
          List.of(
                  book(first, one, from, to, "mediator"),
                  book(second, other, from, to, "mediator2"))
              .stream()
              .map(CompletableFuture::join)
              .map(Program.Answer::status)
              .sorted()
              .toList();
      assertThat(answers).containsExactly(201, 409);
    }
    var read = "/sessions?from=2027-03-01&to=2027-03-05";
    assertThat(second.as("coordinator").get(read).json())
        .isEqualTo(first.as("coordinator").get(read).json());
  }

  private static CompletableFuture<Program.Answer> book(
      Centre at, String caseId, String from, String to, String mediator) {
    var body = Program.session(caseId, from, to, "hall1", mediator, "labour");
    return CompletableFuture.supplyAsync(() -> at.as("coordinator").post("/sessions", body));
  }

  @Test
  void what_one_server_learned_holds_at_the_other() {
    var token = first.as("labour").token();
    assertThat(new Program(second, token).get("/me").json().path("id").asString())
        .isEqualTo("labour");
    var key = "a key used at both";
    var body = Map.of("title", "Quiltwork", "words", "Quiltwork");
    var there = first.as("clerk").post("/cases", body, key);
    var here = second.as("clerk").post("/cases", body, key);
    assertThat(here).isEqualTo(there);
    assertThat(second.as("clerk").get("/search?q=Quiltwork").json().path("total").asInt()).isOne();
  }
}
