package org.onedoor.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onedoor.event.Event.Accepted;
import org.onedoor.event.Event.Contact;
import org.onedoor.log.Fact;
import org.onedoor.log.Hub;
import org.onedoor.log.SqliteLog;
import org.onedoor.log.Which;
import org.onedoor.shell.Watchman.Trouble;

/** A clock that jumps is told of, and neither loses nor reorders anything. */
class WatchmanTest {
  @TempDir Path dir;
  private Instant now = Instant.parse("2026-11-25T06:00:00Z");
  private long nanos;
  private SqliteLog log;
  private Hub hub;
  private Watchman watchman;
  private final AtomicInteger told = new AtomicInteger();

  @BeforeEach
  void open() {
    log = new SqliteLog(dir.resolve("onedoor.db"), () -> now);
    hub = new Hub(log);
    watchman = watch();
  }

  private Watchman watch() {
    var one = new Watchman(hub, () -> now, () -> nanos);
    one.watch(told::incrementAndGet);
    return one;
  }

  @AfterEach
  void close() {
    hub.close();
    log.close();
  }

  private void passes(Duration time) {
    now = now.plus(time);
    nanos += time.toNanos();
  }

  @Test
  void a_clock_that_is_set_right_by_a_little_is_no_trouble() {
    passes(Duration.ofSeconds(2));
    now = now.plusSeconds(5);
    watchman.look();
    assertThat(watchman.troubles()).isEmpty();
    assertThat(told).hasValue(0);
  }

  @Test
  void a_jump_is_told_of_for_a_while() {
    for (var jump : List.of(Duration.ofDays(400), Duration.ofDays(-400))) {
      now = now.plus(jump);
      watchman.look();
      assertThat(watchman.troubles()).containsExactly(Trouble.CLOCK);
      passes(Duration.ofMinutes(9));
      watchman.look();
      assertThat(watchman.troubles()).containsExactly(Trouble.CLOCK);
      passes(Duration.ofMinutes(2));
      watchman.look();
      assertThat(watchman.troubles()).isEmpty();
    }
    assertThat(told).hasValue(4);
  }

  @Test
  void a_clock_before_the_last_entry_is_told_of_until_it_is_past_it() {
    hub.append(new Fact("case/2026-0001", 0, new Accepted(null), "clerk"));
    now = now.minus(Duration.ofHours(1));
    watchman = watch(); // the server was started on a wrong clock
    watchman.look();
    assertThat(watchman.troubles()).containsExactly(Trouble.CLOCK);
    passes(Duration.ofHours(1));
    watchman.look();
    assertThat(watchman.troubles()).isEmpty();
  }

  @Test
  void what_is_written_on_a_wrong_clock_stands_in_its_place() {
    hub.append(new Fact("case/2026-0001", 0, new Accepted(null), "clerk"));
    now = now.minus(Duration.ofDays(3_000));
    hub.append(new Fact("case/2026-0001", 1, contact("past"), "clerk"));
    now = now.plus(Duration.ofDays(6_000));
    hub.append(new Fact("case/2026-0001", 2, contact("future"), "clerk"));
    try (var entries = hub.read(Which.all(), 0)) {
      assertThat(entries.map(e -> e.version())).containsExactly(1, 2, 3);
    }
    assertThat(log.verify(null, _ -> {})).isEqualTo(log.head());
    hub.keep().put("token", "x", "clerk", null);
    now = now.plus(Duration.ofDays(6_000));
    assertThat(hub.keep().get("token", "x")).contains("clerk");
  }

  private static Contact contact(String words) {
    return new Contact(words, "visit", words, null);
  }
}
