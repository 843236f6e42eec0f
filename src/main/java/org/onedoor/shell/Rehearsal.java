package org.onedoor.shell;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * What everybody does first, done once when the program is built, so that the virtual machine keeps
 * what it learned in an AOT cache: the sign-in page, and the pages a day begins with.
 */
final class Rehearsal {
  /** A system property: a server that only rehearses, and ends. */
  static final String ASKED = "onedoor.rehearsal";

  private static final String OFFICER = "coordinator";
  private static final List<String> PAGES = List.of("", "cases", "register", "calendar", "search");

  private final HttpClient http =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  private final String home;

  private Rehearsal(String home) {
    this.home = home;
  }

  /** At a server of the demo's centre that answers here. */
  static void at(String home) throws IOException, InterruptedException {
    new Rehearsal(home).run();
  }

  private void run() throws IOException, InterruptedException {
    opened("login");
    var words =
        "username=%s&password=%s"
            .formatted(OFFICER, URLEncoder.encode(Demo.PASSWORD, StandardCharsets.UTF_8));
    var in =
        answer(
            request("login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(words)));
    if (in.headers().firstValue("Location").orElse("").contains("error"))
      throw new IOException(OFFICER + " could not sign in");
    for (var page : PAGES) opened(page);
  }

  /** A page's frame, then its screen, then itself in it, as its script asks for them. */
  private void opened(String page) throws IOException, InterruptedException {
    send(request(page));
    var screen = JsonMapper.shared().readTree(send(request("?v-r=init&location=&query=")));
    var app = screen.path("appConfig");
    var went =
        """
        {"csrfToken":"%s","syncId":0,"clientId":0,"rpc":[{"type":"event","node":1,
          "event":"ui-navigate",
          "data":{"route":"%s","query":"","appShellTitle":"","trigger":""}}]}
        """
            .formatted(app.path("uidl").path("Vaadin-Security-Key").asString(), page);
    send(
        request("?v-r=uidl&v-uiId=" + app.path("v-uiId").asInt())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(went)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(home + path));
  }

  private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return answer(request).body();
  }

  private HttpResponse<String> answer(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    var answer = http.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() >= 400)
      throw new IOException(answer.uri() + " answered " + answer.statusCode());
    return answer;
  }
}
