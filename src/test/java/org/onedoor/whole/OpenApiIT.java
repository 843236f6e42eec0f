package org.onedoor.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.onedoor.event.Event.Unknown;
import org.onedoor.log.Fact;
import org.onedoor.log.Logs;
import org.onedoor.log.ReplicaSet;
import org.onedoor.whole.Program.Answer;
import tools.jackson.databind.JsonNode;

/**
 * The OpenAPI document against what runs: each call is made as it should be, and in every way it
 * declares to refuse; each answer is held against the schema of its status, and what is not
 * declared may not be answered. That the document has all calls is {@code ApiDocumentTest}'s.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiIT {
  /**
   * How a call is made well, and what it takes to be answered otherwise.
   *
   * @param on a fresh thing it can be done to
   * @param late a thing it cannot be done to any more, or not yet
   * @param also how other answers come about, by their code or status
   */
  record Try(
      String call,
      String account,
      String query,
      Supplier<String> on,
      Supplier<String> late,
      Function<String, Map<String, Object>> body,
      Map<String, Supplier<Answer>> also) {
    Try by(String other) {
      return new Try(call, other, query, on, late, body, also);
    }

    Try asking(String parameters) {
      return new Try(call, account, parameters, on, late, body, also);
    }

    Try on(Supplier<String> thing) {
      return new Try(call, account, query, thing, late, body, also);
    }

    Try late(Supplier<String> thing) {
      return new Try(call, account, query, on, thing, body, also);
    }

    Try with(Function<String, Map<String, Object>> sent) {
      return new Try(call, account, query, on, late, sent, also);
    }

    Try also(String answer, Supplier<Answer> how) {
      var more = new LinkedHashMap<>(also);
      more.put(answer, how);
      return new Try(call, account, query, on, late, body, more);
    }

    String path(String id) {
      return call.substring(call.indexOf(' ') + 1).replaceAll("\\{\\w+}", id);
    }

    boolean post() {
      return call.startsWith("POST");
    }

    boolean upload() {
      return call.equals("POST /import");
    }

    @Override
    public String toString() {
      return call;
    }
  }

  private static final byte[] FILE =
      "number,words\nO1,words of one".getBytes(StandardCharsets.UTF_8);

  @TempDir static Path data;
  private final AtomicInteger fresh = new AtomicInteger();
  private Centre centre;
  private Contract contract;

  @BeforeAll
  void open() throws Exception {
    centre = Centre.demo(data.resolve("centre"));
    contract = new Contract(nobody("/openapi.json").json());
  }

  @AfterAll
  void close() {
    centre.close();
  }

  private Answer nobody(String path) {
    return as("clerk").send(HttpRequest.newBuilder(at(path)).build());
  }

  private URI at(String path) {
    return URI.create(centre.url() + "api/v1" + path);
  }

  private Program as(String account) {
    return centre.as(account);
  }

  // ---- things to do it with ----

  private String registered() {
    return as("clerk").register("Open " + fresh.incrementAndGet(), Map.of("lead", "labour"));
  }

  private String accepted() {
    return done(registered(), "accept", Map.of());
  }

  private String declined() {
    return done(registered(), "decline", Map.of("reason", "not for us"));
  }

  private String closed() {
    return done(accepted(), "close", Map.of("outcome", "reply", "summary", "told"));
  }

  private String assisted() {
    return done(accepted(), "assist", Map.of("agency", "housing"));
  }

  private String done(String id, String what, Map<String, ?> body) {
    var answer = as("coordinator").post("/cases/" + id + "/" + what, body);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return id;
  }

  /** A case of which a newer program wrote something this one does not know. */
  private String newer() {
    var id = registered();
    try (var log = Logs.open(Logs.in(centre.data.resolve("onedoor.db")), InstantSource.system())) {
      var stream = "case/" + id;
      var strange = new Unknown("teleported", "{}");
      log.append(List.of(new Fact(stream, log.version(stream), strange, "clerk")));
    }
    // the log is one line: what is written after it is known after it
    registered();
    return id;
  }

  private String note() {
    return as("labour").note(accepted(), "Open", "joint");
  }

  private String session() {
    return booked(booking(accepted()));
  }

  private String cancelled() {
    var id = session();
    as("coordinator").post("/sessions/" + id + "/cancel", Map.of("reason", "ill"));
    return id;
  }

  /** One that has begun and can have taken place. */
  private String begun() {
    var from = OffsetDateTime.now().minusYears(1).minusDays(fresh.incrementAndGet());
    var times = Map.of("from", from.toString(), "to", from.plusHours(1).toString());
    return booked(and(booking(accepted()), times));
  }

  private String booked(Map<String, ?> booking) {
    var answer = as("coordinator").post("/sessions", booking);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    return answer.id();
  }

  private Map<String, Object> booking(String caseId) {
    var from = OffsetDateTime.parse("2027-01-01T09:00:00+08:00").plusDays(fresh.incrementAndGet());
    return new LinkedHashMap<>(
        Map.of(
            "case", caseId,
            "kind", "joint",
            "from", from.toString(),
            "to", from.plusHours(1).toString(),
            "hall", "hall1",
            "mediators", List.of("mediator"),
            "officers", List.of("labour"),
            "agencies", List.of("labour"),
            "parties", List.of()));
  }

  private String job() {
    var answer = as("coordinator").upload("/import", FILE, "job" + fresh.incrementAndGet());
    return answer.json().path("job").stringValue();
  }

  private static Map<String, Object> and(Map<String, ?> one, Map<String, ?> more) {
    var both = new LinkedHashMap<String, Object>(one);
    both.putAll(more);
    return both;
  }

  // ---- every call ----

  private static Try call(String call) {
    return new Try(call, "coordinator", "", () -> "", null, _ -> Map.of(), Map.of());
  }

  private static Try onCase(String what) {
    return call("POST /cases/{id}/" + what);
  }

  private Map<String, Object> petition() {
    return and(
        Map.of(
            "title", "Wages",
            "words", "They owe me wages.",
            "channel", "phone",
            "lead", "labour",
            "parties", List.of(party()),
            "needs", List.of("step-free"),
            "externalNumber", "E" + fresh.incrementAndGet(),
            "externalSource", "open"),
        Map.of());
  }

  private static Map<String, Object> party() {
    return Map.of(
        "name", "Luo",
        "role", "petitioner",
        "type", "person",
        "contact", "at home",
        "phone", "139",
        "idNumber", "11",
        "address", "Lane 1");
  }

  Stream<Try> tries() {
    var reason = Map.<String, Object>of("reason", "because");
    return Stream.of(
        call("GET /openapi.json"),
        call("GET /me"),
        call("GET /agencies"),
        call("GET /officers").asking("agency=labour"),
        call("GET /halls"),
        call("GET /kinds"),
        call("GET /cases").asking("agency=labour"),
        call("GET /cases/{id}").on(() -> "2026-0011"),
        call("GET /cases/{id}/entries").on(() -> "2026-0011"),
        call("GET /notes/{id}").by("labour").on(this::note),
        call("GET /search").asking("q=wages"),
        call("GET /sessions").by("labour"), // who may see some of them
        call("GET /import/{job}").on(this::job),
        call("POST /import"),
        call("POST /cases")
            .with(_ -> petition())
            .also("200", () -> again("clerk"))
            .also("NOT_FOUND", () -> again("housing")),
        onCase("correct")
            .on(this::registered)
            .late(this::closed)
            .with(_ -> Map.of("field", "kind", "is", kind(), "reason", "typo"))
            .also("CHANGED", this::changed),
        onCase("parties").on(this::registered).late(this::closed).with(_ -> party()),
        onCase("contacts")
            .on(this::registered)
            .late(this::newer)
            .with(_ -> Map.of("channel", "visit", "words", "again", "at", "2026-01-01T00:00:00Z")),
        onCase("accept").on(this::registered).late(this::accepted),
        onCase("decline").on(this::registered).late(this::accepted).with(_ -> reason),
        onCase("object").by("labour").on(this::accepted).late(this::closed).with(_ -> reason),
        onCase("close")
            .on(this::accepted)
            .late(this::registered)
            .with(_ -> Map.of("outcome", "agreement", "summary", "They agreed.")),
        onCase("reopen").on(this::declined).late(this::accepted).with(_ -> reason),
        onCase("lead").on(this::accepted).late(this::closed).with(_ -> Map.of("agency", "court")),
        onCase("assist").on(this::accepted).late(this::closed).with(_ -> Map.of("agency", "court")),
        onCase("release")
            .on(this::assisted)
            .late(this::accepted)
            .with(_ -> Map.of("agency", "housing", "reason", "done")),
        onCase("notes")
            .by("labour")
            .on(this::accepted)
            .late(this::closed)
            .with(_ -> Map.of("title", "Open", "audience", "joint")),
        call("POST /sessions")
            .on(this::accepted)
            .late(this::closed)
            .with(this::booking)
            .also("NOT_FOUND", () -> book(booking("9999-0001")))
            .also("CONFLICT", this::taken),
        call("POST /sessions/{id}/move")
            .on(this::session)
            .late(this::cancelled)
            .with(_ -> elsewhere())
            .also("CONFLICT", this::taken_by_a_move),
        call("POST /sessions/{id}/cancel")
            .on(this::session)
            .late(this::cancelled)
            .with(_ -> reason),
        call("POST /sessions/{id}/held")
            .on(this::begun)
            .late(this::cancelled)
            .with(_ -> Map.of("attended", List.of("mediator"))));
  }

  private Map<String, Object> elsewhere() {
    var to = booking("");
    to.keySet().retainAll(Set.of("from", "to", "hall"));
    return to;
  }

  private Object kind() {
    return as("clerk").get("/kinds").json().path("items").get(0).path("id").stringValue();
  }

  private Answer changed() {
    var other = Map.of("field", "words", "was", "Never", "is", "New", "reason", "typo");
    return as("clerk").post("/cases/" + registered() + "/correct", other);
  }

  /** The same number of the same source; not everybody may see the case it is of. */
  private Answer again(String account) {
    var petition = petition();
    as("clerk").post("/cases", petition);
    return as(account).post("/cases", petition);
  }

  private Answer book(Map<String, Object> booking) {
    return as("coordinator").post("/sessions", booking);
  }

  private Answer taken() {
    var booking = booking(accepted());
    booked(booking);
    return book(booking);
  }

  private Answer taken_by_a_move() {
    var booking = booking(accepted());
    booked(booking);
    var span = Map.of("from", booking.get("from"), "to", booking.get("to"), "hall", "hall1");
    return as("coordinator").post("/sessions/" + session() + "/move", span);
  }

  // ---- the walk ----

  @Test
  void every_call_of_the_document_is_tried_here() {
    assertThat(tries().map(Try::call)).containsExactlyInAnyOrderElementsOf(contract.calls());
  }

  @ParameterizedTest
  @MethodSource("tries")
  void a_call_is_answered_as_declared(Try one) {
    var declared = contract.refusals(one.call());
    var seen = new TreeSet<>(Set.of("TOO_FAST", "UNAVAILABLE")); // below, for all at once
    good(one, one.body());
    for (var answer : refusals(one, declared)) seen.add(held(one, answer).code());
    one.also()
        .forEach((what, how) -> {
          var answer = held(one, how.get());
          assertThat(List.of(answer.code(), "" + answer.status())).contains(what);
          seen.add(answer.code());
        });
    seen.remove("");
    if (declared.isEmpty()) seen.clear();
    assertThat(seen).as(one.call()).isEqualTo(declared);
  }

  private List<Answer> refusals(Try one, Set<String> declared) {
    if (declared.isEmpty()) return List.of();
    var all = new ArrayList<Answer>();
    all.add(nobody(one.path("1")));
    all.add(as(one.account()).get(one.path("1") + ";x=y"));
    if (one.call().contains("{")) all.add(sent(one, "9999-0001", one.body().apply("9999-0001")));
    if (one.late() != null) {
      var late = one.late().get();
      all.add(sent(one, late, one.body().apply(late)));
    }
    if (declared.contains("NOT_ALLOWED")) {
      var id = one.on().get();
      all.add(sent(one.by("director"), id, one.body().apply(id)));
    }
    if (one.post()) {
      var large = "{\"x\":\"" + "x".repeat(1 << 20) + "\"}";
      all.add(
          one.upload()
              ? upload(one, new byte[65 << 20], "l")
              : post(one, large, "application/json", "l"));
      all.add(post(one, "{}", "text/plain", "t"));
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("tries")
  void a_parameter_takes_what_it_declares_and_nothing_else(Try one) {
    contract
        .query(one.call())
        .forEach((name, schema) -> {
          for (var word : words(schema)) good(one.asking(name + "=" + word), one.body());
          if (schema.has("enum")) refused(one.asking(name + "=odd"), name);
          for (var bound : List.of("minimum", "maximum")) {
            if (!schema.has(bound)) continue;
            var most = schema.path(bound).intValue();
            good(one.asking(name + "=" + most), one.body());
            refused(one.asking(name + "=" + (bound.equals("minimum") ? most - 1 : most + 1)), name);
          }
          if (name.equals("after")) refused(one.asking("after=x"), "after");
          if (schema.path("type").asString("").equals("boolean")) {
            for (var flag : List.of("true", "false"))
              good(one.asking(name + "=" + flag), one.body());
            refused(one.asking(name + "=odd"), name);
          }
        });
    if (!one.post()) return;
    var key = "k".repeat(201);
    var answer = one.upload() ? upload(one, FILE, key) : post(one, "{}", "application/json", key);
    assertThat(held(one, answer).said()).isEqualTo("400 BAD_INPUT Idempotency-Key");
  }

  private void refused(Try one, String field) {
    var id = one.on().get();
    assertThat(held(one, sent(one, id, one.body().apply(id))).said())
        .as(one + "?" + one.query())
        .isEqualTo("400 BAD_INPUT " + field);
  }

  @ParameterizedTest
  @MethodSource("tries")
  void a_body_takes_what_it_declares_and_nothing_else(Try one) {
    if (one.post())
      fields(one, "", contract.takes(one.call()), one.body(), UnaryOperator.identity());
  }

  /**
   * Every field of a body, or of an object in it, left out and wrong in every way it can be.
   *
   * @param good what these fields are when they are right
   * @param whole the body they stand in
   */
  private void fields(
      Try one,
      String at,
      Contract.Fields fields,
      Function<String, Map<String, Object>> good,
      UnaryOperator<Map<String, Object>> whole) {
    fields
        .all()
        .forEach((name, schema) -> {
          Function<Object, Try> but =
              value -> one.with(id -> whole.apply(and(good.apply(id), one(name, value))));
          if (fields.must().contains(name)) refused(but.apply(null), at + name);
          else good(one, but.apply(null).body());
          for (var word : words(schema)) good(one, but.apply(word).body());
          for (var value : wrong(schema)) refused(but.apply(value), at + name);
          if (!schema.path("items").has("$ref")) return;
          refused(but.apply(List.of(5)), at + name + "[0]");
          fields(
              one,
              at + name + "[0].",
              contract.items(schema),
              _ -> party(),
              item -> whole.apply(and(good.apply(""), one(name, List.of(item)))));
        });
  }

  private static Map<String, Object> one(String name, Object value) {
    var one = new LinkedHashMap<String, Object>();
    one.put(name, value);
    return one;
  }

  private static List<String> words(JsonNode schema) {
    var words = new ArrayList<String>();
    for (var word : schema.path("enum")) if (word.isString()) words.add(word.stringValue());
    return words;
  }

  private static List<Object> wrong(JsonNode schema) {
    var wrong = new ArrayList<Object>();
    wrong.add(5);
    if (schema.has("enum") || schema.has("pattern") || schema.has("format")) wrong.add("odd");
    if (schema.has("minLength")) wrong.add(" ");
    if (schema.has("maxLength")) wrong.add("x".repeat(schema.path("maxLength").intValue() + 1));
    if (!schema.has("items")) return wrong;
    var item = schema.path("items");
    if (!item.has("$ref")) wrong.add(List.of(5));
    if (item.has("maxLength"))
      wrong.add(List.of("x".repeat(item.path("maxLength").intValue() + 1)));
    var most = schema.path("maxItems").intValue();
    wrong.add(Collections.nCopies(most + 1, item.has("$ref") ? party() : "x"));
    return wrong;
  }

  /** Does it to something fresh. */
  private void good(Try one, Function<String, Map<String, Object>> body) {
    var id = one.on().get();
    var answer = held(one, sent(one, id, body.apply(id)));
    assertThat(answer.status()).as(one + " " + answer).isLessThan(300);
  }

  private Answer held(Try one, Answer answer) {
    assertThat(contract.wrong(one.call(), answer)).as(one.call()).isEmpty();
    return answer;
  }

  private Answer sent(Try one, String id, Map<String, Object> body) {
    if (one.upload()) return upload(one, FILE, "file" + fresh.incrementAndGet());
    var path = one.path(id) + (one.query().isEmpty() ? "" : "?" + one.query());
    return politely(
        () -> one.post() ? as(one.account()).post(path, body) : as(one.account()).get(path));
  }

  private Answer upload(Try one, byte[] file, String key) {
    return as(one.account()).upload(one.path("") + "?" + one.query(), file, key);
  }

  private Answer post(Try one, String text, String type, String key) {
    var id = one.on().get();
    var request =
        as(one.account())
            .request(one.path(id))
            .header("Content-Type", type)
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(text))
            .build();
    return politely(() -> as(one.account()).send(request));
  }

  /** Once more, if that was too fast. */
  private static Answer politely(Supplier<Answer> how) {
    return await().until(how::get, answer -> answer.status() != 429);
  }

  @Test
  void what_is_not_in_it_is_a_problem() {
    var clerk = as("clerk");
    for (var path : List.of("/nothing", "/openapi.json.yaml", "/openapi.yaml", "/cases/1/alike"))
      assertThat(clerk.get(path).said()).isEqualTo("404 NOT_FOUND ");
    for (var one : tries().toList())
      for (var method : List.of("PUT", "DELETE", "PATCH")) {
        var request = clerk.request(one.path("1")).method(method, BodyPublishers.noBody()).build();
        assertThat(politely(() -> clerk.send(request)).said()).isEqualTo("404 NOT_FOUND ");
      }
  }

  @Test
  void the_librarys_own_addresses_are_not_there() {
    for (var path : List.of("v3/api-docs", "v3/api-docs.yaml", "swagger-ui/index.html")) {
      var request = HttpRequest.newBuilder(URI.create(centre.url() + path)).build();
      assertThat(as("clerk").send(request).status()).as(path).isNotEqualTo(200);
    }
  }

  // ---- what happens to all calls alike ----

  /** All calls that can be refused, at once; the things they name need not be there. */
  private Map<Try, Answer> all(Function<String, Program> who, List<Try> which) {
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked = new LinkedHashMap<Try, Future<Answer>>();
      for (var one : which)
        asked.put(
            one,
            pool.submit(() ->
                one.upload()
                    ? who.apply("police").upload("/import", new byte[0], "k")
                    : one.post()
                        ? who.apply("police").post(one.path("1"), Map.of())
                        : who.apply("police").get(one.path("1"))));
      var answers = new LinkedHashMap<Try, Answer>();
      for (var one : asked.entrySet()) answers.put(one.getKey(), one.getValue().get());
      return answers;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Try> refusing(String code) {
    return tries().filter(t -> contract.refusals(t.call()).contains(code)).toList();
  }

  /** More than anybody is allowed in a second, and every call behind it. */
  @Test
  void who_is_too_fast_is_told_so_by_every_call() {
    var left = new ArrayList<>(refusing("TOO_FAST"));
    assertThat(left).hasSize(contract.calls().size() - 1);
    var me = Collections.nCopies(320, "/me");
    for (var round = 0; round < 30 && !left.isEmpty(); round++) {
      try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var path : me) pool.submit(() -> as("police").get(path));
      }
      all(this::as, left)
          .forEach((one, answer) -> {
            if (answer.code().equals("TOO_FAST")) left.remove(one);
            held(one, answer);
          });
    }
    assertThat(left).isEmpty();
  }

  /** A log out of reach; on one that can be read but not written it is the same refusal. */
  @Test
  void without_a_log_every_call_says_so() throws Exception {
    try (var mongo = new ReplicaSet();
        var far = Centre.on(data.resolve("far"), "--demo", "--log", mongo.url("centre"))) {
      var police = far.as("police");
      assertThat(police.get("/me").status()).isEqualTo(200);
      mongo.killAll();
      var answers = all(_ -> police, refusing("UNAVAILABLE"));
      assertThat(answers).hasSize(contract.calls().size() - 1);
      answers.forEach((one, answer) -> {
        assertThat(answer.said()).as(one.call()).isEqualTo("503 UNAVAILABLE ");
        held(one, answer);
      });
    }
  }
}
