package org.onedoor.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.onedoor.Node;
import tools.jackson.databind.json.JsonMapper;

/** Our changes are CodeMirror's: held against vectors that the npm package made just now. */
class ChangeSetIT {
  private static final int VECTORS = 20_000;

  @TempDir Path dir;

  @Test
  void maps_composes_and_applies_as_codemirror_does() throws Exception {
    var file = dir.resolve("vectors.jsonl");
    Node.run("src/test/frontend/vectors.ts", file.toString(), "4711", "" + VECTORS);
    var checked = 0;
    for (var line : Files.readAllLines(file)) {
      var v = JsonMapper.shared().readTree(line);
      var a = ChangeSet.parse(v.path("a"));
      var b = ChangeSet.parse(v.path("b"));
      var c = ChangeSet.parse(v.path("c"));
      assertThat(JsonMapper.shared().readTree(a.json()))
          .as("written: %s", line)
          .isEqualTo(v.path("a"));
      var text = new StringBuilder(v.path("doc").stringValue());
      a.apply(text);
      assertThat(text.toString()).as("applied: %s", line).isEqualTo(v.path("after").stringValue());
      same(a.map(b, true), v.path("first"), line);
      same(a.map(b, false), v.path("second"), line);
      same(a.compose(c), v.path("composed"), line);
      var both = new StringBuilder(v.path("doc").stringValue());
      b.apply(both);
      a.map(b, false).apply(both);
      assertThat(both.toString()).as("both: %s", line).isEqualTo(v.path("both").stringValue());
      checked++;
    }
    assertThat(checked).isEqualTo(VECTORS);
  }

  private static void same(ChangeSet ours, tools.jackson.databind.JsonNode theirs, String line) {
    assertThat(JsonMapper.shared().readTree(ours.json())).as(line).isEqualTo(theirs);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "[-1]",
        "[1.5]",
        "[[]]",
        "[[1,2]]",
        "[[\"a\"]]",
        "[[0,\"a\\nb\"]]",
        "[[0,\"\\r\"]]",
        "[[0,\"\\u0000\"]]",
        "[[0,\"\\ud800\"]]",
        "[2147483647,2147483647]",
        "[99999999999]",
        "[true]"
      })
  void what_is_no_change_is_refused(String json) {
    assertThatThrownBy(() -> ChangeSet.parse(json)).isInstanceOf(ChangeSet.Bad.class);
  }

  @Test
  void a_change_that_cuts_a_character_in_two_is_refused() {
    assertThatThrownBy(() -> ChangeSet.parse("[1,[0,\"x\"],1]").apply(new StringBuilder("𠮷")))
        .isInstanceOf(ChangeSet.Bad.class);
  }

  @Test
  void a_change_for_another_length_is_refused() {
    assertThatThrownBy(() -> ChangeSet.parse("[3,[0,\"x\"]]").apply(new StringBuilder("ab")))
        .isInstanceOf(ChangeSet.Bad.class);
  }
}
