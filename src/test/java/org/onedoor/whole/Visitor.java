package org.onedoor.whole;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;

/** Somebody at the door with nothing but HTTP: no page, no program, whatever headers they like. */
record Visitor(Centre centre) {
  static final String FORM = "application/x-www-form-urlencoded";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(centre.url() + path))
            .method(method, BodyPublishers.ofString(body));
    if (headers.length > 0) request.headers(headers);
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> signIn(String account, String... headers) throws Exception {
    var all = Stream.concat(Stream.of("Content-Type", FORM), Stream.of(headers));
    var form = "username=" + account + "&password=onedoor-demo";
    return send("POST", "login", form, all.toArray(String[]::new));
  }

  /** A cookie that was given, as it is sent back; nothing if there was none. */
  static String cookie(HttpResponse<?> answer, String name) {
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(c -> c.startsWith(name + "="))
        .map(c -> c.substring(0, c.indexOf(';')))
        .findFirst()
        .orElse("");
  }
}
