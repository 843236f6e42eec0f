package org.onedoor.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.onedoor.whole.Visitor.FORM;
import static org.onedoor.whole.Visitor.cookie;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Whoever comes with another's page, a planted session, a guessed id or more than was asked. */
class HostileIT {
  private static final String NOTHING =
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  static Centre centre;
  static Visitor visitor;
  static Program labour;
  static Program coordinator;
  static String hidden;

  @BeforeAll
  static void open() throws Exception {
    centre = Centre.shared();
    visitor = new Visitor(centre);
    labour = centre.as("labour");
    coordinator = centre.as("coordinator");
    hidden = coordinator.register("Hidden from the police", Map.of("lead", "labour"));
  }

  @AfterEach
  void nobodys_malice_is_a_bug() {
    centre.assertCalm();
  }

  private static HttpResponse<String> send(
      String method, String path, String body, String... headers) throws Exception {
    return visitor.send(method, path, body, headers);
  }

  private static HttpResponse<String> signIn(String account, String... headers) throws Exception {
    return visitor.signIn(account, headers);
  }

  private static String to(HttpResponse<?> answer) {
    return answer.headers().firstValue("Location").orElse("");
  }

  // ---- ids ----

  /** What one may not know of answers as what does not exist, word for word. */
  @ParameterizedTest
  @ValueSource(strings = {"police", "mediator2", "trainee", "admin"})
  void guessing_an_id_tells_nothing(String account) {
    var stranger = centre.as(account);
    var note = labour.note(hidden, "Ours", "joint");
    var own = labour.note(hidden, "Only ours", "agency");
    var session =
        coordinator.post(
            "/sessions",
            Program.session(
                hidden,
                "2031-03-0" + (account.length() - 4) + "T09:00:00+08:00",
                "2031-03-0" + (account.length() - 4) + "T10:00:00+08:00",
                "hall1",
                "mediator",
                "labour"));
    assertThat(session.status()).as(session.json().toString()).isEqualTo(201);
    var job = coordinator.upload("/import", "number,words".getBytes(), "job").json().path("job");
    same(stranger, "/cases/", hidden, "2026-9999", "", "/entries");
    same(stranger, "/notes/", note, "no-such-note", "");
    same(stranger, "/notes/", own, "no-such-note", "");
    same(stranger, "/import/", job.asString(), "no-such-job", "");
    for (var act :
        List.of(
            "accept",
            "decline",
            "object",
            "close",
            "reopen",
            "lead",
            "assist",
            "release",
            "correct",
            "parties",
            "contacts",
            "notes")) did(stranger, "/cases/%s/" + act, hidden, "2026-9999");
    for (var act : List.of("move", "cancel", "held"))
      did(stranger, "/sessions/%s/" + act, session.id(), "no-such-session");
    var booking =
        new HashMap<>(
            Program.session(
                hidden, "2031-04-01T09:00:00+08:00", "2031-04-01T10:00:00+08:00", "hall1", "m"));
    var known = stranger.post("/sessions", booking);
    booking.put("case", "2026-9999");
    assertThat(known).isEqualTo(stranger.post("/sessions", booking));
    for (var way : List.of("notes/" + note + "?i=guess-0123456789abcdef", "live?case=" + hidden))
      try (var wire = stranger.wire("ws/" + way)) {
        assertThat(wire.closeCode()).isEqualTo(4404);
        assertThat(wire.heard()).isEmpty();
      }
  }

  private static void same(Program who, String path, String id, String none, String... more) {
    for (var rest : more) {
      var answer = who.get(path + id + rest);
      assertThat(answer.status()).as(path + rest).isEqualTo(404);
      assertThat(answer).isEqualTo(who.get(path + none + rest));
    }
  }

  private static void did(Program who, String path, String id, String none) {
    var body = Map.of("reason", "r", "agency", "police", "title", "t", "audience", "joint");
    var answer = who.post(path.formatted(id), body);
    assertThat(answer.status()).as(path).isIn(400, 403, 404);
    assertThat(answer).as(path).isEqualTo(who.post(path.formatted(none), body));
  }

  @Test
  void a_party_of_another_case_is_no_party_of_this_one() {
    var mine = coordinator.register("Mine", Map.of("lead", "labour"));
    var party = Map.of("name", "Elsewhere", "role", "petitioner", "phone", "13800000001");
    var theirs = coordinator.register("Theirs", Map.of("parties", List.of(party)));
    var id = coordinator.get("/cases/" + theirs).json().at("/parties/0/id").asString();
    assertThat(
            labour
                .post(
                    "/cases/" + mine + "/correct",
                    Map.of("field", "parties." + id + ".phone", "is", "1", "reason", "r"))
                .said())
        .isEqualTo("400 BAD_INPUT field");
    var booking =
        new HashMap<>(
            Program.session(
                mine,
                "2031-05-01T09:00:00+08:00",
                "2031-05-01T10:00:00+08:00",
                "hall1",
                "mediator"));
    booking.put("parties", List.of(id));
    assertThat(coordinator.post("/sessions", booking).code()).isEqualTo("BAD_INPUT");
  }

  // ---- more than was asked ----

  @Test
  void what_nobody_asked_for_is_not_taken() {
    var more = new HashMap<String, Object>(Map.of("id", "1999-0001", "number", "1999-0001"));
    more.putAll(Map.of("status", "closed", "registeredAt", "1999-01-01T00:00:00Z", "by", "admin"));
    more.putAll(Map.of("position", 1, "at", "1999-01-01T00:00:00Z", "assisting", List.of("court")));
    more.put("officer", "director");
    more.put("role", "coordinator");
    var petition = new HashMap<>(more);
    petition.put("parties", List.of(Map.of("name", "Lu", "role", "petitioner", "id", "p-planted")));
    var id = labour.register("Modest", petition);
    var said = labour.get("/cases/" + id).json();
    assertThat(id).isNotEqualTo("1999-0001");
    assertThat(said.path("status").asString()).isEqualTo("registered");
    assertThat(said.path("registeredAt").asString()).doesNotStartWith("1999");
    assertThat(said.path("assisting").size()).isZero();
    assertThat(said.at("/parties/0/id").asString()).isNotEqualTo("p-planted");
    var note = new HashMap<>(more);
    note.putAll(Map.of("title", "Ours", "audience", "agency", "agency", "housing"));
    var opened = labour.post("/cases/" + id + "/notes", note).id();
    assertThat(opened).isNotEqualTo("1999-0001");
    assertThat(labour.get("/notes/" + opened).json().path("agency").asString()).isEqualTo("labour");
    assertThat(labour.post("/cases/" + id + "/accept", more).json().path("status").asString())
        .isEqualTo("accepted");
    var booking =
        new HashMap<>(
            Program.session(
                id, "2031-06-01T09:00:00+08:00", "2031-06-01T10:00:00+08:00", "hall1", "mediator"));
    more.forEach(booking::putIfAbsent);
    booking.put("state", "held");
    var session = coordinator.post("/sessions", booking).id();
    assertThat(coordinator.get("/sessions?from=2031-06-01&to=2031-06-01").json().toString())
        .contains(session, "booked")
        .doesNotContain("1999-0001");
    assertThat(labour.get("/cases/" + id + "/entries").json().path("items"))
        .hasSize(4)
        .allSatisfy(e -> {
          assertThat(e.path("by").path("id").asString()).isIn("labour", "coordinator");
          assertThat(e.path("at").asString()).doesNotStartWith("1999");
        });
  }

  // ---- other pages, other people's sessions ----

  @ParameterizedTest
  @CsvSource({
    "Origin,http://evil.example",
    "Origin,null",
    "Origin,https://127.0.0.1",
    "Origin,http://127.0.0.1:9",
    "Sec-Fetch-Site,cross-site",
    "Sec-Fetch-Site,same-site"
  })
  void a_page_of_another_site_does_nothing_here(String header, String value) throws Exception {
    assertThat(signIn("clerk", header, value).statusCode()).isEqualTo(403);
    var mine = cookie(signIn("clerk"), "onedoor");
    for (var path : List.of("logout", "", "cases?v-r=uidl&v-uiId=0", "VAADIN/push?v-r=push"))
      assertThat(send("POST", path, "{}", "Cookie", mine, header, value).statusCode())
          .as(path)
          .isEqualTo(403);
    assertThat(send("GET", "cases", "", "Cookie", mine).statusCode()).isEqualTo(200);
    // by a cookie nobody is a program
    assertThat(send("POST", "api/v1/cases", "{}", "Cookie", mine, header, value).statusCode())
        .isEqualTo(401);
    if (!header.equals("Origin")) return;
    var headers = Map.of("Cookie", mine, "Origin", value);
    var note = "ws/notes/" + labour.note(hidden, "Ours", "joint") + "?i=0123456789abcdef";
    for (var path : List.of("ws/live?case=" + hidden, note, "VAADIN/push?v-r=push&v-uiId=0"))
      try (var wire = new Wire(centre, path, headers)) {
        assertThat(wire.refused()).as(path).isEqualTo(403);
      }
  }

  @Test
  void leaving_takes_more_than_an_address() throws Exception {
    var mine = cookie(signIn("clerk"), "onedoor");
    send("GET", "logout", "", "Cookie", mine);
    assertThat(send("POST", "logout", "", "Cookie", mine).statusCode()).isEqualTo(403);
    assertThat(send("GET", "cases", "", "Cookie", mine).statusCode()).isEqualTo(200);
  }

  @Test
  void a_screen_hears_only_who_has_its_word() throws Exception {
    var mine = cookie(signIn("clerk"), "onedoor");
    var opened = send("GET", "?v-r=init&location=&query=", "", "Cookie", mine);
    var screen = JsonMapper.shared().readTree(opened.body()).path("appConfig");
    var word = screen.path("uidl").path("Vaadin-Security-Key").asString();
    assertThat(word).isNotEmpty();
    var both = mine + "; " + cookie(opened, "JSESSIONID");
    var path = "?v-r=uidl&v-uiId=" + screen.path("v-uiId").asInt();
    for (var said : List.of("", "null", "wrong", word)) {
      var message = "{\"csrfToken\":\"%s\",\"rpc\":[],\"syncId\":0,\"clientId\":0}".formatted(said);
      var answer = send("POST", path, message, "Cookie", both, "Content-Type", "application/json");
      assertThat(answer.body()).as(said).contains("\"syncId\"");
      assertThat(answer.body().contains("\"syncId\":-1"))
          .as("only told that something is wrong: " + said)
          .isEqualTo(!said.equals(word));
    }
  }

  @Test
  void a_planted_session_or_sign_in_is_worth_nothing_afterwards() throws Exception {
    var session = cookie(send("GET", "cases", ""), "JSESSIONID");
    var planted = cookie(signIn("clerk"), "onedoor");
    var in = signIn("director", "Cookie", session + "; " + planted);
    assertThat(cookie(in, "onedoor")).isNotEmpty().isNotEqualTo(planted);
    assertThat(cookie(in, "JSESSIONID")).isNotEmpty().isNotEqualTo(session);
    assertThat(to(send("GET", "cases", "", "Cookie", session))).endsWith("/login");
    assertThat(to(send("GET", "cases", "", "Cookie", planted))).endsWith("/login");
    // a screen somebody has opened does not go with its session alone
    var both = cookie(in, "onedoor") + "; " + cookie(in, "JSESSIONID");
    var opened = send("GET", "?v-r=init&location=&query=", "", "Cookie", both);
    assertThat(opened.body()).contains("Vaadin-Security-Key");
    var alone = send("GET", "?v-r=init&location=&query=", "", "Cookie", cookie(in, "JSESSIONID"));
    assertThat(alone.body()).doesNotContain("director");
    // given as part of an address it is none
    assertThat(send("GET", "cases;jsessionid=" + session.substring(11), "").statusCode())
        .isEqualTo(400);
  }

  @Test
  void who_signs_in_stays_here() throws Exception {
    for (var forged : List.of("X-Forwarded-Host", "X-Forwarded-Server", "Forwarded")) {
      var asked = send("GET", "cases/2026-0011?q=1", "", forged, "evil.example");
      assertThat(to(asked)).as(forged).isEqualTo("/login");
      var in = signIn("clerk", "Cookie", cookie(asked, "JSESSIONID"));
      assertThat(to(in)).as(forged).startsWith("/cases/2026-0011?q=1");
    }
    for (var way : List.of("continue", "redirect", "url", "next", "spring-security-redirect")) {
      var away = way + "=" + URLEncoder.encode("http://evil.example/", StandardCharsets.UTF_8);
      var form = "username=clerk&password=onedoor-demo&" + away;
      assertThat(to(send("POST", "login?" + away, form, "Content-Type", FORM)))
          .as(way)
          .isEqualTo("/");
    }
    for (var path : List.of("%2F%2Fevil.example", "%5Cevil.example", "cases//evil.example"))
      assertThat(to(send("GET", path, ""))).as(path).doesNotContain("evil");
    var wrong = send("POST", "login", "username=clerk&password=no", "Content-Type", FORM);
    assertThat(to(wrong)).isEqualTo("/login?error");
  }

  // ---- what every answer says of itself ----

  @ParameterizedTest
  @CsvSource({
    "GET,login",
    "GET,cases",
    "POST,login",
    "GET,api/v1/me",
    "POST,api/v1/cases",
    "GET,actuator/health",
    "GET,actuator/env",
    "GET,images/door.svg",
    "GET,VAADIN/build/none.js",
    "GET,ws/live",
    "POST,local/command"
  })
  void every_answer_is_strict_about_itself(String method, String path) throws Exception {
    var answer = send(method, path, "");
    var said = answer.headers();
    var expected = new HashMap<String, String>();
    expected.put("X-Content-Type-Options", "nosniff");
    expected.put("X-Frame-Options", "DENY");
    expected.put("Referrer-Policy", "same-origin");
    expected.put("Cross-Origin-Opener-Policy", "same-origin");
    expected.put("Cross-Origin-Resource-Policy", "same-origin");
    expected.put("Cache-Control", path.startsWith("images") ? "max-age=3600" : "no-store");
    expected.put(
        "Permissions-Policy",
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), midi=(),"
            + " display-capture=()");
    expected.forEach(
        (name, value) -> assertThat(said.allValues(name)).as(name).containsExactly(value));
    assertThat(said.map()).doesNotContainKeys("server", "x-powered-by");
    assertThat(said.firstValue("Strict-Transport-Security")).isEmpty();
    if (!answer.body().startsWith("<!doctype"))
      assertThat(said.allValues("Content-Security-Policy")).containsExactly(NOTHING);
    var secure = send(method, path, "", "X-Forwarded-Proto", "https").headers();
    assertThat(secure.firstValue("Strict-Transport-Security").orElse("")).contains("max-age=");
    assertThat(secure.allValues("Set-Cookie")).allMatch(c -> c.contains("Secure"));
  }

  @Test
  void a_page_vouches_for_its_own_scripts_by_a_word_used_once() throws Exception {
    var mine = cookie(signIn("clerk"), "onedoor");
    var words = new HashMap<String, String>();
    for (var path : List.of("login", "login", "cases", "cases/2026-0011", "cases/1999-0001")) {
      var page = send("GET", path, "", "Cookie", path.equals("login") ? "none=" : mine);
      assertThat(page.body()).as(path + " " + page.statusCode()).startsWith("<!doctype html>");
      var policy = page.headers().allValues("Content-Security-Policy");
      assertThat(policy).hasSize(1);
      var word = policy.getFirst().replaceAll("(?s).*script-src 'nonce-([^']+)'.*", "$1");
      assertThat(policy.getFirst())
          .isEqualTo(
              "default-src 'none'; script-src 'nonce-"
                  + word
                  + "' 'unsafe-eval';"
                  + " style-src 'self' 'nonce-"
                  + word
                  + "'; connect-src 'self';"
                  + " img-src 'self' data:; font-src 'self' data:; base-uri 'self';"
                  + " form-action 'self'; frame-ancestors 'none'");
      assertThat(word).hasSizeGreaterThan(20);
      assertThat(words.put(word, path)).as("used once").isNull();
      var scripts = page.body().split("<script", -1).length - 1;
      assertThat(page.body().split("nonce=\"" + word, -1).length - 1)
          .as("vouched for")
          .isGreaterThanOrEqualTo(scripts);
      assertThat(page.body()).doesNotContainPattern(" on[a-z]+=\"| style=\"");
    }
  }
}
