package org.onedoor.whole;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onedoor.whole.Browsers.Looks;

/** A centre from nothing: set up by a link, kept on screen, its people invited and let go. */
class SettingsIT {
  private static final String PASSWORD = "a long enough sentence";

  @TempDir Path dir;

  @BeforeAll
  static void patient() {
    PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
  }

  @Test
  void a_centre_is_set_up_in_four_steps_and_its_people_come_in_by_their_links() throws Exception {
    try (var centre = Centre.on(dir);
        var browsers = new Browsers(centre)) {
      var link = centre.said().getLast().strip();
      assertThat(link).matches("http://127.0.0.1:\\d+/setup\\?key=[A-Za-z0-9_-]{43}");
      var page = browsers.stranger(Looks.DESK);
      page.navigate(centre.url());
      assertThat(page.getByText("No centre is set up here yet")).isVisible();
      page.navigate(centre.url() + "setup?key=" + "x".repeat(43));
      assertThat(page.getByText("This link opens nothing any more")).isVisible();
      page.navigate(link);
      page.locator("#next").click(); // without a name it does not go on
      assertThat(wrong(page, "Fill in name")).isVisible();
      label(page, "Name of the centre").fill("Riverside Centre");
      pick(page, "Time zone", 0, "Asia/Shanghai");
      look(browsers, page, "setup-centre");
      next(page, "Agencies");
      label(page, "Name").first().fill("Labour office");
      label(page, "Name in Chinese").fill("人社局");
      assertThat(label(page, "Id")).hasValue("labour-office");
      label(page, "Id").fill("labour");
      page.getByText("Add an agency").click();
      label(page, "Name").nth(1).fill("Centre");
      assertThat(label(page, "Two letters").nth(1)).hasValue("CE");
      look(browsers, page, "setup-agencies");
      next(page, "People");
      people(page);
      label(page, "New password").fill("short");
      label(page, "The same again").fill("short");
      page.locator("#next").click();
      assertThat(wrong(page, "A password has at least 12 characters")).isVisible();
      // another day, another window: what was entered is still there
      page = browsers.stranger(Looks.DESK);
      page.navigate(link);
      assertThat(label(page, "Name of the centre")).hasValue("Riverside Centre");
      next(page, "Agencies");
      next(page, "People");
      people(page);
      label(page, "New password").fill(PASSWORD);
      label(page, "The same again").fill(PASSWORD);
      look(browsers, page, "setup-people");
      next(page, "Check");
      assertThat(page.getByText("2 agencies")).isVisible();
      look(browsers, page, "setup-check");
      page.locator("#next").click();
      assertThat(page.getByText("Riverside Centre is set up")).isVisible();
      var welcome = label(page, "Wang Hao, wang").inputValue();
      assertThat(welcome).startsWith(centre.url() + "welcome?key=");
      look(browsers, page, "setup-done");
      page.navigate(link);
      assertThat(page.getByText("This centre is set up already")).isVisible();

      var wang = browsers.stranger(Looks.DESK);
      wang.navigate(welcome);
      assertThat(wang.getByText("Welcome, Wang Hao")).isVisible();
      look(browsers, wang, "welcome");
      label(wang, "New password").fill(PASSWORD);
      label(wang, "The same again").fill("another sentence");
      wang.getByRole(AriaRole.BUTTON, named("Set your password")).click();
      assertThat(wrong(wang, "The two do not match")).isVisible();
      label(wang, "The same again").fill(PASSWORD);
      wang.getByRole(AriaRole.BUTTON, named("Set your password")).click();
      assertThat(wang.getByText("Your password is set")).isVisible();
      wang.navigate(welcome);
      assertThat(wang.getByText("This link opens nothing any more")).isVisible();
      signIn(wang, centre, "wang");
      assertThat(wang.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Settings")))
          .hasCount(0);
      wang.navigate(centre.url() + "settings/accounts");
      assertThat(wang.locator(".empty")).isVisible();

      var lin = browsers.stranger(Looks.DESK);
      signIn(lin, centre, "lin");
      lin.navigate(centre.url() + "settings/accounts");
      lin.getByLabel("Change: Wang Hao").click();
      assertThat(lin.getByRole(AriaRole.BUTTON, named("Disable"))).isVisible();
      look(browsers, lin, "account");
      // a window that is open is closed to whom the account is closed
      wang.navigate(centre.url());
      wang.waitForSelector(".app main");
      lin.getByRole(AriaRole.BUTTON, named("Disable")).click();
      wang.waitForURL("**/login*");
      signInFails(wang, centre, "wang");
      assertThat(browsers.complaints()).isEmpty();
      centre.assertCalm();
    }
  }

  @Test
  void a_centre_comes_from_one_file_and_is_kept_on_screen() throws Exception {
    try (var centre = Centre.on(dir);
        var browsers = new Browsers(centre)) {
      var page = browsers.stranger(Looks.DESK);
      page.navigate(centre.said().getLast().strip());
      var file =
          Files.write(
              dir.resolve("centre.json"),
              SettingsIT.class.getResourceAsStream("/demo/centre.json").readAllBytes());
      page.locator("vaadin-upload input[type=file]").setInputFiles(file);
      assertThat(page.getByText("Read. Look through the steps.")).isVisible();
      next(page, "Agencies");
      next(page, "People");
      label(page, "New password").fill(PASSWORD);
      label(page, "The same again").fill(PASSWORD);
      next(page, "Check");
      page.locator("#next").click();
      assertThat(page.getByText("is set up")).isVisible();

      var admin = browsers.stranger(Looks.DESK);
      signIn(admin, centre, "admin");
      admin.navigate(centre.url() + "settings/agencies");
      admin.getByRole(AriaRole.BUTTON, named("Add an agency")).click();
      label(admin, "Name").fill("Civil affairs");
      label(admin, "Id").fill("Not proper!");
      admin.locator("vaadin-dialog").getByRole(AriaRole.BUTTON, inside("Add an agency")).click();
      assertThat(wrong(admin, "An id has small letters")).isVisible();
      label(admin, "Id").fill("civil");
      admin.locator("vaadin-dialog").getByRole(AriaRole.BUTTON, inside("Add an agency")).click();
      assertThat(admin.getByText("Civil affairs")).isVisible();
      admin.getByLabel("Merge: Civil affairs").click();
      label(admin, "Becomes part of").click();
      admin.getByRole(AriaRole.OPTION, named("Justice")).click();
      look(browsers, admin, "merge");
      admin.locator("vaadin-dialog").getByRole(AriaRole.BUTTON, inside("Merge")).click();
      assertThat(admin.getByText("Part of Justice now")).isVisible();

      admin.navigate(centre.url() + "settings/kinds");
      var classes =
          Files.writeString(
              dir.resolve("classes.csv"),
              "level1,level2,level3\n城乡建设,安全生产,事故处理\n城乡建设,安全生产,安全隐患\n",
              StandardCharsets.UTF_8);
      admin.locator("vaadin-upload input[type=file]").setInputFiles(classes);
      admin
          .locator("vaadin-dialog")
          .getByRole(AriaRole.BUTTON, inside("Replace the class list"))
          .click();
      assertThat(admin.getByText("4 classes", new Page.GetByTextOptions().setExact(true)))
          .isVisible();

      admin.navigate(centre.url() + "profile");
      admin.getByRole(AriaRole.BUTTON, named("Make a token")).click();
      var token = label(admin, "Token").inputValue();
      look(browsers, admin, "token");
      admin.locator("vaadin-dialog").getByRole(AriaRole.BUTTON, inside("Close")).click();
      var program = new Program(centre, token);
      assertThat(program.get("/me").json().path("id").asString()).isEqualTo("admin");
      // being an administrator opens no case
      assertThat(program.get("/cases").json().path("items")).isEmpty();
      admin.getByText("Revoke").click();
      assertThat(admin.getByText("Revoke")).hasCount(0);
      assertThat(program.get("/me").status()).isEqualTo(401);

      var other = browsers.stranger(Looks.DESK);
      signIn(other, centre, "admin");
      admin.reload();
      assertThat(admin.getByText("Sign out everywhere")).isVisible();
      look(browsers, admin, "profile");
      admin.getByText("Sign out everywhere").click();
      other.waitForURL("**/login*");
      admin.waitForURL("**/login*");
      assertThat(browsers.complaints()).isEmpty();
      centre.assertCalm();
    }
  }

  @Test
  void a_blocked_hall_is_not_booked_and_a_booked_one_not_blocked() throws Exception {
    try (var centre = Centre.demo(dir);
        var browsers = new Browsers(centre)) {
      var coordinator = centre.as("coordinator");
      var id = coordinator.register("Hall for a morning", Map.of("lead", "labour"));
      var page = browsers.as("coordinator");
      page.navigate(centre.url() + "settings/halls");
      block(page, "2027-03-01", "Painters");
      assertThat(page.getByText("Blocked 2027-03-01 09:00 to 2027-03-01 12:00: Painters"))
          .isVisible();
      assertThat(page.locator("vaadin-dialog")).hasCount(0);
      look(browsers, page, "halls");
      var week = page.context().newPage();
      browsers.go(week, "calendar?week=2027-W09", ".week .se.blocked");
      assertThat(week.locator("td .se.blocked")).hasText("09:00–12:00Blocked: Painters");
      look(browsers, week, "blocked");
      week.close();
      var answer = book(coordinator, id, "2027-03-01T10:00:00+08:00", "2027-03-01T11:00:00+08:00");
      assertThat(answer.said()).isEqualTo("409 CONFLICT hall");
      assertThat(answer.json().path("detail").asString()).contains("blocked until 12:00: Painters");
      assertThat(answer.json().path("conflicts").path(0).path("what").asString()).isEqualTo("hall");
      page.getByLabel("Free: Blocked 2027-03-01").click();
      assertThat(page.getByText("Painters")).hasCount(0);
      assertThat(
              book(coordinator, id, "2027-03-01T10:00:00+08:00", "2027-03-01T11:00:00+08:00")
                  .status())
          .isEqualTo(201);
      block(page, "2027-03-01", "Painters again");
      assertThat(wrong(page, "A session is booked there")).isVisible();
      assertThat(browsers.complaints()).isEmpty();
      centre.assertCalm();
    }
  }

  private static void block(Page page, String day, String why) {
    page.getByLabel("Block: Hall 1").click();
    var dialog = page.locator("vaadin-dialog");
    var times = dialog.locator("vaadin-date-time-picker");
    for (var i = 0; i < 2; i++) {
      var one = times.nth(i);
      one.locator("vaadin-date-picker input").fill(slashes(day));
      // the calendar beneath comes and goes, and hides the rest from who listens meanwhile
      page.waitForSelector("#outlet[aria-hidden]");
      page.keyboard().press("Enter");
      page.waitForSelector("#outlet:not([aria-hidden])");
      one.locator("vaadin-time-picker input").fill(i == 0 ? "09:00" : "12:00");
      page.keyboard().press("Enter");
      page.keyboard().press("Tab");
    }
    dialog.getByLabel("Reason").fill(why);
    dialog
        .locator("vaadin-button")
        .getByText("Block", new Locator.GetByTextOptions().setExact(true))
        .click();
  }

  /** As the picker's British locale writes it. */
  private static String slashes(String day) {
    var parts = day.split("-");
    return parts[2] + "/" + parts[1] + "/" + parts[0];
  }

  private static Program.Answer book(Program who, String id, String from, String to) {
    return who.post("/sessions", Program.session(id, from, to, "hall1", "mediator"));
  }

  private static void look(Browsers browsers, Page page, String name) {
    browsers.picture(page, "settings-" + name);
    browsers.assertAccessible(page, name);
  }

  /** Whoever sets it up, and one officer. */
  private static void people(Page page) {
    label(page, "Name").first().fill("Lin Tao");
    assertThat(label(page, "Id").first()).hasValue("lin-tao");
    label(page, "Id").first().fill("lin");
    pick(page, "Agency", 0, "Centre");
    page.getByText("Open an account").click();
    label(page, "Name").nth(1).fill("Wang Hao");
    assertThat(label(page, "Id").nth(1)).hasValue("wang-hao");
    label(page, "Id").nth(1).fill("wang");
    pick(page, "Agency", 1, "Labour office");
    pick(page, "Roles", 1, "Officer");
    page.keyboard().press("Escape");
  }

  private static void next(Page page, String step) {
    page.locator("#next").click();
    assertThat(page.locator(".steps [aria-current]")).hasText(step);
  }

  /** Writes into a box with a list and takes what the list then offers. */
  private static void pick(Page page, String label, int nth, String what) {
    label(page, label).nth(nth).fill(what);
    page.getByRole(AriaRole.OPTION, named(what)).click();
  }

  /**
   * What a field says is wrong. A moment later Vaadin reads it out as well, and what it reads out
   * stays in the page: by the text alone there are two.
   */
  private static Locator wrong(Page page, String words) {
    return page.locator("[slot=error-message]", new Page.LocatorOptions().setHasText(words));
  }

  private static Locator label(Page page, String label) {
    return page.getByLabel(label, exact());
  }

  private static Page.GetByLabelOptions exact() {
    return new Page.GetByLabelOptions().setExact(true);
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Locator.GetByRoleOptions inside(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }

  private static void signIn(Page page, Centre centre, String account) {
    enter(page, centre, account);
    page.waitForSelector(".app main");
  }

  private static void signInFails(Page page, Centre centre, String account) {
    enter(page, centre, account);
    assertThat(page.getByText("do not go together")).isVisible();
  }

  private static void enter(Page page, Centre centre, String account) {
    page.navigate(centre.url() + "login");
    page.fill("vaadin-login-form input[name=username]", account);
    page.fill("vaadin-login-form input[name=password]", PASSWORD);
    page.press("vaadin-login-form input[name=password]", "Enter");
  }
}
