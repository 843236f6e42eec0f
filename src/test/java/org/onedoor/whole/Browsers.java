package org.onedoor.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Real browsers in front of a centre: each person has one of their own. What a page's content
 * policy forbids, what it says as an error, and every dialog is a complaint; at the end there are
 * none.
 */
final class Browsers implements AutoCloseable {
  /** A server that is away, or says no, is no mistake of the page. */
  private static final Pattern GONE =
      Pattern.compile("^Failed to load resource|^WebSocket connection to");

  private static final String FORBIDDEN =
      """
      document.addEventListener('securitypolicyviolation', e => console.error(
        `forbidden by ${e.effectiveDirective}: ${e.blockedURI} ${e.sample}, ${e.sourceFile}:${e.lineNumber} at ${location}`));
      """;

  private static final Path SCREENS = Path.of("target/screens");

  private final Playwright playwright =
      Playwright.create(
          new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
  private final Browser browser =
      playwright
          .chromium()
          .launch(
              new LaunchOptions()
                  .setExecutablePath(Path.of(System.getProperty("chromium", "chromium")))
                  .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu")));
  private final Centre centre;
  private final List<String> complaints = new ArrayList<>();

  /** How somebody's screen is. */
  record Looks(int width, int height, String language, boolean dark) {
    static final Looks DESK = new Looks(1440, 900, "en-US", false);

    String name() {
      return width + "-" + language.substring(0, 2) + (dark ? "-dark" : "");
    }
  }

  Browsers(Centre centre) throws Exception {
    this.centre = centre;
    Files.createDirectories(SCREENS);
  }

  Page stranger(Looks looks) {
    var context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(looks.width(), looks.height())
                .setLocale(looks.language())
                .setColorScheme(looks.dark() ? ColorScheme.DARK : ColorScheme.LIGHT));
    context.setDefaultTimeout(20_000);
    context.addInitScript(FORBIDDEN);
    context.onWebError(e -> complaints.add(e.error()));
    context.onConsoleMessage(m -> {
      if (m.type().equals("error") && !GONE.matcher(m.text()).find()) complaints.add(m.text());
    });
    context.onDialog(d -> {
      complaints.add("a dialog: " + d.message());
      d.dismiss();
    });
    return context.newPage();
  }

  /** Signs somebody in at a desk. */
  Page as(String account) {
    return as(account, Looks.DESK);
  }

  Page as(String account, Looks looks) {
    var page = stranger(looks);
    page.navigate(centre.url() + "login");
    page.fill("vaadin-login-form input[name=username]", account);
    page.fill("vaadin-login-form input[name=password]", "onedoor-demo");
    page.press("vaadin-login-form input[name=password]", "Enter");
    page.waitForSelector(".app main");
    return page;
  }

  Page go(Page page, String path, String until) {
    page.navigate(centre.url() + path);
    page.waitForSelector(until);
    return page;
  }

  /** Waits for what other people, other pages or other servers have a part in. */
  static void until(Page page, String condition) {
    page.waitForFunction(condition, null, new Page.WaitForFunctionOptions().setTimeout(40_000));
  }

  void picture(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(SCREENS.resolve(name + ".png")));
  }

  /** No serious violation of WCAG 2.2 AA that a machine can find. */
  void assertAccessible(Page page, String what) {
    var found =
        new AxeBuilder(page)
                .withTags(
                    List.of(
                        "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
                .analyze()
                .getViolations()
                .stream()
                .filter(v -> List.of("serious", "critical").contains(v.getImpact()))
                .map(v ->
                    v.getId()
                        + ": "
                        + v.getNodes().stream()
                            .map(n -> n.getHtml() + " " + n.getFailureSummary())
                            .toList())
                .toList();
    assertThat(found).as("%s at %s", what, page.url()).isEmpty();
  }

  /** Everybody goes home. */
  void closePages() {
    browser.contexts().forEach(c -> c.close());
  }

  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** What was complained of until now was meant. */
  List<String> forgive() {
    var all = complaints();
    complaints.clear();
    return all;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
    assertThat(complaints).isEmpty();
  }
}
