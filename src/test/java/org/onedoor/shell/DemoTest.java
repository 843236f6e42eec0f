package org.onedoor.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.onedoor.event.Event.Closed;
import org.onedoor.event.Event.Reopened;
import org.onedoor.log.Logs;
import org.onedoor.log.Which;

/** Sessions of the story keep off weekends, so what clashes hangs on the day it is told. */
class DemoTest {
  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(ints = {23, 24, 25, 26, 27, 28, 29})
  void the_story_can_be_told_on_any_day_of_the_week_with_24_past_cases(int day) {
    InstantSource clock = () -> Instant.parse("2026-11-" + day + "T02:00:00Z");
    var url = Logs.in(dir.resolve("onedoor.db"));
    Demo.tell(dir, url, clock);
    var closed = new HashSet<String>();
    try (var log = Logs.open(url, clock);
        var entries = log.read(Which.all().only("closed", "reopened"), 0)) {
      entries.forEach(e -> {
        if (e.event() instanceof Closed) closed.add(e.about());
        if (e.event() instanceof Reopened) closed.remove(e.about());
      });
    }
    assertThat(closed).hasSize(24);
  }
}
