package org.onedoor.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.onedoor.whole.Browsers.until;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several agencies, one room, in real browsers; the server dies under their fingers. */
class RoomIT {
  @TempDir static Path data;
  static Centre centre;
  static Browsers browsers;

  @BeforeAll
  static void open() throws Exception {
    centre = Centre.demo(data.resolve("centre"));
    browsers = new Browsers(centre);
  }

  @AfterAll
  static void close() {
    browsers.close();
    centre.close();
  }

  @AfterEach
  void nothing_went_wrong() {
    browsers.closePages();
    assertThat(browsers.complaints()).isEmpty();
    centre.assertCalm();
  }

  private static void type(Page page, String text) {
    for (var line : text.split("(?<=\n)")) {
      page.keyboard().insertText(line.replace("\n", ""));
      if (line.endsWith("\n")) page.keyboard().press("Enter");
    }
  }

  private static String text(Page page) {
    return (String) page.evaluate("document.querySelector('note-editor').text()");
  }

  private static void untilText(Page page, String... words) {
    for (var word : words)
      until(page, "document.querySelector('note-editor')?.text?.().includes(" + quoted(word) + ")");
  }

  private static String quoted(String text) {
    return tools.jackson.databind.json.JsonMapper.shared().writeValueAsString(text);
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** What stands in the open is a button, everything else is behind "More". */
  private static void act(Page page, String action) {
    page.click("#do-more");
    page.click("#menu-" + action);
  }

  private static void saved(Page page) {
    page.waitForSelector("note-editor .light.saved");
  }

  @Test
  void two_agencies_share_a_room_and_outlive_the_server() throws Exception {
    // the clerk registers by keyboard alone
    var clerk = browsers.go(browsers.as("clerk"), "register", "#words");
    clerk.keyboard().insertText("They have not paid us since July. 七月起没发工资。");
    for (var i = 0; i < 3; i++) clerk.keyboard().press("Tab");
    clerk
        .getByLabel("Name", new Page.GetByLabelOptions().setExact(true))
        .first()
        .fill("Luo Guifang 罗桂芳");
    clerk.locator("#title input").fill("Wages at the north gate");
    clerk.keyboard().press("Tab");
    clerk.waitForSelector(".hitc"); // earlier cases appear beside
    browsers.picture(clerk, "story-register");
    clerk.keyboard().press("Control+Enter");
    clerk.waitForURL("**/cases/2026-*");
    var id = clerk.url().replaceAll(".*/cases/", "");

    // the coordinator names the agencies
    var coordinator = browsers.go(browsers.as("coordinator"), "cases/" + id, ".actions");
    for (var step :
        List.of(
            Map.of("do", "lead", "agency", "Labour"),
            Map.of("do", "assist", "agency", "Housing"))) {
      act(coordinator, step.get("do"));
      var box =
          coordinator.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Agency"));
      box.fill(step.get("agency"));
      coordinator.locator("vaadin-combo-box-item").first().click();
      coordinator.locator("vaadin-dialog [theme~=primary]").click();
      coordinator
          .locator(".table .t", new Page.LocatorOptions().setHasText(step.get("agency")))
          .waitFor();
    }

    // labour and housing open the room and type in one note
    var labour = browsers.go(browsers.as("labour"), "cases/" + id, "#new-note");
    labour.click("#new-note");
    labour.locator("vaadin-dialog [theme~=primary]").click();
    labour.waitForSelector("note-editor .cm-content[contenteditable=true]");
    var note = labour.url();
    var housing =
        browsers.go(
            browsers.as("housing"),
            note.replace(centre.url(), ""),
            "note-editor .cm-content[contenteditable=true]");
    until(labour, "document.querySelectorAll('.room-head .av').length >= 3");
    labour.click("note-editor .cm-content");
    housing.click("note-editor .cm-content");
    type(labour, "工资表已核对 🙂\n");
    untilText(housing, "工资表已核对 🙂\n");
    housing.keyboard().press("Control+End");
    type(housing, "The dormitory stays open 𠮷\n");
    untilText(labour, "The dormitory stays open 𠮷");
    labour.waitForSelector("note-editor .cur"); // each sees the other's cursor
    housing.waitForSelector("note-editor .cur");
    saved(labour);
    saved(housing);
    assertThat(text(labour)).isEqualTo(text(housing));
    browsers.picture(labour, "story-room");

    // the coordinator books a session, everybody sees it
    coordinator.click("#do-book");
    coordinator.locator("#book-now").click();
    for (var page : List.of(coordinator, labour, housing, clerk))
      page.locator(".side", new Page.LocatorOptions().setHasText("Hall")).waitFor();

    // the server dies while both type
    type(labour, "before ");
    type(housing, "vorher ");
    centre.kill();
    type(labour, "during one ");
    type(housing, "during two ");
    labour.waitForSelector("note-editor .light.offline");
    browsers.picture(labour, "story-offline");
    type(labour, "还在写 ");
    centre.start();
    type(housing, "after ");
    for (var page : List.of(labour, housing)) {
      page.waitForSelector(
          "note-editor .light.saved", new Page.WaitForSelectorOptions().setTimeout(60_000));
      untilText(page, "before ", "vorher ", "during one ", "during two ", "还在写 ", "after ");
    }
    until(labour, "document.querySelector('note-editor')?.text?.() === " + quoted(text(housing)));
    var all =
        centre
            .as("labour")
            .get("/notes/" + note.replaceAll(".*/notes/", ""))
            .json()
            .path("text")
            .stringValue();
    for (var word : List.of("before ", "vorher ", "during one ", "during two ", "还在写 ", "after "))
      assertThat(all.split(word, -1)).as(word).hasSize(2);
    assertThat(text(labour)).isEqualTo(all);

    // nobody signs in again, and the buttons work again by themselves
    coordinator.waitForSelector("#do-accept");
    until(coordinator, "!document.querySelector('body > .v-system-error')");
    coordinator.click("#do-accept");
    coordinator
        .locator(".status", new Page.LocatorOptions().setHasText("Accepted"))
        .first()
        .waitFor();
    assertThat(coordinator.url()).contains("/cases/" + id);

    // an agency let go loses the room at once, what it had not sent stays with its author
    coordinator
        .locator("#do-accept")
        .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    act(coordinator, "release");
    coordinator
        .getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Agency"))
        .fill("Housing");
    coordinator.locator("vaadin-combo-box-item").first().click();
    coordinator.locator("vaadin-dialog textarea").fill("done");
    coordinator.locator("vaadin-dialog [theme~=primary]").click();
    housing
        .locator("[role=alert]", new Page.LocatorOptions().setHasText("no longer in this room"))
        .first()
        .waitFor();
    assertThat(housing.locator("main").innerText()).doesNotContain("工资表");
  }

  @Test
  void a_draft_is_there_in_another_browser() {
    var first = browsers.go(browsers.as("clerk"), "register", "#words");
    first.locator("#title input").fill("Half a title");
    first.locator("#title input").press("Tab");
    first.getByText("Draft kept").waitFor();
    var second = browsers.go(browsers.as("clerk"), "register", "#words");
    until(second, "document.querySelector('#title').value === 'Half a title'");
    second.locator("#title input").fill("");
  }

  @Test
  void wrong_input_is_said_at_its_field_and_nothing_is_lost() {
    var page = browsers.go(browsers.as("coordinator"), "register", "#words");
    page.locator("#words textarea").fill("Only words");
    page.click("#register");
    page.locator("#title[invalid]").waitFor();
    assertThat(page.locator("#words textarea").inputValue()).isEqualTo("Only words");
    page.locator("#words textarea").fill("");
  }

  @Test
  void one_box_finds_by_keyboard_and_opens_the_note_at_the_place() {
    var page = browsers.as("labour");
    page.keyboard().press("Control+k");
    page.waitForSelector("vaadin-dialog vaadin-text-field");
    page.keyboard().insertText("dormitory");
    page.locator("vaadin-dialog .hit a").first().waitFor();
    page.locator("vaadin-dialog .hit a[href*='/notes/']").first().click();
    page.waitForSelector("note-editor .cm-content mark");
  }

  @Test
  void who_is_here_is_one_person_however_many_tabs() {
    var labour = browsers.go(browsers.as("labour"), "cases/2026-0011", "#here");
    var twin = labour.context().newPage();
    browsers.go(twin, "cases/2026-0011", "#here");
    var housing = browsers.go(browsers.as("housing"), "cases/2026-0011", "#here");
    var list = browsers.go(browsers.as("coordinator"), "cases", "vaadin-grid .title");
    until(housing, "document.querySelector('#here').textContent.startsWith('2 ')");
    until(list, "document.querySelectorAll('vaadin-grid .avs .av').length === 2");
    twin.close();
    labour.close();
    until(housing, "document.querySelector('#here').textContent.startsWith('1 ')");
    until(list, "document.querySelectorAll('vaadin-grid .avs .av').length === 1");
  }

  @Test
  void a_wrong_password_is_said_and_slows_down() {
    var page = browsers.stranger(Browsers.Looks.DESK);
    for (var i = 0; i < 8 && !page.url().contains("slow"); i++) {
      page.navigate(centre.url() + "login");
      page.fill("vaadin-login-form input[name=username]", "trainee");
      page.fill("vaadin-login-form input[name=password]", "wrong");
      page.press("vaadin-login-form input[name=password]", "Enter");
      page.waitForURL(url -> url.contains("error") || url.contains("slow"));
    }
    assertThat(page.url()).contains("slow");
    page.locator("[role=alert]", new Page.LocatorOptions().setHasText("Wait")).first().waitFor();
  }

  @Test
  void a_party_is_forgotten_by_two_pairs_of_eyes() {
    var program = centre.as("coordinator");
    var id =
        program.register(
            "Quiltwright against the mill",
            Map.of(
                "words",
                "Quiltwright has not been paid.",
                "parties",
                List.of(Map.of("name", "Quiltwright", "role", "petitioner"))));
    var coordinator = browsers.go(browsers.as("coordinator"), "cases/" + id, ".actions");
    act(coordinator, "erase");
    var whom = coordinator.getByLabel("What is to be forgotten");
    whom.click();
    coordinator.locator("vaadin-select-item").first().click();
    coordinator.waitForSelector("vaadin-dialog vaadin-text-area:nth-of-type(2)");
    coordinator
        .getByLabel("Reason", new Page.GetByLabelOptions().setExact(true))
        .fill("She asked.");
    browsers.assertAccessible(coordinator, "proposing an erasure");
    browsers.picture(coordinator, "erase-propose");
    coordinator.keyboard().press("Control+Enter");
    coordinator.waitForSelector("#erasure");
    assertThat(coordinator.locator("#erasure-look").count()).as("not by oneself").isZero();

    var director = browsers.go(browsers.as("director"), "cases/" + id, "#erasure-look");
    browsers.picture(director, "erase-waits");
    director.click("#erasure-look");
    director.waitForSelector("vaadin-dialog vaadin-text-area");
    browsers.assertAccessible(director, "confirming an erasure");
    browsers.picture(director, "erase-confirm");
    button(director, "Erase for ever").click();
    until(coordinator, "!document.querySelector('#erasure')");
    until(
        coordinator,
        "!document.querySelector('main').innerText.includes('Quiltwright')"
            + " && document.querySelector('#happened').innerText.includes('She asked.')");
    assertThat(program.get("/search?q=Quiltwright").json().path("total").asInt()).isZero();
  }
}
