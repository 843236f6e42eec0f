package org.onedoor.shell;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.onedoor.people.Secret;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An import into a server elsewhere: over its public interface, by somebody's token. */
final class Elsewhere {
  private static final long EVERY_MILLIS = 300;

  private final HttpClient http;
  private final String api;
  private final String token;

  private Elsewhere(HttpClient http, String url, String token) {
    this.http = http;
    this.api = (url.endsWith("/") ? url : url + "/") + "api/v1/import";
    this.token = token;
  }

  /** A call with {@code --url}; the token may stand in the environment, where no list shows it. */
  static int bring(Call call, byte[] file, Work.Say say) {
    var token = call.option("token", System.getenv().getOrDefault("ONEDOOR_TOKEN", ""));
    if (token.isEmpty()) throw new Call.Wrong("--url needs --token, or ONEDOOR_TOKEN.");
    try (var http = HttpClient.newHttpClient()) {
      return new Elsewhere(http, call.option("url", ""), token).run(call, file, say);
    } catch (IOException | IllegalArgumentException e) {
      say.error(call.option("url", "") + " does not answer: " + e.getMessage());
      return Launch.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Launch.FAILED;
    }
  }

  private int run(Call call, byte[] file, Work.Say say) throws IOException, InterruptedException {
    var begun = send(request(query(call)), file);
    if (begun.path("job").isMissingNode()) return refused(begun, say);
    for (; ; ) {
      var progress = read(api + "/" + begun.path("job").asString(""));
      if (progress.path("state").isMissingNode()) return refused(progress, say);
      say.progress(progress.path("done").asLong(0), progress.path("of").asLong(0));
      switch (progress.path("state").asString("")) {
        case "done" -> {
          var rejects = progress.path("rejects").asString("");
          if (!rejects.isEmpty()) say.rejects(rejects);
          say.line(
              "imported %d, known %d, rejected %d"
                  .formatted(
                      progress.path("imported").asInt(),
                      progress.path("known").asInt(),
                      progress.path("rejected").asInt()));
          return Launch.DONE;
        }
        case "failed" -> {
          say.error("The import failed: " + progress.path("why").asString(""));
          return Launch.FAILED;
        }
        default -> TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
      }
    }
  }

  private static int refused(JsonNode problem, Work.Say say) {
    say.error(problem.path("detail").asString("The server did not understand."));
    return Launch.FAILED;
  }

  private String query(Call call) {
    var parts = new ArrayList<String>();
    if (call.has("dry-run")) parts.add("dryRun=true");
    if (call.maybe("source") != null) parts.add("source=" + coded(call.option("source", "")));
    call.mapped().forEach((name, column) -> parts.add("map=" + coded(name + "=" + column)));
    return api + (parts.isEmpty() ? "" : "?" + String.join("&", parts));
  }

  private static String coded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private HttpRequest.Builder request(String address) {
    return HttpRequest.newBuilder(URI.create(address)).header("Authorization", "Bearer " + token);
  }

  private JsonNode send(HttpRequest.Builder request, byte[] file)
      throws IOException, InterruptedException {
    var mark = Secret.random(16);
    var head =
        "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"petitions\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            .formatted(mark);
    return json(
        request
            .header("Content-Type", "multipart/form-data; boundary=" + mark)
            .header("Idempotency-Key", Secret.random(16))
            .POST(
                BodyPublishers.concat(
                    BodyPublishers.ofString(head),
                    BodyPublishers.ofByteArray(file),
                    BodyPublishers.ofString("\r\n--" + mark + "--\r\n")))
            .build());
  }

  private JsonNode read(String address) throws IOException, InterruptedException {
    return json(request(address).GET().build());
  }

  private JsonNode json(HttpRequest request) throws IOException, InterruptedException {
    var answer = http.send(request, BodyHandlers.ofString());
    var type = answer.headers().firstValue("Content-Type").orElse("");
    if (!type.contains("json")) throw new IOException("it answered " + answer.statusCode());
    return JsonMapper.shared().readTree(answer.body());
  }
}
