package org.onedoor.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onedoor.log.ReplicaSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command line, on a running server and on a folder of its own. */
class CommandIT {
  private static final Path REAL = Path.of("../shared/data");

  @TempDir Path dir;

  @Test
  void real_petitions_come_in_once_running_or_not() throws Exception {
    assumeTrue(Files.exists(REAL), "the real petitions are not beside this checkout");
    try (var centre = Centre.demo(dir.resolve("centre"))) {
      var first = dir.resolve("petitions.csv");
      var second = dir.resolve("petitions_with_replies.csv");
      Files.copy(REAL.resolve("petitions.csv"), first);
      Files.copy(REAL.resolve("petitions_with_replies.csv"), second);
      var dry = centre.console("import", first.toString(), "--dry-run");
      var done = centre.console("import", first.toString());
      assertThat(done.code()).isZero();
      assertThat(done.last())
          .isEqualTo(dry.last())
          .matches("imported \\d+, known \\d+, rejected \\d+");
      var imported = Integer.parseInt(done.last().replaceAll("imported (\\d+).*", "$1"));
      assertThat(imported).isGreaterThan(2_500);
      assertThat(done.err()).contains("of 2600");
      assertThat(centre.console("import", first.toString()).last())
          .startsWith("imported 0, known ");
      var coordinator = centre.as("coordinator");
      await()
          .until(
              () -> coordinator.get("/search?q=&limit=1").json().path("total").intValue(),
              found -> found >= imported);
      centre.stop();
      var stopped = centre.console("import", second.toString());
      assertThat(stopped.last()).matches("imported 1\\d{3}, known \\d+, rejected \\d+");
      assertThat(centre.console("import", second.toString()).last()).startsWith("imported 0, ");
      assertThat(centre.console("reindex").code()).isZero();
      centre.start();
      var replied = coordinator.get("/cases?status=closed&limit=200").json();
      assertThat(replied.path("items").size()).isEqualTo(200);
      centre.assertCalm();
    }
  }

  @Test
  void a_bad_line_stops_nobody_and_its_reason_is_told() throws Exception {
    var csv = dir.resolve("odd.csv");
    Files.write(
        csv,
        ("编号,主题,详情,时间,agency,类别,答复意见,答复时间\n"
                + "X1,Title,words one,2023/2/3 08:05:00,labour,Unknown class,,\n"
                + "X2,,only words that are longer than sixty characters so that a title has to be cut from them,2024-01-02,nobody,,reply text,2024-02-01 10:00\n"
                + ",no number,words,2024-01-02,,,,\n"
                + "X3,no words,,2024-01-02,,,,\n"
                + "X4,bad time,words,2024-02-30,,,,\n"
                + "X5,too,many,2024-01-01,a,b,c,d,e,f\n"
                + "X1,again,words,,,,,\n"
                + "X6,last,\"a \"\"quoted\"\" text\nof two lines\",,,,,\n")
            .getBytes(Charset.forName("GB18030")));
    try (var centre = Centre.demo(dir.resolve("centre"))) {
      var said = centre.console("import", csv.toString(), "--source", "odd");
      assertThat(said.last()).isEqualTo("imported 3, known 1, rejected 4");
      var rejected = Files.readString(Path.of(csv + ".rejected.csv"));
      assertThat(rejected.lines()).hasSize(5);
      assertThat(rejected).contains("reason").contains("X4").contains("X5");
      var clerk = centre.as("clerk");
      var one = found(clerk, "%22words+one%22");
      assertThat(one.path("id").stringValue()).startsWith("2023-");
      assertThat(one.path("lead").stringValue()).isEqualTo("labour");
      assertThat(one.path("registeredAt").stringValue()).isEqualTo("2023-02-03T08:05:00+08:00");
      var two = found(clerk, "sixty");
      assertThat(two.path("status").stringValue()).isEqualTo("closed");
      assertThat(two.path("lead").isNull()).isTrue();
      assertThat(two.path("title").stringValue()).hasSize(60);
      var known =
          Map.of("title", "x", "words", "y", "externalNumber", "X1", "externalSource", "odd");
      assertThat(clerk.post("/cases", known).status()).as("the same number by REST").isEqualTo(200);
      assertThat(centre.console("import", dir.resolve("none.csv").toString()).code()).isEqualTo(2);
      Files.writeString(dir.resolve("empty.csv"), "");
      assertThat(centre.console("import", dir.resolve("empty.csv").toString()).code()).isEqualTo(1);
      assertThat(centre.console("import", csv.toString(), "--map", "title=Nothing").code())
          .isEqualTo(1);
    }
  }

  /** The first case with these words: what the console wrote is in the index a moment later. */
  private static JsonNode found(Program who, String words) {
    var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    var items = who.get("/cases?q=" + words).json().path("items");
    while (items.isEmpty() && System.nanoTime() < until)
      items = who.get("/cases?q=" + words).json().path("items");
    assertThat(items).as(words).isNotEmpty();
    return items.get(0);
  }

  @Test
  void a_token_is_made_running_or_not_and_survives() throws Exception {
    try (var centre = Centre.demo(dir.resolve("centre"))) {
      var token = centre.console("token", "clerk").last();
      var program = new Program(centre, token);
      assertThat(program.get("/me").json().path("id").stringValue()).isEqualTo("clerk");
      assertThat(centre.console("token", "nobody").code()).isEqualTo(1);
      centre.kill();
      var other = centre.console("token", "labour").last();
      assertThat(Files.readAllBytes(centre.data.resolve("onedoor.db")))
          .asString()
          .doesNotContain(token);
      centre.start();
      assertThat(program.get("/me").status()).isEqualTo(200);
      assertThat(new Program(centre, other).get("/me").json().path("id").stringValue())
          .isEqualTo("labour");
    }
  }

  @Test
  void wrong_calls_are_said_in_a_sentence() throws Exception {
    for (var call :
        new String[][] {
          {"frobnicate"},
          {"start", "--port", "abc"},
          {"start", "--colour", "red"},
          {"start", "now"},
          {"token"},
          {"import"},
          {"verify", "x"},
          {"backup", "x"},
          {"verify", "--since"}
        }) {
      var said = Centre.run(call);
      assertThat(said.code()).as(String.join(" ", call) + said.err()).isEqualTo(2);
      assertThat(said.err()).isNotBlank().doesNotContain("Exception");
    }
  }

  @Test
  void a_changed_byte_is_found_and_two_servers_never_share_a_folder() throws Exception {
    try (var centre = Centre.demo(dir.resolve("centre"))) {
      var second = centre.console("start", "--port", "0");
      assertThat(second.code()).isEqualTo(1);
      assertThat(second.err()).contains("already running");
      var head = centre.console("verify").last();
      assertThat(head).matches("\\d+:[0-9a-f]{64}");
      centre.stop();
      try (var db =
              DriverManager.getConnection("jdbc:sqlite:" + centre.data.resolve("onedoor.db"));
          var sql = db.createStatement()) {
        sql.execute("UPDATE entry SET payload = CAST('{}' AS BLOB) WHERE position = 7");
      }
      var broken = centre.console("verify", "--since", head);
      assertThat(broken.code()).isEqualTo(1);
      assertThat(broken.last()).isEqualTo("7");
    }
  }

  @Test
  void a_backup_and_an_export_are_made_running_or_not_and_give_the_centre_back() throws Exception {
    try (var centre = Centre.demo(dir.resolve("centre"))) {
      var clerk = centre.as("clerk");
      var id = clerk.register("Quiltwork in the stairwell", Map.of());
      var backups = Files.createDirectory(dir.resolve("backups"));
      var running = centre.console("backup", backups.toString());
      assertThat(running.code()).as(running.err()).isZero();
      assertThat(running.last()).matches("\\d+:[0-9a-f]{64}");
      var file = Path.of(running.out().lines().findFirst().orElseThrow());
      assertThat(file).exists().hasParent(backups);
      assertThat(file.getFileName().toString()).contains(running.last().replace(':', '-'));
      assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
      assertThat(centre.console("backup", file.toString()).code()).isEqualTo(1);

      var export = dir.resolve("export");
      var exported = centre.console("export", export.toString());
      assertThat(exported.code()).as(exported.err()).isZero();
      assertThat(centre.console("export", export.toString()).code()).as("not twice").isEqualTo(1);
      assertThat(python(export)).isEqualTo("0 " + exported.last());
      var room =
          Files.readString(export.resolve("cases.jsonl"))
              .lines()
              .map(l -> JsonMapper.shared().readTree(l))
              .filter(c -> c.path("id").stringValue().equals("2026-0001"))
              .findFirst()
              .orElseThrow();
      assertThat(room.path("parties").size()).isPositive();
      assertThat(room.path("entries").size()).isPositive();
      assertThat(room.path("notes").get(0).path("text").stringValue()).isNotBlank();
      assertThat(Files.readString(export.resolve("directory.json"))).contains("labour2");

      centre.stop();
      var stopped = centre.console("backup", dir.resolve("second.db").toString());
      assertThat(stopped.code()).as(stopped.err()).isZero();
      assertThat(centre.console("verify", "--since", running.last()).last())
          .isEqualTo(stopped.last());
      assertThat(centre.console("export", dir.resolve("export2").toString()).last())
          .isEqualTo(stopped.last());
      assertThat(centre.console("restore", file.toString()).code()).as("not empty").isEqualTo(1);

      var elsewhere = dir.resolve("restored");
      var restored = Centre.run("restore", file.toString(), "--data", elsewhere.toString());
      assertThat(restored.code()).as(restored.err()).isZero();
      assertThat(restored.last()).isEqualTo(running.last());
      try (var again = Centre.on(elsewhere)) {
        var same = new Program(again, clerk.token());
        assertThat(same.get("/cases/" + id).json().path("title").asString())
            .isEqualTo("Quiltwork in the stairwell");
        assertThat(same.get("/search?q=Quiltwork").json().path("total").asInt()).isOne();
        assertThat(Centre.run("reindex", "--data", elsewhere.toString()).err()).contains(" of ");
        assertThat(same.get("/search?q=Quiltwork").json().path("total").asInt()).isOne();
        again.stop();
        assertThat(Centre.run("reindex", "--data", elsewhere.toString()).code()).isZero();
      }
    }
  }

  @Test
  void whoever_changes_an_export_is_found_out_by_a_program_that_is_not_ours() throws Exception {
    try (var centre = Centre.demo(dir.resolve("centre"))) {
      var export = dir.resolve("export");
      centre.console("export", export.toString());
      var file = export.resolve("entries.jsonl");
      var lines = Files.readAllLines(file);
      for (var change :
          Map.<Integer, UnaryOperator<List<String>>>of(
                  30,
                  all -> with(all, 29, all.get(29).replaceFirst("\"at\":1", "\"at\":2")),
                  40,
                  all -> without(all, 39),
                  50,
                  all -> with(with(all, 49, all.get(50)), 50, all.get(49)),
                  lines.size(),
                  all -> without(all, lines.size() - 1))
              .entrySet()) {
        Files.write(file, change.getValue().apply(lines));
        assertThat(python(export)).isEqualTo("1 " + change.getKey());
      }
    }
  }

  private static List<String> with(List<String> lines, int at, String line) {
    var all = new ArrayList<>(lines);
    all.set(at, line);
    return all;
  }

  private static List<String> without(List<String> lines, int at) {
    var all = new ArrayList<>(lines);
    all.remove(at);
    return all;
  }

  /** What the script in docs says of an export, after its exit code. */
  private static String python(Path export) throws Exception {
    var process =
        new ProcessBuilder("python3", "docs/verify_export.py", export.toString())
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + " " + said.strip();
  }

  @Test
  void a_centre_moves_to_mongo_and_is_served_and_looked_after_there() throws Exception {
    try (var mongo = new ReplicaSet();
        var centre = Centre.demo(dir.resolve("centre"))) {
      var log = mongo.url("moved");
      var token = centre.as("clerk").token();
      var head = Centre.run("copy", centre.data.toString(), log); // while it runs
      assertThat(head.code()).as(head.err()).isZero();
      var id = centre.as("clerk").register("Late arrival", Map.of());
      centre.stop();
      var copied = Centre.run("copy", centre.data.toString(), log);
      assertThat(copied.last())
          .isEqualTo(centre.console("verify").last())
          .isNotEqualTo(head.last());
      var data = dir.resolve("node");
      try (var moved = Centre.on(data, "--log", log)) {
        var clerk = new Program(moved, token);
        assertThat(clerk.get("/cases/" + id).status()).isEqualTo(200);
        assertThat(moved.console("verify").last()).isEqualTo(copied.last());
        var backup = moved.console("backup", dir.resolve("mongo.db").toString());
        assertThat(backup.last()).as(backup.err()).isEqualTo(copied.last());
        assertThat(moved.console("export", dir.resolve("export").toString()).last())
            .isEqualTo(copied.last());
        assertThat(python(dir.resolve("export"))).isEqualTo("0 " + copied.last());
        moved.stop();
        assertThat(moved.console("verify", "--log", log).last()).isEqualTo(copied.last());
        assertThat(moved.console("verify").code()).as("which log?").isEqualTo(2);
      }
      var second = mongo.url("restored");
      var restored =
          Centre.run(
              "restore",
              dir.resolve("mongo.db").toString(),
              "--log",
              second,
              "--data",
              dir.resolve("other").toString());
      assertThat(restored.last()).as(restored.err()).isEqualTo(copied.last());
      var back = dir.resolve("back");
      assertThat(Centre.run("copy", second, back.toString()).last()).isEqualTo(copied.last());
      assertThat(Centre.run("verify", "--data", back.toString()).last()).isEqualTo(copied.last());
    }
  }
}
