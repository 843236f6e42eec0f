package org.onedoor.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Markup and script in every field somebody can fill: it stands there as it was written, nothing of
 * it runs, becomes an element or is fetched, and no page does what its policy forbids.
 */
class MarkupIT {
  private static final String WORD = "Quillon";

  @TempDir static Path data;
  static Centre centre;
  static Browsers browsers;
  static String id;
  static String note;
  static final List<String> trapped = new CopyOnWriteArrayList<>();

  /** What would do something, or look like something, if it were not taken as text. */
  private static String bad(String field) {
    return WORD
        + " <img src=/trap/"
        + field
        + " onerror=hit=1><script>hit=1</script>\"'><svg onload=hit=1>{{7*7}}</textarea>javascript:hit=1";
  }

  @BeforeAll
  static void open() throws Exception {
    centre = Centre.demo(data.resolve("centre"));
    browsers = new Browsers(centre);
    var coordinator = centre.as("coordinator");
    var labour = centre.as("labour");
    var party =
        Map.of(
            "name", bad("name"),
            "role", "petitioner",
            "contact", bad("contact"),
            "phone", bad("phone"),
            "idNumber", bad("idNumber"),
            "address", bad("address"));
    id =
        coordinator.register(
            "To be corrected",
            Map.of(
                "lead",
                "labour",
                "parties",
                List.of(party),
                "needs",
                List.of(bad("needs")),
                "externalNumber",
                bad("number"),
                "externalSource",
                bad("source")));
    for (var field : List.of("title", "words"))
      done(
          coordinator,
          "/correct",
          Map.of("field", field, "was", "To be corrected", "is", bad(field), "reason", bad("why")));
    made(coordinator, "/contacts", Map.of("channel", "phone", "words", bad("visit")));
    for (var agency : List.of("housing", "court"))
      done(coordinator, "/assist", Map.of("agency", agency));
    done(centre.as("court"), "/object", Map.of("reason", bad("object")));
    done(coordinator, "/release", Map.of("agency", "housing", "reason", bad("release")));
    done(coordinator, "/decline", Map.of("reason", bad("decline")));
    done(coordinator, "/reopen", Map.of("reason", bad("reopen")));
    done(coordinator, "/accept", Map.of());
    note = labour.note(id, bad("note"), "joint");
    try (var wire = labour.wire("ws/notes/" + note + "?i=markup-0123456789abcdef")) {
      wire.hear("open");
      var text = tools.jackson.databind.json.JsonMapper.shared().writeValueAsString(bad("text"));
      wire.say(
          "{\"t\":\"push\",\"v\":0,\"s\":0,\"u\":[{\"c\":[[0,"
              + text
              + "]],\"i\":\"markup-0123456789abcdef\"}]}");
      wire.hear("updates");
    }
    for (var day : List.of("06", "07")) {
      var from = "2027-01-" + day + "T09:00:00+08:00";
      var to = "2027-01-" + day + "T10:00:00+08:00";
      var session =
          coordinator.post(
              "/sessions", Program.session(id, from, to, "hall1", "mediator", "labour"));
      assertThat(session.status()).as(session.json().toString()).isEqualTo(201);
      if (day.equals("06"))
        assertThat(
                coordinator
                    .post("/sessions/" + session.id() + "/cancel", Map.of("reason", bad("cancel")))
                    .status())
            .isEqualTo(200);
    }
    done(coordinator, "/close", Map.of("outcome", "reply", "summary", bad("summary")));
    done(coordinator, "/reopen", Map.of("reason", bad("again")));
    var cell = '"' + bad("cell").replace("\"", "\"\"") + '"';
    var row = String.join(",", "M1", cell, cell, cell, cell, cell, cell);
    var file = "number,title,words,person,phone,kind,reply\n" + row + "\nM2,,," + cell + "\n";
    coordinator.upload("/import", file.getBytes(StandardCharsets.UTF_8), "markup");
  }

  private static void done(Program who, String act, Map<String, ?> body) {
    var answer = who.post("/cases/" + id + act, body);
    assertThat(answer.status()).as(act + answer.json()).isEqualTo(200);
  }

  private static void made(Program who, String act, Map<String, ?> body) {
    var answer = who.post("/cases/" + id + act, body);
    assertThat(answer.status()).as(act + answer.json()).isEqualTo(201);
  }

  @AfterAll
  static void close() {
    browsers.close();
    centre.close();
  }

  private static Page as(String account) {
    var page = browsers.as(account);
    page.context()
        .onRequest(r -> {
          if (r.url().contains("/trap/")) trapped.add(r.url());
        });
    return page;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** All that stands on a page, and that it is text, also inside of its elements. */
  private static String harmless(Page page, String what) {
    var planted =
        page.evaluate(
            """
            () => {
              const found = [], look = root => {
                for (const e of root.querySelectorAll('*')) {
                  if (e.matches('[src*="trap"], [onerror], [onload], [href^="javascript"]')) found.push(e.outerHTML);
                  if (e.localName === 'script' && e.textContent.includes('hit=1')) found.push(e.outerHTML);
                  if (e.shadowRoot) look(e.shadowRoot);
                }
              };
              look(document);
              return found;
            }\
            """);
    assertThat((List<?>) planted).as(what).isEmpty();
    assertThat(page.evaluate("window.hit")).as(what).isNull();
    assertThat(trapped).as(what).isEmpty();
    return page.locator("body").innerText();
  }

  private static void shows(Page page, String what, String... fields) {
    var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    var missing = List.of(fields);
    do {
      var text = harmless(page, what).replaceAll("\\s+", " ");
      missing = missing.stream().filter(f -> !text.contains(bad(f))).toList();
    } while (!missing.isEmpty() && System.nanoTime() < until);
    assertThat(missing).as(what).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"coordinator", "labour", "clerk", "director", "mediator"})
  void what_was_written_stands_there_and_does_nothing(String account) {
    var page = as(account);
    harmless(page, "start page");
    browsers.go(page, "cases?q=" + WORD, "vaadin-grid .title");
    shows(page, "list", "title");
    browsers.go(page, "search?q=" + WORD, ".hit");
    shows(page, "search", "title");
    assertThat(page.locator(".hits").innerText()).contains("<img src=/trap/", "onerror=hit=1>");
    browsers.go(page, "cases/" + id, "#happened");
    shows(
        page, "room", "title", "words", "name", "needs", "visit", "object", "release", "decline",
        "reopen", "cancel", "again", "why");
    if (List.of("coordinator", "labour", "clerk").contains(account)) {
      page.click("#reveal");
      shows(page, "particulars", "phone", "idNumber", "address", "contact");
    }
    browsers.go(page, "cases/" + id + "/receipt", ".receipt");
    shows(page, "receipt", "title");
    browsers.go(page, "calendar?week=2027-W01", "main .weekgrid > *");
    harmless(page, "calendar");
    page.locator("main .weekgrid button.se", new Page.LocatorOptions().setHasText(id))
        .first()
        .click();
    page.waitForFunction("document.querySelector('vaadin-dialog[opened]')?.innerText.length > 50");
    harmless(page, "session");
    if (List.of("coordinator", "labour", "mediator").contains(account)) {
      browsers.go(
          page, "cases/" + id + "/notes/" + note + "?find=" + encoded(WORD), ".cm-content mark");
      shows(page, "note", "text");
      assertThat(page.locator("main").innerText()).contains(bad("note"));
    }
    page.keyboard().press("Control+k");
    page.waitForSelector("vaadin-dialog vaadin-text-field input");
    page.keyboard().insertText(bad("title"));
    page.locator("vaadin-dialog .hit").first().waitFor();
    shows(page, "finder", "title");
    page.context().close();
  }

  @Test
  void what_is_typed_on_screen_does_nothing_either() {
    var page = browsers.go(as("coordinator"), "register", "#words");
    for (var field : List.of("#words textarea", "#title input", "#interpreter input"))
      page.locator(field).fill(bad("typed"));
    for (var field : page.locator("[id^=party-] input:visible").all()) field.fill(bad("typed"));
    page.keyboard().press("Tab");
    page.waitForSelector(".hitc"); // earlier cases stand beside
    shows(page, "earlier cases", "title");
    for (var path :
        List.of(
            "search?q=" + encoded(bad("asked")),
            "cases?q=" + encoded(bad("asked")),
            "cases?status=" + encoded(bad("asked")) + "&due=" + encoded(bad("asked")),
            "calendar?week=" + encoded(bad("asked")),
            "cases/" + encoded(bad("asked")).replace("+", "%20").replace("%2F", "-"))) {
      page.navigate(centre.url() + path);
      page.waitForSelector(".app main > *");
      harmless(page, path);
    }
    var stranger = browsers.stranger(Browsers.Looks.DESK);
    var name = "vaadin-login-form input[name=username]";
    browsers.go(stranger, "login?error=" + encoded(bad("e")) + "&slow=%3Cb%3E", name);
    stranger.fill(name, bad("account"));
    stranger.fill("vaadin-login-form input[name=password]", bad("password"));
    stranger.press("vaadin-login-form input[name=password]", "Enter");
    stranger.waitForURL(url -> url.endsWith("error"));
    harmless(stranger, "sign-in");
  }

  /** Where a text did become markup, this test would see it, and the page's policy stops it. */
  @Test
  void the_trap_springs_and_the_policy_holds() {
    var page = as("clerk");
    page.evaluate("text => document.querySelector('main').innerHTML = text", bad("proof"));
    page.waitForCondition(() -> !trapped.isEmpty());
    trapped.clear();
    assertThatThrownBy(() -> harmless(page, "a page with markup")).hasMessageContaining("onerror");
    page.evaluate(
        "document.querySelector('main').innerHTML = '<a href=\"javascript:hit=1\">x</a>'");
    page.click("main a");
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'hit=1'}))");
    assertThat(page.evaluate("window.hit")).isNull();
    assertThat(browsers.forgive())
        .anyMatch(c -> c.startsWith("forbidden by script-src-attr"))
        .anyMatch(c -> c.startsWith("forbidden by script-src-elem: inline"));
    page.context().close();
  }
}
