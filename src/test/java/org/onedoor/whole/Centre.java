package org.onedoor.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** The packaged program in a process of its own, on a data folder of its own: the demo's centre. */
public final class Centre implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Starts quickly and stays small: for tests, not for measuring. */
  private static final List<String> QUICK =
      List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private static Path told;
  private static Centre shared;

  public final Path data;
  public final int port;
  private final List<String> said = new CopyOnWriteArrayList<>();
  private int heard;
  private final Map<String, String> tokens = new ConcurrentHashMap<>();
  private List<String> flags = QUICK;
  private Process process;

  private Centre(Path data, int port) {
    this.data = data;
    this.port = port;
  }

  /** One for all tests that only add to it. */
  public static synchronized Centre shared() throws Exception {
    if (shared == null) {
      shared = demo(Files.createTempDirectory("onedoor-shared"));
      Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
    }
    return shared;
  }

  /** A fresh one, running, on a folder. */
  public static synchronized Centre demo(Path data) throws Exception {
    if (told == null) { // the story is told once and then copied
      told = Files.createTempDirectory("onedoor-told");
      try (var first = new Centre(told, freePort())) {
        first.start("--demo");
      }
    }
    copy(told, data);
    var centre = new Centre(data, freePort());
    centre.start();
    return centre;
  }

  /** One started so, on an empty folder. */
  public static Centre on(Path data, String... more) throws Exception {
    var centre = new Centre(data, freePort());
    centre.start(more);
    return centre;
  }

  /** One that runs as {@code ./onedoor start} runs it, to be measured. */
  public static Centre measured(Path data) throws Exception {
    try (var first = new Centre(data, freePort())) {
      first.start("--demo");
      first.stop();
    }
    var centre = new Centre(data, freePort());
    var more = System.getenv().getOrDefault("ONEDOOR_JAVA_OPTS", "").split(" ");
    centre.flags =
        Stream.concat(
                Stream.of(
                    "-Xmx512m",
                    "-XX:MetaspaceSize=128m",
                    "-XX:Tier2InvokeNotifyFreqLog=16",
                    "-XX:Tier2BackedgeNotifyFreqLog=20"),
                Stream.of(more))
            .filter(f -> !f.isEmpty())
            .toList();
    centre.start();
    return centre;
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var all = Files.walk(from)) {
      for (var path : all.toList()) {
        var target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) Files.createDirectories(target);
        else Files.copy(path, target);
      }
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static List<String> java(List<String> flags, String... args) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    var program = Path.of(System.getProperty("onedoor.program"));
    command.addAll(
        List.of(
            "-Dspring.aot.enabled=true",
            "-Dsun.stdout.encoding=UTF-8",
            "-XX:AOTMode=on", // or one that cannot be used would only be slow
            "-XX:AOTCache=" + program.resolve("onedoor.aot"),
            "-jar",
            program.resolve("onedoor.jar").toString()));
    command.addAll(List.of(args));
    return command;
  }

  /** Starts the server and returns when it answers. */
  public void start(String... more) throws Exception {
    var args =
        Stream.concat(
                Stream.of("start", "--data", data.toString(), "--port", "" + port), Stream.of(more))
            .toArray(String[]::new);
    process = new ProcessBuilder(java(flags, args)).redirectErrorStream(true).start();
    var answers = new CountDownLatch(1);
    var out = process;
    // no virtual threads: reading from a process holds the processor they share, and there are two
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try (var lines =
              new BufferedReader(
                  new InputStreamReader(out.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
              said.add(line);
              if (line.startsWith("OneDoor answers")) answers.countDown();
            }
          } catch (IOException e) {
            said.add("(" + e + ")");
          }
        });
    assertThat(answers.await(60, TimeUnit.SECONDS)).as(String.join("\n", said)).isTrue();
  }

  /** Ends it as a power cut would. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  public String url() {
    return "http://127.0.0.1:" + port + "/";
  }

  /** What the server said so far. */
  public List<String> said() {
    return List.copyOf(said);
  }

  /** Nobody's mistake may look like ours; what was told once is not told of the tests after it. */
  public void assertCalm() {
    var all = List.copyOf(said);
    var since = all.subList(heard, all.size());
    heard = all.size();
    assertThat(since)
        .noneMatch(l -> l.contains("ERROR") || l.contains("Exception") || l.startsWith("\tat "));
  }

  /** Whoever calls with a token of this account. */
  public Program as(String account) {
    return new Program(
        this,
        tokens.computeIfAbsent(
            account,
            a -> {
              var lines = command("token", a);
              return lines.getLast();
            }));
  }

  /** A command as the console sends it to the running server; the lines it prints. */
  public List<String> command(String... args) {
    try {
      var key = Files.readAllLines(data.resolve("local.key"));
      var query =
          Stream.of(args)
              .map(a -> "arg=" + URLEncoder.encode(a, StandardCharsets.UTF_8))
              .collect(Collectors.joining("&"));
      var answer =
          HTTP.send(
              HttpRequest.newBuilder(URI.create("http://" + key.get(0) + "/local/command?" + query))
                  .header("X-OneDoor-Key", key.get(1))
                  .POST(HttpRequest.BodyPublishers.noBody())
                  .build(),
              BodyHandlers.ofLines());
      var lines = answer.body().toList();
      if (lines.stream().noneMatch(l -> l.contains("\"exit\"")))
        throw new AssertionError(answer.statusCode() + " " + lines + String.join("\n", said));
      return lines.stream()
          .map(l -> JsonMapper.shared().readTree(l))
          .filter(l -> l.path("t").asString("").equals("line"))
          .map(l -> l.path("s").stringValue())
          .toList();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A call of the command line on this folder, in a process of its own. */
  public Said console(String... args) throws Exception {
    return run(
        Stream.concat(Stream.of(args), Stream.of("--data", data.toString()))
            .toArray(String[]::new));
  }

  /** What a command printed and how it ended. */
  public record Said(int code, String out, String err) {
    public String last() {
      return out.lines().reduce("", (_, line) -> line);
    }
  }

  public static Said run(String... args) throws Exception {
    var process = new ProcessBuilder(java(QUICK, args)).start();
    process.getOutputStream().close();
    var out = reading(process.getInputStream());
    var err = reading(process.getErrorStream());
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("ends: " + List.of(args)).isTrue();
    } finally {
      process.destroyForcibly(); // one that waits for ever must not keep its test waiting
    }
    return new Said(process.exitValue(), out.get(), err.get());
  }

  private static CompletableFuture<String> reading(InputStream in) {
    var all = new CompletableFuture<String>();
    Thread.ofPlatform().daemon().start(() -> all.complete(all(in)));
    return all;
  }

  private static String all(InputStream in) {
    try (in) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Ends it gracefully. */
  public void stop() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).as("ends within ten seconds").isTrue();
  }

  @Override
  public void close() {
    if (process != null) process.destroyForcibly();
  }
}
