package org.onedoor.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.onedoor.whole.Visitor.cookie;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Too much of anything: it is refused, and nobody else has to wait. */
class FloodIT {
  private static final String BAD = "bad-client-0123456789abcdef";
  private static final String GOOD = "good-client-0123456789abcdef";

  static Centre centre;
  static Program labour;
  static Program coordinator;
  static String id;

  @BeforeAll
  static void open() throws Exception {
    centre = Centre.shared();
    labour = centre.as("labour");
    coordinator = centre.as("coordinator");
    id = coordinator.register("Flooded", Map.of("lead", "labour"));
  }

  @AfterEach
  void nobodys_malice_is_a_bug() {
    centre.assertCalm();
  }

  /** Says the same again and again until it is hung up on. */
  private static int flood(Wire wire, String frame, AtomicBoolean over) {
    var said = 0;
    try {
      while (!over.get()) {
        wire.say(frame);
        said++;
      }
    } catch (CompletionException e) {
      return said; // it was
    }
    return said;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "{\"t\":\"odd\"}",
        "{\"t\":\"push\",\"v\":0,\"s\":0,\"u\":[{\"c\":[9],\"i\":\"bad-client-0123456789abcdef\"}]}",
        "{\"t\":\"cursor\",\"a\":-1,\"h\":99999999,\"v\":-3}"
      })
  void thousands_of_bad_frames_from_one_socket_are_nobody_elses_trouble(String frame)
      throws Exception {
    var note = labour.note(id, "Flooded", "joint");
    var over = new AtomicBoolean();
    var said = new AtomicInteger();
    var closed = new ArrayList<Integer>();
    var lines = centre.said().size();
    try (var good = coordinator.wire("ws/notes/" + note + "?i=" + GOOD)) {
      good.hear("open");
      var first = labour.wire("ws/notes/" + note + "?i=" + BAD);
      first.hear("open");
      var bad =
          Thread.ofVirtual()
              .start(() -> {
                for (var wire = first; wire != null; ) {
                  said.addAndGet(flood(wire, frame, over));
                  if (!over.get()) closed.add(wire.closeCode());
                  // how much it was told: as much as it may say, not as much as it says
                  assertThat(wire.heard()).hasSizeLessThan(4_000);
                  wire.close();
                  wire = over.get() ? null : labour.wire("ws/notes/" + note + "?i=" + BAD);
                }
              });
      // while that goes on everybody else types, reads and writes
      for (var i = 0; i < 20 || said.get() < 20_000; i++) {
        var before = said.get();
        var v = i;
        good.say(
            "{\"t\":\"push\",\"v\":%d,\"s\":%d,\"u\":[{\"c\":%s,\"i\":\"%s\"}]}"
                .formatted(v, v, v == 0 ? "[[0,\"x\"]]" : "[" + v + ",[0,\"x\"]]", GOOD));
        good.hear(m -> m.path("t").asString("").equals("updates") && m.path("v").asInt() == v);
        assertThat(coordinator.get("/notes/" + note).json().path("version").asInt())
            .isEqualTo(v + 1);
        while (said.get() == before && bad.isAlive()) Thread.onSpinWait();
        assertThat(bad.isAlive()).as("it goes on").isTrue();
      }
      over.set(true);
      bad.join();
      assertThat(closed).as("hung up on, each time").contains(1008).isSubsetOf(1008, Wire.BROKEN);
      good.hear(
          m -> // it is alone again: nothing is left of whoever was thrown out
          m == good.heard().getLast()
                  && m.path("t").asString("").equals("people")
                  && m.path("people").size() == 1);
      assertThat(centre.said().size() - lines).as("lines in the log").isLessThan(10);
    }
  }

  @Test
  void who_only_listens_is_not_listened_to() {
    try (var bad = labour.wire("ws/live?case=" + id);
        var good = coordinator.wire("ws/live?case=" + id)) {
      good.hear("here");
      for (var i = 0; i < 5_000; i++) bad.say("{\"t\":\"entry\",\"entry\":{}}");
      labour.note(id, "Still heard", "joint");
      for (var wire : List.of(bad, good))
        wire.hear(m -> m.path("entry").path("type").asString("").equals("note_opened"));
      bad.say("x".repeat(100_000));
      assertThat(bad.closeCode()).isEqualTo(1009);
      good.hear(m -> m == good.heard().getLast() && m.path("people").size() == 1);
    }
  }

  // ---- too much ----

  @Test
  void too_much_is_refused_at_every_door() throws Exception {
    var visitor = new Visitor(centre);
    var mebibyte = "x".repeat(1 << 20);
    var mine = cookie(visitor.signIn("clerk"), "onedoor");
    var form = "username=clerk&password=" + mebibyte.repeat(3);
    var in = visitor.send("POST", "login", form, "Content-Type", Visitor.FORM);
    assertThat(cookie(in, "onedoor")).isEmpty();
    assertThat(in.statusCode()).isLessThan(500);
    var opened = visitor.send("GET", "?v-r=init&location=&query=", "", "Cookie", mine);
    var both = mine + "; " + cookie(opened, "JSESSIONID");
    var screen = "?v-r=uidl&v-uiId=0";
    assertThat(visitor.send("POST", screen, mebibyte.repeat(11), "Cookie", both).statusCode())
        .isEqualTo(413);
    assertThat(visitor.send("POST", "local/command?arg=help", mebibyte.repeat(3)).statusCode())
        .isEqualTo(404);
    assertThat(labour.postText("/cases", mebibyte + "xx", "").code()).isEqualTo("TOO_LARGE");
    for (var body : List.of("[".repeat(500_000), "{\"title\":1" + "0".repeat(900_000) + "}"))
      assertThat(labour.postText("/cases", body, "").code()).isEqualTo("BAD_INPUT");
    var token = "Bearer " + labour.token();
    assertThat(visitor.send("GET", "api/v1/me", "", "Authorization", token + "x".repeat(20_000)))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(400);
    var odd = "api/v1/cases?q=" + "%28".repeat(3_000);
    assertThat(visitor.send("GET", odd, "", "Authorization", token).statusCode()).isEqualTo(200);
    assertThat(labour.get("/me").status()).as("still there").isEqualTo(200);
  }
}
