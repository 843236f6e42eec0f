package org.onedoor.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Cases from another system over REST, from a spreadsheet, and from a machine elsewhere. */
class ImportIT {
  @TempDir static Path data;
  static Centre centre;
  static Program coordinator;

  @BeforeAll
  static void open() throws Exception {
    centre = Centre.demo(data.resolve("centre"));
    coordinator = centre.as("coordinator");
  }

  @AfterAll
  static void close() {
    centre.close();
  }

  private static byte[] csv(String... lines) {
    return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode over(String job) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> coordinator.get("/import/" + job).json(),
            p -> List.of("done", "failed").contains(p.path("state").asString("")));
  }

  private static String counts(JsonNode progress) {
    return progress.path("imported")
        + "/"
        + progress.path("known")
        + "/"
        + progress.path("rejected");
  }

  @Test
  void a_file_is_taken_in_while_one_asks_how_far_it_is() {
    var file =
        csv(
            "number,title,words,at,kennung",
            "R1,First,words of the first,2025-03-01,x",
            "R2,Second,words of the second,2025-03-02,x",
            "R3,,,2025-03-03,x");
    var dry = coordinator.upload("/import?dryRun=true&source=rest", file, "dry");
    assertThat(dry.status()).isEqualTo(202);
    assertThat(counts(over(dry.json().path("job").asString()))).isEqualTo("2/0/1");
    var begun = coordinator.upload("/import?source=rest", file, "real");
    var job = begun.json().path("job").asString();
    var done = over(job);
    assertThat(done.path("state").asString()).isEqualTo("done");
    assertThat(done.path("done").asInt()).isEqualTo(3);
    assertThat(done.path("of").asInt()).isEqualTo(3);
    assertThat(counts(done)).isEqualTo("2/0/1");
    assertThat(done.path("rejects").asString()).contains("R3").contains("reason");
    assertThat(coordinator.get("/cases?q=%22words+of+the+second%22").json().path("items").size())
        .isOne();
    // the same key again is the same job; a new one finds them known
    assertThat(coordinator.upload("/import?source=rest", file, "real")).isEqualTo(begun);
    var again = coordinator.upload("/import?source=rest", file, "again").json().path("job");
    assertThat(counts(over(again.asString()))).isEqualTo("0/2/1");
    assertThat(coordinator.upload("/import?source=rest", csv("number,words", "x,y"), "real").said())
        .isEqualTo("400 BAD_INPUT Idempotency-Key");
    var mapped =
        coordinator.upload(
            "/import?source=map&map=number=id&map=words=what", csv("id,what", "1,one"), "map");
    assertThat(counts(over(mapped.json().path("job").asString()))).isEqualTo("1/0/0");
  }

  @Test
  void who_may_not_or_sends_something_else_is_told_so() {
    var file = csv("number,words", "N1,words");
    for (var other : List.of("clerk", "labour", "director", "trainee", "admin"))
      assertThat(centre.as(other).upload("/import", file, "k").code()).isEqualTo("NOT_ALLOWED");
    assertThat(coordinator.post("/import", Map.of("a", "b")).code()).isEqualTo("UNSUPPORTED");
    assertThat(coordinator.upload("/import", csv("a,b", "1,2"), "no-columns").said())
        .isEqualTo("400 BAD_INPUT number");
    assertThat(coordinator.upload("/import?map=number", file, "bad-map").said())
        .isEqualTo("400 BAD_INPUT map");
    assertThat(coordinator.upload("/import?dryRun=perhaps", file, "bad-flag").said())
        .isEqualTo("400 BAD_INPUT dryRun");
    assertThat(coordinator.upload("/import", new byte[] {'P', 'K', 3, 4, 9, 9}, "bad-zip").code())
        .isEqualTo("UNSUPPORTED");
    assertThat(coordinator.upload("/import", new byte[65 << 20], "large").code())
        .isEqualTo("TOO_LARGE");
    assertThat(coordinator.get("/import/nothing").code()).isEqualTo("NOT_FOUND");
    var job = coordinator.upload("/import", file, "mine").json().path("job").asString();
    assertThat(centre.as("labour").get("/import/" + job).code()).isEqualTo("NOT_FOUND");
    over(job);
  }

  private static byte[] sheet(Object[]... rows) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var book = new Workbook(out, "test", "1.0")) {
      var sheet = book.newWorksheet("petitions");
      for (var r = 0; r < rows.length; r++)
        for (var c = 0; c < rows[r].length; c++) {
          var value = rows[r][c];
          if (value instanceof LocalDateTime at) {
            sheet.value(r, c, at);
            sheet.style(r, c).format("yyyy-MM-dd H:mm:ss").set();
          } else if (value instanceof Number n) sheet.value(r, c, n);
          else if (value instanceof String s && s.startsWith("="))
            sheet.formula(r, c, s.substring(1));
          else if (value instanceof String s) sheet.value(r, c, s);
        }
    }
    return out.toByteArray();
  }

  @Test
  void a_spreadsheet_is_read_as_it_stands_and_no_formula_is_computed() throws Exception {
    var file =
        sheet(
            new Object[] {"编号", "主题", "详情", "时间", "用户"},
            new Object[] {4711L, "表格里的信访", "工资 𠮷 没发", LocalDateTime.of(2024, 5, 6, 7, 8), "罗桂芳"},
            new Object[] {},
            new Object[] {"S2", null, "=1+1", null, null},
            new Object[] {"S3", "no words"});
    var job = coordinator.upload("/import?source=sheet", file, "sheet").json().path("job");
    assertThat(counts(over(job.asString()))).isEqualTo("1/0/2");
    var found = coordinator.get("/cases?q=%E8%A1%A8%E6%A0%BC%E9%87%8C").json().path("items").get(0);
    assertThat(found.path("id").asString()).startsWith("2024-");
    assertThat(found.path("externalNumber").asString()).isEqualTo("4711");
    assertThat(found.path("registeredAt").asString()).isEqualTo("2024-05-06T07:08:00+08:00");
    var path = data.resolve("sheet.xlsx");
    Files.write(path, file);
    assertThat(centre.console("import", path.toString(), "--source", "sheet").last())
        .isEqualTo("imported 0, known 1, rejected 2");
  }

  @Test
  void a_file_that_unpacks_to_no_end_is_not_unpacked() throws Exception {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
      var zeros = new byte[1 << 20];
      for (var mebibyte = 0; mebibyte < 300; mebibyte++) zip.write(zeros);
      zip.closeEntry();
    }
    assertThat(out.size()).isLessThan(1 << 20);
    assertThat(coordinator.upload("/import", out.toByteArray(), "bomb").code())
        .isEqualTo("TOO_LARGE");
    var many = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(many)) {
      for (var n = 0; n < 2_000; n++) {
        zip.putNextEntry(new ZipEntry("part" + n));
        zip.closeEntry();
      }
    }
    assertThat(coordinator.upload("/import", many.toByteArray(), "parts").code())
        .isEqualTo("TOO_LARGE");
  }

  @Test
  void what_a_spreadsheet_would_compute_leaves_as_text_and_comes_back_as_it_was() {
    var odd = List.of("=1+1", "+8613800000000", "-2", "@SUM(A1)", "\t=1", " =1", "'=1", "＝1", "＠1");
    var lines = new ArrayList<>(List.of("number,title,words,=head"));
    for (var cell : odd) lines.add("O" + lines.size() + ",\"" + cell + "\",," + cell);
    var job = coordinator.upload("/import?source=odd", csv(lines.toArray(String[]::new)), "odd");
    var rejects = over(job.json().path("job").asString()).path("rejects").asString();
    var rows = rejects.split("\r?\n");
    assertThat(rows).hasSize(odd.size() + 1);
    for (var row : rows)
      for (var cell : row.split(","))
        assertThat(cell.replace("\"", "")).doesNotContainPattern("^\\s*[=+\\-@＝＋－＠]|^[\t\r]");
    // somebody puts the missing words in and sends it again
    var mended = rejects.replace(",,", ",mended by hand,").getBytes(StandardCharsets.UTF_8);
    var again = coordinator.upload("/import?source=odd", mended, "mended").json().path("job");
    assertThat(counts(over(again.asString()))).isEqualTo(odd.size() + "/0/0");
    var titles = new ArrayList<String>();
    for (var item : coordinator.get("/cases?q=mended").json().path("items"))
      titles.add(item.path("title").asString());
    assertThat(titles)
        .containsExactlyInAnyOrder(
            "=1+1", "+8613800000000", "-2", "@SUM(A1)", "=1", "=1", "=1", "＝1", "＠1");
  }

  /** A sheet's parts with something else in one of them. */
  private static byte[] tampered(byte[] book, String part, UnaryOperator<String> how)
      throws IOException {
    var out = new ByteArrayOutputStream();
    try (var in = new ZipFile(Files.write(data.resolve("book.xlsx"), book).toFile());
        var zip = new ZipOutputStream(out)) {
      for (var entry : Collections.list(in.entries())) {
        var text = new String(in.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        zip.putNextEntry(new ZipEntry(entry.getName()));
        var now = entry.getName().equals(part) ? how.apply(text) : text;
        zip.write(now.getBytes(StandardCharsets.UTF_8));
      }
    }
    return out.toByteArray();
  }

  @Test
  void a_sheet_that_names_other_files_or_multiplies_itself_is_not_followed() throws Exception {
    var secret = Files.writeString(data.resolve("secret.txt"), "Xylograph of the disk");
    var book = sheet(new Object[] {"number", "words"}, new Object[] {"E1", "HERE"});
    var laughs = new StringBuilder("<!ENTITY e0 \"Xylograph\">");
    for (var n = 1; n < 10; n++)
      laughs.append("<!ENTITY e%d \"%s\">".formatted(n, ("&e" + (n - 1) + ";").repeat(10)));
    var said = new ArrayList<String>();
    for (var inside :
        List.of("<!ENTITY e9 SYSTEM \"" + secret.toUri() + "\">", laughs.toString())) {
      var file =
          tampered(
              book,
              "xl/sharedStrings.xml",
              xml ->
                  xml.replaceFirst("<sst", "<!DOCTYPE sst [" + inside + "]><sst")
                      .replace("HERE", "&e9;"));
      var answer = coordinator.upload("/import?source=entities", file, "entity" + said.size());
      said.add(answer.json().toString());
      if (answer.status() == 202) said.add(over(answer.json().path("job").asString()).toString());
    }
    assertThat(said.toString()).doesNotContain("Xylograph");
    assertThat(coordinator.get("/search?q=Xylograph").json().path("total").asInt()).isZero();
    var plain = coordinator.upload("/import?source=entities", book, "plain").json().path("job");
    assertThat(counts(over(plain.asString()))).as("the sheet itself is good").isEqualTo("1/0/0");
  }

  @Test
  void a_file_goes_to_a_server_elsewhere_by_a_token() throws Exception {
    var file = data.resolve("far.csv");
    Files.write(file, "编号,详情\nF1,远方来的信访\nF2,\n".getBytes(Charset.forName("GB18030")));
    var far = new String[] {"import", file.toString(), "--url", centre.url(), "--source", "far"};
    var token = coordinator.token();
    var said = Centre.run(with(far, "--token", token));
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.last()).isEqualTo("imported 1, known 0, rejected 1");
    assertThat(Files.readString(Path.of(file + ".rejected.csv"))).contains("F2");
    assertThat(Centre.run(with(far, "--token", token)).last())
        .isEqualTo("imported 0, known 1, rejected 1");
    assertThat(Centre.run(with(far, "--token", "wrong")).code()).isEqualTo(1);
    assertThat(Centre.run(with(far, "--token", centre.as("clerk").token())).err())
        .contains("Only a coordinator");
    assertThat(Centre.run(far).code()).as("no token").isEqualTo(2);
  }

  private static String[] with(String[] call, String... more) {
    var all = new ArrayList<>(List.of(call));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
