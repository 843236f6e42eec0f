package org.onedoor.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
      var before = coordinator.get("/search?q=&limit=1").json().path("total").intValue();
      assertThat(before).isGreaterThanOrEqualTo(imported);
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
      var one = clerk.get("/cases?q=%22words+one%22").json().path("items").get(0);
      assertThat(one.path("id").stringValue()).startsWith("2023-");
      assertThat(one.path("lead").stringValue()).isEqualTo("labour");
      assertThat(one.path("registeredAt").stringValue()).isEqualTo("2023-02-03T08:05:00+08:00");
      var two = clerk.get("/cases?q=sixty").json().path("items").get(0);
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
    var empty = Centre.run("start", "--data", dir.resolve("empty").toString());
    assertThat(empty.code()).isEqualTo(1);
    assertThat(empty.err()).contains("--demo");
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
}
