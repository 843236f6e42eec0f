package org.onedoor.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.onedoor.log.DataFolder;
import org.onedoor.log.EventLog;
import org.onedoor.log.Hub;
import org.onedoor.log.Logs;
import tools.jackson.databind.json.JsonMapper;

/** Runs a command on the folder itself when it is free, else asks the server that has it. */
final class Console implements Work.Say {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final PrintStream out;
  private final PrintStream err;
  private final @Nullable Path file;
  private boolean bar;

  private Console(PrintStream out, PrintStream err, @Nullable Path file) {
    this.out = out;
    this.err = err;
    this.file = file;
  }

  static int run(Call call, PrintStream out, PrintStream err) {
    var file = call.command().equals("import") ? Path.of(call.word("file")) : null;
    var say = new Console(out, err, file);
    return switch (call.command()) {
      case "copy" -> say.ended(Moving.copy(call, say));
      case "restore" -> say.ended(Moving.restore(call, say));
      default -> say.work(call, file);
    };
  }

  private int work(Call call, @Nullable Path file) {
    switch (call.command()) {
      case "verify", "reindex" -> call.noWords();
      case "token" -> call.word("account");
      case "export" -> call.word("folder");
      default -> call.word("file");
    }
    var body = file == null ? new byte[0] : read(file);
    if (file != null) forgetRejects();
    if (call.maybe("url") != null) return ended(Elsewhere.bring(call, body, this));
    var there = Logs.exists(call.log());
    var none = new Call.Wrong("There is no centre in " + call.data() + ".");
    if (!there && !Files.exists(DataFolder.key(call.data()))) throw none;
    try (var folder = DataFolder.open(call.data())) {
      if (!there) throw none;
      var clock = InstantSource.system();
      try (var log = Logs.open(call.log(), clock)) {
        if (call.command().equals("verify")) // before any fold meets what was tampered with
        return ended(Work.verify(log, call.maybe("since"), this));
        return onHub(call, body, folder, log, clock);
      }
    } catch (DataFolder.InUse e) {
      return ask(call, body);
    }
  }

  private int onHub(Call call, byte[] body, DataFolder folder, EventLog log, InstantSource clock) {
    try (var hub = new Hub(log)) {
      return ended(Work.on(hub, clock, folder.index()).run(call, body, this));
    }
  }

  private int ended(int code) {
    done();
    return code;
  }

  private int ask(Call call, byte[] body) {
    try {
      var key = Files.readAllLines(DataFolder.key(call.data()));
      var args =
          Stream.concat(Stream.of(call.command()), arguments(call))
              .map(a -> "arg=" + URLEncoder.encode(a, StandardCharsets.UTF_8))
              .collect(Collectors.joining("&"));
      var request =
          HttpRequest.newBuilder(URI.create("http://" + key.get(0) + Local.PATH + "?" + args))
              .header(Local.KEY, key.get(1))
              .POST(HttpRequest.BodyPublishers.ofByteArray(body))
              .build();
      try (var client = HttpClient.newHttpClient()) {
        var answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200)
          throw new IOException("the server answered " + answer.statusCode());
        try (var lines =
            new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
          return relay(lines);
        }
      }
    } catch (IOException e) {
      err.println("The server on " + call.data() + " does not answer: " + e.getMessage());
      return Launch.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Launch.FAILED;
    }
  }

  private static Stream<String> arguments(Call call) {
    // the server stands elsewhere: places are named from the root
    var places = call.command().equals("backup") || call.command().equals("export");
    return Stream.concat(
        call.words().stream().map(w -> places ? Path.of(w).toAbsolutePath().toString() : w),
        call.options().entrySet().stream()
            .filter(e -> !e.getKey().equals("data") && !e.getKey().equals("log"))
            .flatMap(e ->
                e.getValue().isEmpty()
                    ? Stream.of("--" + e.getKey())
                    : e.getValue().stream().flatMap(v -> Stream.of("--" + e.getKey(), v))));
  }

  /** Says what the server says; the last line is the exit code. */
  private int relay(BufferedReader lines) throws IOException {
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      var said = JSON.readTree(line);
      switch (said.path("t").asString("")) {
        case "line" -> line(said.path("s").asString(""));
        case "error" -> error(said.path("s").asString(""));
        case "progress" -> progress(said.path("done").asLong(), said.path("of").asLong());
        case "rejects" -> rejects(said.path("s").asString(""));
        case "exit" -> {
          done();
          return said.path("code").asInt();
        }
        default -> {} // a newer server says more
      }
    }
    throw new IOException("it broke off");
  }

  @Override
  public void line(String text) {
    done();
    out.println(text);
  }

  @Override
  public void error(String text) {
    done();
    err.println(text);
  }

  @Override
  public void progress(long done, long of) {
    var filled = of == 0 ? 30 : (int) (30 * done / of);
    err.print(
        "\r[" + "#".repeat(filled) + " ".repeat(30 - filled) + "] " + done + " of " + of + " ");
    err.flush();
    bar = true;
  }

  @Override
  public void rejects(String csv) {
    var beside = Path.of(file + ".rejected.csv");
    try {
      Files.writeString(beside, csv);
      error("Lines that could not be taken, with the reason: " + beside);
    } catch (IOException e) {
      error("The rejected lines could not be written to " + beside + ": " + e.getMessage());
    }
  }

  private void done() {
    if (bar) err.println();
    bar = false;
  }

  /** Rejected lines of an earlier run are not this one's. */
  private void forgetRejects() {
    try {
      Files.deleteIfExists(Path.of(file + ".rejected.csv"));
    } catch (IOException e) {
      error("An older " + file + ".rejected.csv could not be removed: " + e.getMessage());
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new Call.Wrong("Cannot read " + file + ".");
    }
  }
}
