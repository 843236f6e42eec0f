package org.onedoor.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three times killed under load: everything acknowledged is there, whole, once. */
class CrashIT {
  private static final int REGISTERING = 3;
  private static final int TYPING = 3;

  @TempDir Path data;

  private final Map<String, String> registered = new ConcurrentHashMap<>(); // key → number
  private final Map<String, String> sessions = new ConcurrentHashMap<>(); // id → from
  private final List<String> typed = new ArrayList<>();
  private final List<String> odd = new CopyOnWriteArrayList<>();

  @Test
  void what_was_acknowledged_is_there_once() throws Exception {
    try (var centre = Centre.demo(data)) {
      var coordinator = centre.as("coordinator");
      var id = coordinator.register("Under load", Map.of("lead", "labour"));
      coordinator.post("/cases/" + id + "/accept", Map.of());
      var note = centre.as("labour").note(id, "Typed under load", "joint");
      var hall = coordinator.get("/halls").json().path("items").get(0).path("id").stringValue();
      String head = null;
      for (var round = 0; round < 3; round++) {
        load(centre, id, note, hall, round);
        centre.start();
        check(centre, id, note);
        var verified =
            head == null ? centre.command("verify") : centre.command("verify", "--since", head);
        head = verified.getLast();
        assertThat(head).matches("\\d+:[0-9a-f]{64}");
      }
      indexEqualsRebuilt(centre);
      centre.stop();
      assertThat(centre.console("verify", "--since", head).code()).isZero();
    }
  }

  private void load(Centre centre, String id, String note, String hall, int round)
      throws Exception {
    var enough = new CountDownLatch(REGISTERING * 15 + TYPING * 40 + 5);
    var threads = new ArrayList<Thread>();
    for (var t = 0; t < REGISTERING; t++)
      threads.add(Thread.ofPlatform().start(() -> register(centre, enough)));
    for (var t = 0; t < TYPING; t++) {
      var name = "r%dt%d".formatted(round, t);
      threads.add(Thread.ofPlatform().start(() -> type(centre, note, name, enough)));
    }
    threads.add(Thread.ofPlatform().start(() -> book(centre, id, hall, round, enough)));
    assertThat(enough.await(60, TimeUnit.SECONDS)).as("load").isTrue();
    centre.kill();
    for (var thread : threads) thread.join();
    assertThat(odd).isEmpty();
  }

  private void register(Centre centre, CountDownLatch enough) {
    var clerk = centre.as("clerk");
    try {
      while (true) {
        var key = UUID.randomUUID().toString();
        var answer =
            clerk.post("/cases", Map.of("title", "Case " + key, "words", "工资 " + key), key);
        if (answer.status() != 201) odd.add(answer.toString());
        registered.put(key, answer.id());
        enough.countDown();
      }
    } catch (IllegalStateException e) {
      // the server is gone
    }
  }

  /** Types numbered words and waits for the echo of each. */
  private void type(Centre centre, String note, String name, CountDownLatch enough) {
    var client = name + "-client-0123456789ab";
    try (var wire = centre.as("labour").wire("ws/notes/" + note + "?i=" + client)) {
      var v = wire.hear("open").path("v").intValue();
      for (var n = 0; ; n++) {
        var word = "«" + name + "." + n + "🙂»";
        var doc = length(wire, v);
        wire.say(
            "{\"t\":\"push\",\"v\":%d,\"s\":%d,\"u\":[{\"c\":%s,\"i\":\"%s\"}]}"
                .formatted(
                    v,
                    n,
                    doc == 0 ? "[[0,\"" + word + "\"]]" : "[[0,\"" + word + "\"]," + doc + "]",
                    client));
        v = echoed(wire, client, n);
        synchronized (typed) {
          typed.add(word);
        }
        enough.countDown();
      }
    } catch (IllegalStateException | AssertionError | CompletionException e) {
      // the server is gone
    }
  }

  /** The text's length at a version: what it was at first and what each update did to it. */
  private static int length(Wire wire, int version) {
    var length = 0;
    var at = 0;
    for (var m : wire.heard()) {
      var t = m.path("t").asString("");
      if (t.equals("open")) {
        length = m.path("doc").stringValue().length();
        at = m.path("v").intValue();
      }
      if (!t.equals("updates")) continue;
      var from = m.path("v").intValue();
      for (var u : m.path("u")) {
        if (from++ < at || at >= version) continue;
        at++;
        for (var part : u.path("c"))
          if (part.isArray())
            length +=
                (part.size() > 1 ? part.get(1).stringValue().length() : 0) - part.get(0).intValue();
      }
    }
    return length;
  }

  private static int echoed(Wire wire, String client, int number) {
    var count = new int[1];
    var last =
        wire.hear(m -> {
          for (var u : m.path("u")) if (u.path("i").asString("").equals(client)) count[0]++;
          return count[0] > number;
        });
    return last.path("v").intValue() + last.path("u").size();
  }

  private void book(Centre centre, String id, String hall, int round, CountDownLatch enough) {
    var coordinator = centre.as("coordinator");
    try {
      for (var n = 0; ; n++) {
        var from =
            "20%02d-%02d-%02dT09:00:00+08:00".formatted(28 + round, 1 + n / 28 % 12, 1 + n % 28);
        var answer =
            coordinator.post(
                "/sessions",
                Program.session(id, from, from.replace("09:00", "10:00"), hall, "mediator"));
        if (answer.status() == 201) sessions.put(answer.id(), from);
        enough.countDown();
      }
    } catch (IllegalStateException e) {
      // the server is gone
    }
  }

  private void check(Centre centre, String id, String note) {
    var clerk = centre.as("clerk");
    registered.forEach((key, number) -> {
      assertThat(clerk.get("/cases/" + number).json().path("title").stringValue())
          .isEqualTo("Case " + key);
      var again = clerk.post("/cases", Map.of("title", "Case " + key, "words", "工资 " + key), key);
      assertThat(again.status() + again.id()).isEqualTo("201" + number);
    });
    assertThat(registered.values()).doesNotHaveDuplicates();
    var text = centre.as("labour").get("/notes/" + note).json().path("text").stringValue();
    for (var word : typed) assertThat(text.split(word, -1)).as(word).hasSize(2);
    var booked = new ArrayList<String>();
    for (String after = "0"; after != null; ) {
      var page =
          clerk.get("/sessions?from=2028-01-01&to=2034-01-01&limit=200&after=" + after).json();
      page.path("items").forEach(i -> booked.add(i.path("from").stringValue()));
      after = page.path("next").isNull() ? null : page.path("next").stringValue();
    }
    assertThat(booked)
        .as("one hall, never double")
        .doesNotHaveDuplicates()
        .containsAll(sessions.values());
    sessions.forEach((session, from) ->
        assertThat(
                centre.as("coordinator").post("/sessions/" + session + "/cancel", Map.of()).code())
            .as("it exists: only the reason is missing")
            .isEqualTo("BAD_INPUT"));
  }

  private static void indexEqualsRebuilt(Centre centre) {
    var before = all(centre);
    assertThat(before).hasSizeGreaterThan(60);
    centre.command("reindex");
    assertThat(all(centre)).isEqualTo(before);
  }

  /** Every line of the list and what some words find, as the index knows it. */
  private static List<String> all(Centre centre) {
    var coordinator = centre.as("coordinator");
    var all = new ArrayList<String>();
    for (String after = ""; after != null; ) {
      var page =
          coordinator.get("/cases?limit=200" + (after.isEmpty() ? "" : "&after=" + after)).json();
      page.path("items").forEach(i -> all.add(i.toString()));
      after = page.path("next").isNull() ? null : page.path("next").stringValue();
    }
    for (var word : List.of("", "%E5%B7%A5%E8%B5%84", "load", "dormitory")) {
      var found = coordinator.get("/search?limit=1&q=" + word).json();
      all.add(found.path("total").toString() + found.path("facets"));
    }
    return all;
  }
}
