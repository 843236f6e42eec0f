package org.onedoor.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onedoor.whole.Browsers.Looks;

/** Every page at three widths, in two languages, light and dark: pictures to look at, and axe. */
class PagesIT {
  static Centre centre;
  static Browsers browsers;

  /** A page and what shows that it is there. */
  record Place(String name, String path, String until) {}

  private static final List<Place> PLACES =
      List.of(
          new Place("today", "", ".tile"),
          new Place("cases", "cases", "vaadin-grid .title"),
          new Place("empty", "cases?q=zzzzzz", ".empty h2"),
          new Place("register", "register", "#words"),
          new Place("calendar", "calendar", "main .week"),
          new Place("search", "search?q=%E5%B7%A5%E8%B5%84", ".hit"),
          new Place("room", "cases/2026-0011", "note-editor .cm-content"),
          new Place("room-closed", "cases/2026-0001", ".room-head h1"),
          new Place("receipt", "cases/2026-0011/receipt", ".receipt"),
          new Place("nothing", "cases/1999-0001", ".empty"),
          new Place("no-page", "no/such/page", "main .empty h2"),
          new Place("settings-halls", "settings/halls", ".hallc"),
          new Place("settings-kinds", "settings/kinds", "vaadin-grid .level2"),
          new Place("profile", "profile", ".setbody"));

  private static final List<Integer> WIDTHS = List.of(1440, 820, 390);

  /** What only the administrator sees. */
  private static final List<Place> KEPT =
      List.of(
          new Place("settings-centre", "settings", ".sform"),
          new Place("settings-agencies", "settings/agencies", ".tbl"),
          new Place("settings-accounts", "settings/accounts", ".tbl .av"));

  @BeforeAll
  static void open() throws Exception {
    centre = Centre.shared();
    browsers = new Browsers(centre);
  }

  @AfterAll
  static void close() {
    browsers.close();
    assertThat(browsers.complaints()).isEmpty();
  }

  /** Each page is opened once and then looked at in all these ways: a desk first, or a phone. */
  @ParameterizedTest
  @CsvSource({"en-US, 1440", "zh-CN, 390"})
  void every_page_can_be_used_by_everybody(String language, int first) {
    var stranger = browsers.stranger(looks(first, language, false));
    browsers.go(stranger, "login", "vaadin-login-form input[name=username]");
    everyLook(stranger, "login", language);
    stranger.context().close();
    every("coordinator", PLACES, looks(first, language, false));
    every("admin", KEPT, looks(first, language, false));
  }

  private static void every(String who, List<Place> places, Looks first) {
    var page = browsers.as(who, first);
    for (var place : places) {
      resize(page, first);
      browsers.go(page, place.path(), place.until());
      assertThat((String) page.evaluate("document.documentElement.lang"))
          .startsWith(first.language().substring(0, 2));
      everyLook(page, place.name(), first.language());
    }
    page.context().close();
  }

  private static void everyLook(Page page, String name, String language) {
    for (var width : WIDTHS)
      for (var dark : List.of(false, true)) {
        var looks = looks(width, language, dark);
        resize(page, looks);
        browsers.picture(page, name + "-" + looks.name());
        // what a machine can find wrong does not hang on the language, nor dark colours on the
        // width
        if (language.equals("en-US") && (!dark || width == 1440))
          browsers.assertAccessible(page, name);
        if (dark) continue; // nothing moves in the dark
        assertThat(cutOff(page)).as(name + " " + looks.name()).isEmpty();
        assertThat(page.locator("body").innerText())
            .as("a sentence is missing")
            .doesNotContainPattern(
                "\\[(room|desk|shell|note|search|schedule|look|people|share|settings)\\.");
        if (language.startsWith("zh"))
          assertThat(latinMarks(page)).as(name + " has Latin commas in Chinese").isEmpty();
      }
  }

  /** Chinese of ours in which a Latin comma or colon stands; what people wrote is their own. */
  @SuppressWarnings("unchecked")
  private static List<String> latinMarks(Page page) {
    return (List<String>)
        page.evaluate(
            """
            () => [...document.querySelectorAll('body *')]
              .filter(e => !e.childElementCount && !e.closest('body [lang], [dir=auto], .cm-editor, style, script'))
              .flatMap(e => [e.textContent, e.getAttribute('aria-label') ?? '', e.title ?? ''])
              .filter(text => /\\p{Script=Han}[,:;](?!\\d)/u.test(text))\
            """);
  }

  private static Looks looks(int width, String language, boolean dark) {
    return new Looks(width, width == 1440 ? 900 : width == 820 ? 1180 : 844, language, dark);
  }

  private static void resize(Page page, Looks looks) {
    page.setViewportSize(looks.width(), looks.height());
    page.emulateMedia(
        new Page.EmulateMediaOptions()
            .setColorScheme(looks.dark() ? ColorScheme.DARK : ColorScheme.LIGHT));
    quiet(page);
  }

  /** 200 % of a desk's screen, and 320 px, which is 400 % of a narrow one. */
  @Test
  void enlarged_nothing_is_cut_off() {
    var page = browsers.as("coordinator");
    for (var place : PLACES) {
      browsers.go(page, place.path(), place.until());
      for (var width : List.of(720, 320)) {
        resize(page, new Looks(width, 450, "en-US", false));
        browsers.picture(page, place.name() + "-" + width);
        browsers.assertAccessible(page, place.name());
        assertThat(cutOff(page)).as(place.name() + " at " + width).isEmpty();
      }
    }
    page.context().close();
  }

  /** Somebody's own few colours instead of ours: squares and states are still told apart. */
  @Test
  void in_forced_colours() {
    var page = browsers.as("coordinator");
    page.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));
    for (var place : PLACES) {
      browsers.go(page, place.path(), place.until());
      quiet(page);
      browsers.picture(page, place.name() + "-forced");
    }
    page.context().close();
  }

  /**
   * What sticks out at the side and cannot be scrolled to by itself, and what hides its own end.
   *
   * <p>The grid and the editor show a part of what they hold by themselves. Words alone may be
   * higher than their line: a font's, not ours.
   */
  @SuppressWarnings("unchecked")
  private static List<String> cutOff(Page page) {
    return (List<String>)
        page.evaluate(
            """
            () => {
              const own = (e, root) => {
                for (let p = e.parentElement; p && p !== root; p = p.parentElement)
                  if (getComputedStyle(p).overflowX !== 'visible') return false;
                return true;
              };
              const out = document.documentElement.scrollWidth > innerWidth ? ['the page'] : [];
              for (const root of document.querySelectorAll('main, main > :not(vaadin-grid)')) {
                if (root.scrollWidth <= root.clientWidth + 1) continue;
                const edge = root.getBoundingClientRect().left + root.clientWidth + 1;
                for (const e of root.querySelectorAll('*'))
                  if (e.getBoundingClientRect().right > edge && own(e, root)) out.push(e.localName + '.' + e.className);
                out.push('in ' + root.localName + '.' + root.className);
              }
              for (const e of document.querySelectorAll('body, .app, main, main *')) {
                const looks = getComputedStyle(e);
                if (!/hidden|clip/.test(looks.overflowY) || e.clientHeight <= 1) continue;
                if (looks.textOverflow === 'ellipsis' || looks.webkitLineClamp !== 'none') continue;
                if (e.closest('vaadin-grid, .cm-editor')) continue;
                const spare = e.childElementCount ? 1 : parseFloat(looks.lineHeight) / 2;
                if (e.scrollHeight > e.clientHeight + spare)
                  out.push('the end of ' + e.localName + '.' + e.className);
              }
              return out;
            }\
            """);
  }

  /** It is long, so it is looked at a few times only; who reads it need not sign in. */
  @ParameterizedTest
  @CsvSource({"1440, en-US, false", "390, zh-CN, true", "320, en-US, false"})
  void the_description_of_the_interface_can_be_read_by_everybody(
      int width, String language, boolean dark) {
    var looks = new Looks(width, 900, language, dark);
    var page = browsers.go(browsers.stranger(looks), "api/docs", "main h2");
    browsers.picture(page, "docs-" + looks.name());
    if (width > 320) browsers.assertAccessible(page, "docs");
    assertThat(cutOff(page)).isEmpty();
    assertThat((String) page.evaluate("document.documentElement.lang"))
        .startsWith(language.substring(0, 2));
    assertThat(page.locator("main").innerText()).doesNotContain("[share.");
    page.context().close();
  }

  @Test
  void dialogs_can_be_used_by_everybody() {
    var page = browsers.go(browsers.as("coordinator"), "cases/2026-0011", "#do-book");
    page.click("#do-book");
    page.waitForSelector("#book-now");
    quiet(page);
    browsers.picture(page, "booking");
    browsers.assertAccessible(page, "booking");
    page.keyboard().press("Escape");
    page.click("#do-more");
    page.click("#menu-correct");
    page.waitForSelector("vaadin-dialog textarea");
    browsers.picture(page, "correct");
    browsers.assertAccessible(page, "correct");
    page.keyboard().press("Escape");
    page.keyboard().press("Control+k");
    page.waitForSelector("vaadin-dialog vaadin-text-field");
    page.keyboard().insertText("dormitory");
    page.waitForSelector("vaadin-dialog .hit");
    browsers.picture(page, "find");
    browsers.assertAccessible(page, "find");
  }

  @Test
  void trainees_and_administrators_are_told_why_they_see_nothing() {
    for (var account : List.of("trainee", "admin")) {
      var page = browsers.as(account);
      page.waitForSelector("main .empty h2");
      browsers.picture(page, "today-" + account);
      browsers.assertAccessible(page, account);
      assertThat(page.locator("main").innerText()).contains("You see no");
      browsers.go(page, "cases", "main .empty h2");
    }
  }

  /** Waits until the page has nothing more to load or draw. */
  private static void quiet(Page page) {
    page.waitForFunction(
        """
        document.fonts.status === 'loaded' && !document.querySelector('vaadin-grid[loading]')
          && (!document.querySelector('.room-body') || document.querySelector('.room-head h1'))
          && [...document.querySelectorAll('vaadin-grid.cards:not([hidden]) > vaadin-grid-column')].every(
            (column, n) => n > 1 || column.hidden === (n === 0 ? innerWidth > 600 : innerWidth <= 900))
          && document.getAnimations().every(a => a.effect.getComputedTiming().iterations === Infinity)\
        """);
  }
}
