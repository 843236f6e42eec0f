package org.onedoor.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onedoor.whole.Program.Answer;
import tools.jackson.databind.JsonNode;

/** The REST interface, to the letter of the public contract. */
class RestIT {
  static Centre centre;
  static Program clerk;
  static Program coordinator;
  static Program labour;
  static Program housing;

  @BeforeAll
  static void open() throws Exception {
    centre = Centre.shared();
    clerk = centre.as("clerk");
    coordinator = centre.as("coordinator");
    labour = centre.as("labour");
    housing = centre.as("housing");
  }

  @AfterEach
  void nobodys_mistake_is_a_bug() {
    centre.assertCalm();
  }

  private static List<String> ids(JsonNode page) {
    return StreamSupport.stream(page.path("items").spliterator(), false)
        .map(i -> i.path("id").asString(""))
        .toList();
  }

  private static String accepted(String title) {
    var id = clerk.register(title, Map.of("lead", "labour"));
    assertThat(coordinator.post("/cases/" + id + "/accept", Map.of()).status()).isEqualTo(200);
    return id;
  }

  // ---- who and what there is ----

  @Test
  void me_tells_who_calls() {
    var me = labour.get("/me").json();
    assertThat(me.path("id").stringValue()).isEqualTo("labour");
    assertThat(me.path("agency").stringValue()).isEqualTo("labour");
    assertThat(me.path("roles").toString()).isEqualTo("[\"officer\"]");
  }

  @Test
  void the_directory_is_there_in_pages() {
    assertThat(ids(clerk.get("/agencies").json()))
        .contains("centre", "labour", "housing", "market");
    assertThat(ids(clerk.get("/officers?agency=labour").json()))
        .containsExactly("labour", "labour2");
    assertThat(ids(clerk.get("/halls").json())).hasSize(5);
    assertThat(ids(clerk.get("/kinds").json())).isNotEmpty();
    var first = clerk.get("/agencies?limit=3").json();
    var second = clerk.get("/agencies?limit=3&after=" + first.path("next").stringValue()).json();
    assertThat(ids(first)).hasSize(3).doesNotContainAnyElementsOf(ids(second));
    assertThat(ids(centre.as("trainee").get("/agencies").json())).isEmpty();
  }

  @Test
  void without_a_token_nothing_is_told() {
    var answer = clerk.send(HttpRequest.newBuilder(URI.create(centre.url() + "api/v1/me")).build());
    assertThat(answer.said()).isEqualTo("401 NOT_SIGNED_IN ");
    assertThat(answer.type()).startsWith("application/problem+json");
  }

  // ---- cases ----

  @Test
  void a_registered_case_is_found_at_once_by_who_may_see_it() {
    var id =
        clerk.register(
            "Zugspitz wages 楚门",
            Map.of(
                "channel",
                "visit",
                "lead",
                "labour",
                "needs",
                List.of("step-free"),
                "parties",
                List.of(Map.of("name", "𠮷田䶮", "role", "petitioner", "phone", "139-0000-1111"))));
    assertThat(id).matches("2026-\\d{4,}");
    var seen = clerk.get("/cases/" + id).json();
    assertThat(seen.path("status").stringValue()).isEqualTo("registered");
    assertThat(seen.path("lead").stringValue()).isEqualTo("labour");
    assertThat(seen.path("assisting").isArray()).isTrue();
    assertThat(seen.path("parties").get(0).path("name").stringValue()).isEqualTo("𠮷田䶮");
    assertThat(seen.path("due").path("what").stringValue()).isEqualTo("accept");
    assertThat(seen.path("due").path("late").booleanValue()).isFalse();
    assertThat(seen.path("registeredAt").stringValue()).endsWith("+08:00");
    assertThat(seen.path("externalNumber").isNull()).isTrue();
    assertThat(ids(clerk.get("/cases?q=Zugspitz").json())).containsExactly(id);
    assertThat(ids(clerk.get("/cases?q=%E6%A5%9A%E9%97%A8").json())).contains(id);
    assertThat(ids(labour.get("/cases?agency=labour&status=registered").json())).contains(id);
    assertThat(housing.get("/cases/" + id).said()).isEqualTo("404 NOT_FOUND ");
    assertThat(ids(housing.get("/cases?q=Zugspitz").json())).isEmpty();
    assertThat(clerk.get("/search?q=139-0000-1111").json().path("total").intValue()).isEqualTo(1);
  }

  @Test
  void an_officer_who_registers_leads() {
    var id = housing.register("Damp wall", Map.of());
    assertThat(housing.get("/cases/" + id).json().path("lead").stringValue()).isEqualTo("housing");
  }

  @Test
  void the_list_is_read_in_pages_without_a_hole() {
    for (var i = 0; i < 5; i++) clerk.register("Paged " + i, Map.of());
    var all = new ArrayList<String>();
    for (String after = ""; after != null; ) {
      var page = clerk.get("/cases?limit=4" + (after.isEmpty() ? "" : "&after=" + after)).json();
      all.addAll(ids(page));
      after = page.path("next").isNull() ? null : page.path("next").stringValue();
    }
    assertThat(all).doesNotHaveDuplicates().isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(all).contains("2025-0001");
  }

  @Test
  void an_external_number_comes_in_once_per_source() {
    var body = Map.of("title", "A", "words", "B", "externalNumber", " X-1 ", "externalSource", "s");
    var first = clerk.post("/cases", body);
    var again = clerk.post("/cases", body);
    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.id()).isEqualTo(first.id());
    assertThat(clerk.get("/cases/" + first.id()).json().path("externalNumber").stringValue())
        .isEqualTo("X-1");
    assertThat(
            clerk
                .post("/cases", Map.of("title", "A", "words", "B", "externalNumber", "X-1"))
                .status())
        .isEqualTo(201);
    assertThat(centre.as("director").post("/cases", body).said()).isEqualTo("403 NOT_ALLOWED ");
    var empty = Map.of("title", "A", "words", "B", "externalNumber", "");
    assertThat(clerk.post("/cases", empty).id()).isNotEqualTo(clerk.post("/cases", empty).id());
  }

  @Test
  void a_correction_keeps_both_versions_and_needs_what_was_seen() {
    var id = clerk.register("Wrong titel", Map.of());
    var path = "/cases/" + id + "/correct";
    var fixed =
        clerk.post(
            path,
            Map.of("field", "title", "was", "Wrong titel", "is", "Right title", "reason", "typo"));
    assertThat(fixed.status()).isEqualTo(200);
    assertThat(fixed.json().path("title").stringValue()).isEqualTo("Right title");
    var late =
        clerk.post(
            path, Map.of("field", "title", "was", "Wrong titel", "is", "X", "reason", "typo"));
    assertThat(late.said()).isEqualTo("409 CHANGED was");
    assertThat(late.json().path("is").stringValue()).isEqualTo("Right title");
    var entry = clerk.get("/cases/" + id + "/entries").json().path("items").get(1);
    assertThat(entry.path("type").stringValue()).isEqualTo("corrected");
    assertThat(entry.path("data").path("was").stringValue()).isEqualTo("Wrong titel");
  }

  @Test
  void a_case_goes_its_way_and_tells_it() {
    var id = clerk.register("Way", Map.of("lead", "labour"));
    assertThat(
            labour
                .post("/cases/" + id + "/close", Map.of("outcome", "reply", "summary", "x"))
                .said())
        .isEqualTo("409 NOT_NOW ");
    assertThat(labour.post("/cases/" + id + "/accept", Map.of()).status()).isEqualTo(200);
    assertThat(labour.post("/cases/" + id + "/accept", Map.of()).said()).isEqualTo("409 NOT_NOW ");
    assertThat(labour.post("/cases/" + id + "/lead", Map.of("agency", "court")).said())
        .isEqualTo("403 NOT_ALLOWED ");
    assertThat(labour.post("/cases/" + id + "/assist", Map.of("agency", "housing")).status())
        .isEqualTo(200);
    assertThat(housing.get("/cases/" + id).status()).isEqualTo(200);
    var left = housing.post("/cases/" + id + "/object", Map.of("reason", "not ours"));
    assertThat(left.status()).isEqualTo(200);
    assertThat(housing.get("/cases/" + id).said()).isEqualTo("404 NOT_FOUND ");
    assertThat(
            clerk
                .post("/cases/" + id + "/contacts", Map.of("channel", "phone", "words", "again"))
                .status())
        .isEqualTo(201);
    assertThat(
            labour
                .post(
                    "/cases/" + id + "/close", Map.of("outcome", "agreement", "summary", "settled"))
                .status())
        .isEqualTo(200);
    assertThat(
            clerk
                .post("/cases/" + id + "/contacts", Map.of("channel", "letter", "words", "thanks"))
                .status())
        .isEqualTo(201);
    assertThat(
            labour
                .post("/cases/" + id + "/reopen", Map.of("reason", "more came"))
                .json()
                .path("status")
                .stringValue())
        .isEqualTo("accepted");
    var types =
        StreamSupport.stream(
                clerk.get("/cases/" + id + "/entries").json().path("items").spliterator(), false)
            .map(e -> e.path("type").stringValue())
            .toList();
    assertThat(types)
        .containsExactly(
            "registered",
            "accepted",
            "assisting",
            "objected",
            "contact",
            "closed",
            "contact",
            "reopened");
  }

  @Test
  void sentences_come_in_the_readers_language() {
    var id = clerk.register("Tongue", Map.of());
    var zh =
        clerk.send(
            clerk.request("/cases/" + id + "/entries").header("Accept-Language", "zh-CN").build());
    assertThat(zh.json().path("items").get(0).path("text").stringValue()).contains("登记");
    var no = clerk.send(clerk.request("/cases/1").header("Accept-Language", "zh").build());
    assertThat(no.json().path("detail").stringValue()).matches(".*\\p{IsHan}.*");
  }

  // ---- bad input ----

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|400 BAD_INPUT title",
        "{\"title\":\"a\"}|400 BAD_INPUT words",
        "{\"title\":\"  \",\"words\":\"b\"}|400 BAD_INPUT title",
        "{\"title\":5,\"words\":\"b\"}|400 BAD_INPUT title",
        "{\"title\":\"a\",\"words\":\"b\\u0000\"}|400 BAD_INPUT words",
        "{\"title\":\"a\\ud800\",\"words\":\"b\"}|400 BAD_INPUT title",
        "{\"title\":\"a\",\"words\":\"b\",\"kind\":\"nope\"}|400 BAD_INPUT kind",
        "{\"title\":\"a\",\"words\":\"b\",\"channel\":\"fax\"}|400 BAD_INPUT channel",
        "{\"title\":\"a\",\"words\":\"b\",\"lead\":\"nobody\"}|400 BAD_INPUT lead",
        "{\"title\":\"a\",\"words\":\"b\",\"parties\":{}}|400 BAD_INPUT parties",
        "{\"title\":\"a\",\"words\":\"b\",\"parties\":[{\"role\":\"petitioner\"}]}|400 BAD_INPUT parties[0].name",
        "{\"title\":\"a\",\"words\":\"b\",\"parties\":[{\"name\":\"x\",\"role\":\"king\"}]}|400 BAD_INPUT parties[0].role",
        "[]|400 BAD_INPUT ''",
        "{|400 BAD_INPUT ''",
        "null|400 BAD_INPUT ''",
      })
  void bad_input_is_said_at_its_field(String body, String said) {
    var answer = clerk.postText("/cases", body, UUID.randomUUID().toString());
    assertThat(answer.said()).isEqualTo(said.replace("''", ""));
    assertThat(answer.type()).startsWith("application/problem+json");
    assertThat(answer.json().path("detail").stringValue()).isNotBlank();
  }

  @Test
  void texts_have_their_bounds() {
    assertThat(
            clerk
                .post("/cases", Map.of("title", "𠮷".repeat(200), "words", "字".repeat(20_000)))
                .status())
        .isEqualTo(201);
    assertThat(clerk.post("/cases", Map.of("title", "x".repeat(201), "words", "y")).said())
        .isEqualTo("400 BAD_INPUT title");
    assertThat(clerk.post("/cases", Map.of("title", "x", "words", "y".repeat(20_001))).said())
        .isEqualTo("400 BAD_INPUT words");
    var crowd =
        IntStream.range(0, 101).mapToObj(i -> Map.of("name", "n" + i, "role", "witness")).toList();
    assertThat(clerk.post("/cases", Map.of("title", "x", "words", "y", "parties", crowd)).said())
        .isEqualTo("400 BAD_INPUT parties");
    assertThat(clerk.post("/cases", Map.of("title", "x", "words", "y".repeat(1 << 20))).said())
        .isEqualTo("413 TOO_LARGE ");
    var wrongType =
        clerk
            .request("/cases")
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString("{}"))
            .build();
    assertThat(clerk.send(wrongType).said()).isEqualTo("415 UNSUPPORTED ");
    var form =
        clerk
            .request("/cases/2025-0001/reopen")
            .header("Content-Type", "multipart/form-data; boundary=x")
            .POST(BodyPublishers.ofString("--x--"))
            .build();
    assertThat(clerk.send(form).said()).isEqualTo("415 UNSUPPORTED ");
  }

  @ParameterizedTest
  @CsvSource({
    "/nothing, 404 NOT_FOUND",
    "/cases/9999-0001, 404 NOT_FOUND",
    "/cases/2026-0001;x=y, 400 BAD_INPUT",
    "/cases?q=%ZZ, 400 BAD_INPUT",
    "/cases?limit=0, 400 BAD_INPUT",
    "/cases?limit=201, 400 BAD_INPUT",
    "/cases?after=x, 400 BAD_INPUT",
    "/cases?status=odd, 400 BAD_INPUT",
    "/cases?due=soon, 400 BAD_INPUT",
    "/cases?agency=nobody, 400 BAD_INPUT",
    "/search?from=yesterday, 400 BAD_INPUT",
    "/search?from=-999999999-01-01, 400 BAD_INPUT",
    "/sessions?from=x, 400 BAD_INPUT",
    "/notes/unknown, 404 NOT_FOUND",
    "/cases/2025-0001/alike, 404 NOT_FOUND",
    "/import/1, 404 NOT_FOUND"
  })
  void every_wrong_address_is_a_problem(String path, String said) throws Exception {
    var answer = raw("GET", path);
    assertThat(answer).startsWith("HTTP/1.1 " + said.substring(0, 3));
    assertThat(answer)
        .containsIgnoringCase("application/problem+json")
        .contains("\"" + said.substring(4) + "\"");
  }

  @Test
  void an_unknown_method_is_a_problem_too() throws Exception {
    for (var method : List.of("PROPFIND", "DELETE", "PUT", "TRACE"))
      assertThat(raw(method, "/cases")).containsIgnoringCase("application/problem+json");
  }

  /** An address as it stands: the client would mend it. */
  private static String raw(String method, String path) throws Exception {
    try (var socket = new Socket("127.0.0.1", centre.port)) {
      socket
          .getOutputStream()
          .write(
              (method
                      + " /api/v1"
                      + path
                      + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                      + clerk.token
                      + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void whatever_is_asked_for_json_comes() {
    var answer = clerk.send(clerk.request("/me").header("Accept", "text/html").build());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.type()).startsWith("application/json");
  }

  @Test
  void an_empty_or_backward_span_is_no_bug() {
    assertThat(clerk.get("/sessions?from=2026-12-01&to=2026-11-01").json().path("items").isEmpty())
        .isTrue();
    assertThat(clerk.get("/cases?status=&agency=&due=&limit=").status()).isEqualTo(200);
  }

  // ---- the same request again ----

  @Test
  void the_same_key_gives_the_same_answer_and_does_it_once() {
    var key = UUID.randomUUID().toString();
    var body = Map.of("title", "Once", "words", "only");
    var first = clerk.post("/cases", body, key);
    var again = clerk.post("/cases", body, key);
    assertThat(again).isEqualTo(first);
    assertThat(clerk.post("/cases", Map.of("title", "Other", "words", "x"), key).said())
        .isEqualTo("400 BAD_INPUT Idempotency-Key");
    assertThat(
            clerk.postText("/cases", "{\"title\":\"a\",\"words\":\"b\"}", "x".repeat(201)).said())
        .isEqualTo("400 BAD_INPUT Idempotency-Key");
    var no = UUID.randomUUID().toString();
    var close = Map.of("outcome", "reply", "summary", "s");
    var refused = coordinator.post("/cases/" + first.id() + "/close", close, no);
    assertThat(refused.said()).isEqualTo("409 NOT_NOW ");
    coordinator.post("/cases/" + first.id() + "/accept", Map.of());
    assertThat(coordinator.post("/cases/" + first.id() + "/close", close, no)).isEqualTo(refused);
  }

  @Test
  void the_same_key_from_many_threads_does_it_once() throws Exception {
    var key = UUID.randomUUID().toString();
    var id = accepted("Raced");
    try (var pool = Executors.newFixedThreadPool(8)) {
      var answers = new ArrayList<Future<Answer>>();
      for (var i = 0; i < 8; i++)
        answers.add(
            pool.submit(() ->
                coordinator.post("/cases/" + id + "/assist", Map.of("agency", "court"), key)));
      for (var a : answers) assertThat(a.get().status()).isEqualTo(200);
    }
    var court =
        StreamSupport.stream(
                clerk.get("/cases/" + id + "/entries").json().path("items").spliterator(), false)
            .filter(e -> e.path("type").stringValue().equals("assisting"))
            .count();
    assertThat(court).isEqualTo(1);
  }

  @Test
  void numbers_given_to_many_at_once_have_no_hole_and_no_twin() throws Exception {
    var ids = new HashSet<Integer>();
    try (var pool = Executors.newFixedThreadPool(8)) {
      var futures = new ArrayList<Future<String>>();
      for (var i = 0; i < 24; i++)
        futures.add(pool.submit(() -> clerk.register("Crowd", Map.of())));
      for (var f : futures) ids.add(Integer.valueOf(f.get().substring(5)));
    }
    assertThat(ids).hasSize(24);
    assertThat(
            ids.stream().max(Integer::compare).orElseThrow()
                - ids.stream().min(Integer::compare).orElseThrow())
        .isEqualTo(23);
  }

  // ---- notes ----

  @Test
  void a_note_is_opened_by_who_may_read_it() {
    var id = accepted("Noted");
    var joint = labour.note(id, "Joint", "joint");
    var own = labour.note(id, "Own", "agency");
    assertThat(
            clerk.post("/cases/" + id + "/notes", Map.of("title", "x", "audience", "joint")).said())
        .isEqualTo("403 NOT_ALLOWED ");
    assertThat(
            labour
                .post("/cases/" + id + "/notes", Map.of("title", "x", "audience", "caucus"))
                .said())
        .isEqualTo("400 BAD_INPUT audience");
    assertThat(coordinator.get("/notes/" + joint).json().path("audience").stringValue())
        .isEqualTo("joint");
    assertThat(coordinator.get("/notes/" + own).said()).isEqualTo("404 NOT_FOUND ");
    assertThat(clerk.get("/notes/" + joint).said()).isEqualTo("404 NOT_FOUND ");
    assertThat(labour.get("/cases/" + id).json().path("notes").size()).isEqualTo(2);
    assertThat(coordinator.get("/cases/" + id).json().path("notes").size()).isEqualTo(1);
    assertThat(clerk.get("/cases/" + id).json().path("notes").size()).isZero();
    var told = coordinator.get("/cases/" + id + "/entries").json().toString();
    assertThat(told).contains(joint).doesNotContain(own);
  }

  // ---- sessions ----

  private static Map<String, Object> session(
      String caseId, String from, String to, String hall, String mediator) {
    return Program.session(caseId, from, to, hall, mediator, "labour");
  }

  @Test
  void a_hall_cannot_be_in_two_sessions_and_touching_is_free() {
    var id = accepted("Halls");
    var hall = ids(clerk.get("/halls").json()).getFirst();
    var first =
        session(id, "2027-03-01T09:00:00+08:00", "2027-03-01T10:00:00+08:00", hall, "mediator");
    var booked = coordinator.post("/sessions", first);
    assertThat(booked.status()).isEqualTo(201);
    var clash =
        coordinator.post(
            "/sessions",
            session(
                id, "2027-03-01T02:30:00+01:00", "2027-03-01T04:30:00+01:00", hall, "mediator2"));
    assertThat(clash.code()).isEqualTo("CONFLICT");
    var conflict = clash.json().path("conflicts").get(0);
    assertThat(conflict.path("what").stringValue()).isEqualTo("hall");
    assertThat(conflict.path("id").stringValue()).isEqualTo(hall);
    assertThat(conflict.path("from").stringValue()).isEqualTo("2027-03-01T09:00:00+08:00");
    assertThat(conflict.path("session").stringValue()).isEqualTo(booked.id());
    assertThat(
            coordinator
                .post(
                    "/sessions",
                    session(
                        id,
                        "2027-03-01T10:00:00+08:00",
                        "2027-03-01T11:00:00+08:00",
                        hall,
                        "mediator"))
                .status())
        .isEqualTo(201);
    var other = ids(clerk.get("/halls").json()).get(1);
    var person =
        coordinator.post(
            "/sessions",
            session(
                id, "2027-03-01T09:30:00+08:00", "2027-03-01T09:40:00+08:00", other, "mediator"));
    assertThat(person.json().path("conflicts").get(0).path("what").stringValue())
        .isEqualTo("mediator");
    var moved =
        coordinator.post(
            "/sessions/" + booked.id() + "/move",
            Map.of("from", "2027-03-01T12:00:00+08:00", "to", "2027-03-01T13:00:00+08:00"));
    assertThat(moved.json().path("from").stringValue()).isEqualTo("2027-03-01T12:00:00+08:00");
    assertThat(
            coordinator
                .post("/sessions/" + booked.id() + "/held", Map.of("attended", List.of("mediator")))
                .said())
        .isEqualTo("409 NOT_NOW ");
    assertThat(
            coordinator
                .post("/sessions/" + booked.id() + "/cancel", Map.of("reason", "ill"))
                .json()
                .path("state")
                .stringValue())
        .isEqualTo("cancelled");
    assertThat(
            coordinator
                .post("/sessions/" + booked.id() + "/cancel", Map.of("reason", "ill"))
                .said())
        .isEqualTo("409 NOT_NOW ");
    var police = centre.as("police").get("/sessions?from=2027-03-01&to=2027-03-01").json();
    assertThat(police.path("items").size()).isEqualTo(1);
    assertThat(police.toString()).doesNotContain(id).doesNotContain("mediator");
    var seen = coordinator.get("/sessions?from=2027-03-01&to=2027-03-01").json();
    assertThat(seen.path("items").size()).isEqualTo(2);
  }

  @Test
  void two_book_in_the_same_instant_and_one_wins() throws Exception {
    var id = accepted("Instant");
    var hall = ids(clerk.get("/halls").json()).get(2);
    for (var round = 0; round < 5; round++) {
      var day = "2027-04-%02d".formatted(round + 1);
      var wanted = session(id, day + "T09:00:00+08:00", day + "T10:00:00+08:00", hall, "mediator");
      try (var pool = Executors.newFixedThreadPool(6)) {
        var answers = new ArrayList<Future<Answer>>();
        for (var i = 0; i < 6; i++)
          answers.add(pool.submit(() -> coordinator.post("/sessions", wanted)));
        var won = 0;
        for (var a : answers) {
          if (a.get().status() == 201) won++;
          else assertThat(a.get().code()).isEqualTo("CONFLICT");
        }
        assertThat(won).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2027-05-01T09:00:00+08:00, 2027-05-01T09:04:00+08:00, to",
    "2027-05-01T09:00:00+08:00, 2027-05-02T09:01:00+08:00, to",
    "2027-05-01T09:00:00+08:00, 2027-05-01T08:00:00+08:00, to",
    "2047-05-01T09:00:00+08:00, 2047-05-01T10:00:00+08:00, from",
    "tomorrow, 2027-05-01T10:00:00+08:00, from",
    "2027-05-01T09:00:00, 2027-05-01T10:00:00+08:00, from"
  })
  void a_session_has_its_bounds(String from, String to, String field) {
    var answer =
        coordinator.post("/sessions", session(accepted("Bounds"), from, to, "hall1", "mediator"));
    assertThat(answer.code()).isEqualTo("BAD_INPUT");
    assertThat(answer.json().path("field").stringValue()).isEqualTo(field);
  }

  // ---- search ----

  @Test
  void search_marks_what_it_found_and_escapes_the_rest() {
    clerk.register("Quagmire <script>alert(1)</script> 沼泽地", Map.of());
    var found = clerk.get("/search?q=quagmire").json();
    assertThat(found.path("total").intValue()).isEqualTo(1);
    var snippet = found.path("hits").get(0).path("snippet").stringValue();
    assertThat(snippet).contains("<mark>Quagmire</mark>").doesNotContain("<script>");
    assertThat(clerk.get("/search?q=%E6%B2%BC").json().path("total").intValue()).isEqualTo(1);
    assertThat(clerk.get("/search?q=%E6%B2%BC%E6%B3%BD").json().path("total").intValue())
        .isEqualTo(1);
    assertThat(clerk.get("/search?q=quagm").json().path("total").intValue()).isEqualTo(1);
    assertThat(found.path("facets").path("status").get(0).path("value").stringValue())
        .isEqualTo("registered");
    assertThat(centre.as("admin").get("/search?q=quagmire").json().path("total").intValue())
        .isZero();
    var without = clerk.get("/search?q=-quagmire").json().path("total").intValue();
    assertThat(clerk.get("/search?q=").json().path("total").intValue()).isEqualTo(without + 1);
  }

  @Test
  void health_is_open_to_everybody_and_nothing_else_of_it() throws Exception {
    var health =
        clerk.send(HttpRequest.newBuilder(URI.create(centre.url() + "actuator/health")).build());
    assertThat(health.status()).isEqualTo(200);
    assertThat(
            clerk
                .send(HttpRequest.newBuilder(URI.create(centre.url() + "actuator/env")).build())
                .status())
        .isGreaterThanOrEqualTo(400);
  }

  @Test
  void a_case_s_history_is_narrowed_by_agency_and_kind() {
    var coordinator = centre.as("coordinator");
    var id = coordinator.register("Narrowed", Map.of("lead", "labour"));
    centre.as("labour").post("/cases/" + id + "/accept", Map.of());
    coordinator.post("/cases/" + id + "/assist", Map.of("agency", "housing"));
    var path = "/cases/" + id + "/entries";
    assertThat(types(coordinator.get(path + "?agency=labour"))).containsExactly("accepted");
    assertThat(types(coordinator.get(path + "?kind=assisting"))).containsExactly("assisting");
    assertThat(types(coordinator.get(path + "?agency=centre&kind=accepted"))).isEmpty();
    assertThat(coordinator.get(path + "?agency=nobody").said()).isEqualTo("400 BAD_INPUT agency");
    assertThat(coordinator.get(path + "?kind=nothing").said()).isEqualTo("400 BAD_INPUT kind");
  }

  private static List<String> types(Program.Answer answer) {
    var types = new ArrayList<String>();
    answer.json().path("items").forEach(e -> types.add(e.path("type").asString()));
    return types;
  }

  @Test
  void who_listens_to_everything_hears_that_something_happens_where_they_may_see_it() {
    var coordinator = centre.as("coordinator");
    try (var labour = centre.as("labour").wire("ws/live");
        var desk = centre.as("clerk").wire("ws/live");
        var admin = centre.as("admin").wire("ws/live")) {
      var mine = coordinator.register("Secret words", Map.of("lead", "labour"));
      var other = coordinator.register("Secret words", Map.of("lead", "housing"));
      desk.hear(m -> m.path("entry").path("case").asString("").equals(other));
      var heard = labour.hear(m -> m.path("entry").path("case").asString("").equals(mine));
      assertThat(heard.path("entry").path("type").asString()).isEqualTo("registered");
      assertThat(heard.toString()).doesNotContain("Secret").doesNotContain("\"data\"");
      assertThat(labour.heard().toString()).doesNotContain(other);
      assertThat(admin.heard()).isEmpty();
      var before = heard.path("entry").path("position").asLong() - 1;
      try (var again = centre.as("labour").wire("ws/live?after=" + before)) {
        assertThat(again.hear("entry").path("entry").path("case").asString()).isEqualTo(mine);
      }
    }
  }

  @Test
  void the_state_of_the_rooms_is_told_to_who_watches_the_machine() throws Exception {
    var coordinator = centre.as("coordinator");
    var id = coordinator.register("Watched", Map.of());
    var note = coordinator.note(id, "Watched", "joint");
    try (var live = coordinator.wire("ws/live?case=" + id);
        var typist = coordinator.wire("ws/notes/" + note + "?i=watched-by-a-test-0001")) {
      live.hear("here");
      typist.hear("open");
      typist.say(
          "{\"t\":\"push\",\"v\":0,\"s\":0,\"u\":[{\"c\":[99],\"i\":\"watched-by-a-test-0001\"}]}");
      typist.hear("refused");
      var said = metrics(null);
      assertThat(said.body()).containsPattern("onedoor_rooms_open [1-9]");
      assertThat(said.body()).containsPattern("onedoor_typists [1-9]");
      assertThat(said.body()).containsPattern("onedoor_append_seconds_count [1-9]");
      assertThat(said.body()).containsPattern("onedoor_follow_lag 0");
      assertThat(said.body()).contains("onedoor_index_lag ");
      assertThat(said.body())
          .containsPattern("onedoor_pushes_refused_total\\{code=\"BAD_CHANGE\"} [1-9]");
    }
    assertThat(metrics("203.0.113.9").statusCode()).as("somebody behind a proxy").isEqualTo(403);
  }

  private static HttpResponse<String> metrics(String forwarded) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(centre.url() + "actuator/prometheus"));
    if (forwarded != null) request.header("X-Forwarded-For", forwarded);
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
