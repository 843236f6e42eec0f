package org.onedoor.whole;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody's program with their token, on the public interfaces. */
public final class Program {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Centre centre;
  final String token;

  Program(Centre centre, String token) {
    this.centre = centre;
    this.token = token;
  }

  public String token() {
    return token;
  }

  /** An answer: its status, its content type and its JSON. */
  public record Answer(int status, String type, JsonNode json) {
    public String code() {
      return json.path("code").asString("");
    }

    public String id() {
      return json.path("id").asString("");
    }

    public String said() {
      return status + " " + code() + " " + json.path("field").asString("");
    }
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(centre.url() + "api/v1" + path))
        .header("Authorization", "Bearer " + token);
  }

  public Answer send(HttpRequest request) {
    try {
      var answer = HTTP.send(request, BodyHandlers.ofByteArray());
      var type = answer.headers().firstValue("Content-Type").orElse("");
      return new Answer(
          answer.statusCode(),
          type,
          type.contains("json")
              ? JsonMapper.shared().readTree(answer.body())
              : JsonMapper.shared().missingNode());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public Answer get(String path) {
    return send(request(path).GET().build());
  }

  public Answer post(String path, Map<String, ?> body) {
    return post(path, body, UUID.randomUUID().toString());
  }

  public Answer post(String path, Map<String, ?> body, String key) {
    return postText(path, JsonMapper.shared().writeValueAsString(body), key);
  }

  public Answer postText(String path, String body, String key) {
    var request = request(path).header("Content-Type", "application/json");
    if (!key.isEmpty()) request.header("Idempotency-Key", key);
    return send(request.POST(BodyPublishers.ofString(body)).build());
  }

  /** Sends a file as a browser's form would. */
  public Answer upload(String path, byte[] file, String key) {
    var mark = "mark" + UUID.randomUUID();
    var head =
        "--"
            + mark
            + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"cases\"\r\n"
            + "Content-Type: application/octet-stream\r\n\r\n";
    var body =
        BodyPublishers.concat(
            BodyPublishers.ofString(head),
            BodyPublishers.ofByteArray(file),
            BodyPublishers.ofString("\r\n--" + mark + "--\r\n"));
    return send(
        request(path)
            .header("Content-Type", "multipart/form-data; boundary=" + mark)
            .header("Idempotency-Key", key)
            .POST(body)
            .build());
  }

  /** Registers a case and returns its number. */
  public String register(String title, Map<String, ?> more) {
    var body = new LinkedHashMap<String, Object>(Map.of("title", title, "words", title));
    body.putAll(more);
    var answer = post("/cases", body);
    if (answer.status() != 201) throw new AssertionError(answer.toString());
    return answer.id();
  }

  public String note(String caseId, String title, String audience) {
    var answer = post("/cases/" + caseId + "/notes", Map.of("title", title, "audience", audience));
    if (answer.status() != 201) throw new AssertionError(answer.toString());
    return answer.id();
  }

  /** What books a joint session of so many agencies, with one mediator. */
  public static Map<String, Object> session(
      String caseId, String from, String to, String hall, String mediator, String... agencies) {
    return Map.of(
        "case",
        caseId,
        "kind",
        "joint",
        "from",
        from,
        "to",
        to,
        "hall",
        hall,
        "mediators",
        List.of(mediator),
        "officers",
        List.of(),
        "agencies",
        List.of(agencies),
        "parties",
        List.of());
  }

  public Wire wire(String path) {
    return new Wire(centre, path, Map.of("Authorization", "Bearer " + token));
  }
}
