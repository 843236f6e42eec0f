package org.onedoor.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.onedoor.event.Entry;
import org.onedoor.event.Event;
import org.onedoor.event.Event.Contact;
import org.onedoor.event.Event.Typed;

class DirtTest {
  private static Entry entry(long position, String stream, Event event) {
    return new Entry(
        position,
        stream,
        1,
        Instant.EPOCH,
        "clerk",
        stream.substring(5, 14),
        null,
        event,
        new byte[32]);
  }

  private static Entry contact(long position, String caseId) {
    return entry(position, "case/" + caseId, new Contact("c", "visit", "words", null));
  }

  @Test
  void what_is_heard_in_order_is_written() {
    var dirt = new Dirt(2);
    dirt.takeMissed();
    dirt.hear(contact(2, "2026-0001"));
    dirt.hear(contact(3, "2026-0002"));
    dirt.hear(entry(4, "case/2026-0003/note/abc", new Typed(List.of())));
    assertThat(dirt.take())
        .isEqualTo(new Dirt.Load(Set.of("2026-0002"), Map.of("abc", "2026-0003"), 4));
    assertThat(dirt.takeMissed()).isFalse();
  }

  @Test
  void an_entry_further_ahead_than_the_log_was_read_hides_nothing() throws Exception {
    var dirt = new Dirt(0);
    dirt.takeMissed();
    dirt.catchUp(0, List.of(contact(1, "2026-0001"), contact(2, "2026-0002")).iterator());
    dirt.hear(contact(9, "2026-0009"));
    var load = dirt.take();
    assertThat(load.upTo()).isEqualTo(2);
    assertThat(load.cases()).containsExactlyInAnyOrder("2026-0001", "2026-0002");
    assertThat(dirt.await(load.upTo(), Duration.ofMillis(1))).isTrue();
    assertThat(dirt.takeMissed()).as("the log is read from there").isTrue();
  }

  @Test
  void reading_the_log_stops_when_there_is_enough_to_write() {
    var dirt = new Dirt(0);
    var many =
        LongStream.rangeClosed(1, 5_000).mapToObj(n -> contact(n, "2026-" + (1_000 + n))).toList();
    assertThat(dirt.catchUp(0, many.iterator())).isTrue();
    var first = dirt.take();
    assertThat(first.upTo()).isEqualTo(first.cases().size());
    assertThat(dirt.catchUp(first.upTo(), many.listIterator((int) first.upTo()))).isTrue();
    dirt.take();
    assertThat(dirt.catchUp(4_000, many.listIterator(4_000))).isFalse();
    assertThat(dirt.take().upTo()).isEqualTo(5_000);
  }
}
