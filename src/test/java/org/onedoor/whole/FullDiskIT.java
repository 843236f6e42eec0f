package org.onedoor.whole;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full while people work: it is said, nothing is lost, and it goes on by itself. */
class FullDiskIT {
  private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir Path dir;

  @Test
  void everybody_is_told_and_what_was_typed_is_there_when_there_is_room_again() throws Exception {
    assumeTrue(Files.exists(PRLIMIT), "needs prlimit (util-linux)");
    PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
    try (var centre = Centre.demo(dir);
        var browsers = new Browsers(centre)) {
      var coordinator = centre.as("coordinator");
      var id = coordinator.register("Before the disk was full", Map.of("lead", "labour"));
      coordinator.post("/cases/" + id + "/accept", Map.of());
      centre.as("labour").note(id, "Joint", "joint");
      var page = browsers.as("labour");
      page.navigate(centre.url() + "cases/" + id);
      var text = page.locator("note-editor .cm-content");
      text.click();
      page.keyboard().type("written before ");
      assertThat(page.locator("note-editor")).containsText("Saved");
      assertThat(health(centre)).startsWith("200");
      var director = browsers.as("director");
      director.navigate(centre.url() + "profile");
      var make = new Page.GetByRoleOptions().setName("Make a token");
      assertThat(director.getByRole(AriaRole.BUTTON, make)).isVisible();

      limit(centre, "4096:"); // no file grows beyond this, as far as it can tell
      assertThat(page.locator("#trouble")).containsText("cannot write to its disk");
      browsers.picture(page, "disk-full");
      browsers.assertAccessible(page, "disk full");
      assertThat(health(centre)).startsWith("503").contains("The log cannot be written");
      assertThat(coordinator.post("/cases", body()).said()).isEqualTo("503 UNAVAILABLE ");
      text.click();
      page.keyboard().press("End");
      page.keyboard().type("and meanwhile");
      assertThat(text).containsText("and meanwhile");
      // what is not typed is refused in a sentence, and can be tried again
      director.getByRole(AriaRole.BUTTON, make).click();
      assertThat(director.getByText("cannot write to its disk right now")).isVisible();

      limit(centre, "unlimited:");
      assertThat(page.locator("#trouble")).isEmpty();
      assertThat(page.locator("note-editor")).containsText("Saved");
      var other = browsers.as("coordinator");
      other.navigate(centre.url() + "cases/" + id);
      assertThat(other.locator("note-editor .cm-content"))
          .containsText("written before and meanwhile");
      assertThat(health(centre)).startsWith("200");
      assertThat(coordinator.post("/cases", body()).status()).isEqualTo(201);
      var told = centre.command("verify");
      assertThat(told.getLast()).matches("\\d+:[0-9a-f]{64}");
    }
  }

  private static Map<String, Object> body() {
    return Map.of("title", "While it was full", "words", "words");
  }

  private static String health(Centre centre) throws Exception {
    var answer =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(centre.url() + "actuator/health")).build(),
            BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  private static void limit(Centre centre, String most) throws Exception {
    var set =
        new ProcessBuilder(PRLIMIT.toString(), "--pid=" + centre.handle().pid(), "--fsize=" + most)
            .inheritIO()
            .start();
    assertThat(set.waitFor()).isZero();
  }
}
