package org.onedoor.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A day by keys alone, and a page that says when its line is cut. */
class KeysIT {
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
    centre.assertCalm();
  }

  private static void press(Page page, String key) {
    page.keyboard().press(key);
  }

  /** The number in the row in which the focus is. */
  private static String numberHere(Page page) {
    return (String)
        page.evaluate(
            """
            () => [...document.querySelector('vaadin-grid').shadowRoot.activeElement.closest('tr').querySelectorAll('slot')]
              .flatMap(s => s.assignedElements()).map(c => c.textContent.trim()).find(t => /^\\d{4}-\\d{4,}$/.test(t))
            """);
  }

  @Test
  void a_row_is_reached_and_opened_by_keys() {
    var page = listed(browsers.as("coordinator"));
    press(page, "j");
    var first = numberHere(page);
    press(page, "j");
    var second = numberHere(page);
    assertThat(second).isNotEqualTo(first);
    browsers.picture(page, "keys-row");
    press(page, "k");
    assertThat(numberHere(page)).isEqualTo(first);
    press(page, "k"); // above it is only the head of its group
    assertThat(numberHere(page)).isEqualTo(first);
    press(page, "j");
    press(page, "Enter");
    page.waitForURL("**/cases/" + second);
  }

  @Test
  void what_is_late_stands_under_its_head_while_what_is_due_first_stands_first() {
    var page = listed(browsers.as("coordinator"));
    assertThat(page.locator("vaadin-grid-cell-content .group").allTextContents())
        .containsExactly("Past due1", "Due within a week2", "Later3");
    page.locator("vaadin-grid-sorter").getByText("Number").click();
    gone(page.locator("vaadin-grid-cell-content .group").first());
    assertThat(page.locator("vaadin-grid a.title").count()).isPositive();
  }

  @Test
  void a_hit_is_reached_and_opened_by_keys() {
    var page = found(browsers.as("coordinator"));
    press(page, "j"); // the box has the focus: a letter is a letter
    page.waitForFunction("document.activeElement.value.endsWith('j')");
    found(page).evaluate("document.activeElement.blur()");
    press(page, "j");
    press(page, "j");
    var address = (String) page.evaluate("new URL(document.activeElement.href).pathname.slice(1)");
    assertThat(address).startsWith("cases/");
    press(page, "Enter");
    page.waitForURL("**/" + address + "**");
  }

  /** Hits, and the focus in the box, as it is when the page is there. */
  private static Page found(Page page) {
    browsers.go(page, "search?q=%E5%B7%A5%E8%B5%84", ".hit");
    page.waitForFunction("document.activeElement.matches('.shead input')");
    return page;
  }

  /** A list whose rows can be gone through. */
  private static Page listed(Page page) {
    browsers.go(page, "cases", "vaadin-grid a.title");
    page.waitForFunction(
        "document.querySelector('vaadin-grid').shadowRoot.querySelector('#items [tabindex=\"0\"]')");
    return page;
  }

  @Test
  void each_thing_is_at_its_key() {
    var page = browsers.go(browsers.as("clerk"), "cases", "vaadin-grid a.title");
    press(page, "/");
    page.waitForFunction("document.activeElement.matches('.filters input')");
    press(page, "c");
    assertThat(page.locator(".filters input").first().inputValue()).isEqualTo("c");
    press(page, "Backspace");
    page.evaluate("document.activeElement.blur()");
    press(page, "c");
    page.waitForURL("**/register");
    page.waitForSelector("#words");
    browsers.go(page, "calendar", "main .week"); // has no such key: the frame around it does
    press(page, "c");
    page.waitForURL("**/register");
    browsers.go(page, "calendar", "main .week");
    press(page, "/");
    page.locator("vaadin-dialog[opened] input").waitFor();
  }

  @Test
  void the_keys_are_listed_and_can_be_switched_off() {
    var page = browsers.go(browsers.as("clerk"), "cases", "vaadin-grid a.title");
    press(page, "?");
    page.locator(".keylist").waitFor();
    browsers.assertAccessible(page, "keys");
    browsers.picture(page, "keys");
    press(page, "c"); // an open question comes first
    var single = page.locator("vaadin-dialog vaadin-checkbox");
    single.locator("input").uncheck();
    page.waitForFunction("document.cookie.includes('onedoor-keys=off')");
    press(page, "Escape");
    gone(page.locator("vaadin-dialog[opened]"));
    assertThat(heard(page)).isZero();

    browsers.go(page, "cases", "vaadin-grid a.title");
    assertThat(heard(page)).isZero();
    page.click("#me"); // the way back is in the menu, without a key
    page.click("#keys");
    page.locator("vaadin-dialog vaadin-checkbox input").check();
    page.waitForFunction("document.cookie.includes('onedoor-keys=on')");
    press(page, "Escape");
    gone(page.locator("vaadin-dialog[opened]"));
    assertThat(heard(page)).isOne();
  }

  private static void gone(Locator what) {
    what.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
  }

  /** How often C did something: it is heard at once or not at all. */
  private static int heard(Page page) {
    page.evaluate(
        """
        () => {
          window.heard = 0;
          document.querySelector('[aria-keyshortcuts=C]').onclick = e => {
            window.heard++;
            e.preventDefault();
          };
        }
        """);
    press(page, "c");
    return (Integer) page.evaluate("window.heard");
  }

  @Test
  void a_page_says_that_its_line_is_cut_until_it_is_back() throws Exception {
    var page = browsers.go(browsers.as("coordinator"), "cases", "vaadin-grid a.title");
    assertThat(page.locator("#line").innerText()).isEmpty();
    page.evaluate("window.before = true");
    centre.kill();
    Browsers.until(page, "document.getElementById('line').textContent !== ''");
    browsers.assertAccessible(page, "cut");
    browsers.picture(page, "line-cut");
    centre.start();
    Browsers.until(
        page,
        "!window.before && document.getElementById('line')?.textContent === ''"); // loaded anew
    page.locator("vaadin-grid a.title").first().waitFor();

    page.context().setOffline(true); // a cable, and not the server
    Browsers.until(page, "document.getElementById('line').textContent !== ''");
    page.context().setOffline(false);
    Browsers.until(page, "document.getElementById('line').textContent === ''");
  }
}
