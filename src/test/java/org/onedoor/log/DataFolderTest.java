package org.onedoor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path dir;

  @Test
  void a_folder_is_made_and_taken_once() {
    var data = dir.resolve("a/b");
    try (var first = DataFolder.open(data)) {
      assertThat(first.database()).isEqualTo(data.resolve("onedoor.db"));
      assertThat(first.index()).isEqualTo(data.resolve("index"));
      assertThat(DataFolder.key(data)).isEqualTo(data.resolve("local.key"));
      for (var same : new Path[] {data, dir.resolve("a/../a/b")})
        assertThatThrownBy(() -> DataFolder.open(same))
            .isInstanceOf(DataFolder.InUse.class)
            .hasMessageContaining("already running");
    }
    DataFolder.open(data).close();
  }

  @Test
  void what_is_no_folder_cannot_be_used() throws IOException {
    var file = Files.writeString(dir.resolve("file"), "");
    assertThatThrownBy(() -> DataFolder.open(file.resolve("data")))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("cannot be used");
  }

  @Test
  void asking_for_a_taken_folder_does_not_loosen_the_lock() throws Exception {
    try (var _ = DataFolder.open(dir)) {
      assertThatThrownBy(() -> DataFolder.open(dir)).isInstanceOf(DataFolder.InUse.class);
      try (var other = new Writer(dir, 0)) {
        assertThat(other.process.waitFor()).as("another process is refused").isNotZero();
      }
    }
    try (var other = new Writer(dir, 0)) {
      other.until(1, "ready"::equals);
    }
  }
}
