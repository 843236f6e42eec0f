package org.onedoor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onedoor.event.Event.Contact;

class HubTest {
  @TempDir Path dir;
  private SqliteLog log;
  private Hub hub;

  @BeforeEach
  void open() {
    log = new SqliteLog(dir.resolve("onedoor.db"), InstantSource.system());
    hub = new Hub(log);
  }

  @AfterEach
  void close() {
    hub.close();
    log.close();
  }

  private static Fact fact(String stream, int version) {
    return new Fact(stream, version, new Contact("c", "visit", "v" + version, null), "clerk");
  }

  private static List<Fact> facts(String stream, int from, int count) {
    var facts = new ArrayList<Fact>();
    for (var v = from; v < from + count; v++) facts.add(fact(stream, v));
    return facts;
  }

  private static List<Long> upTo(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  @Test
  void who_appends_finds_it_in_the_folds_when_told() throws Exception {
    var folded = new ConcurrentLinkedQueue<Long>();
    hub.fold(e -> folded.add(e.position()));
    Together.run(
        6,
        me -> {
          for (var v = 0; v < 50; v++) {
            var position = hub.append(fact("people/" + me, v)).position();
            assertThat(hub.folded()).isGreaterThanOrEqualTo(position);
            assertThat(folded).contains(position);
          }
        });
    assertThat(folded).containsExactlyElementsOf(upTo(1, 300));
  }

  @Test
  void a_fold_added_late_and_under_load_is_given_everything_without_a_hole() throws Exception {
    hub.append(facts("case/1", 0, 700));
    var folds = Collections.synchronizedList(new ArrayList<List<Long>>());
    Together.run(
        5,
        me -> {
          if (me > 0) {
            for (var v = 0; v < 100; v++) hub.append(fact("people/" + me, v));
            return;
          }
          for (var n = 0; n < 10; n++) {
            var seen = new ArrayList<Long>();
            folds.add(seen);
            hub.fold(Which.all(), e -> seen.add(e.position()));
          }
        });
    assertThat(folds).hasSize(10).allSatisfy(seen -> assertThat(seen).isEqualTo(upTo(1, 1_100)));
  }

  @Test
  void a_fold_is_first_given_only_what_it_asked_for() {
    hub.append(fact("case/1", 0));
    hub.append(fact("people", 0));
    var seen = new ArrayList<String>();
    hub.fold(Which.stream("people"), e -> seen.add(e.stream()));
    hub.append(fact("case/1", 1));
    assertThat(seen).containsExactly("people", "case/1");
  }

  @Test
  void a_fold_that_fails_keeps_nothing_from_the_others_and_nobody_waiting() {
    var seen = new ArrayList<Long>();
    hub.fold(_ -> {
      throw new IllegalStateException("on purpose, for a test");
    });
    hub.fold(e -> seen.add(e.position()));
    hub.append(fact("case/1", 0));
    hub.append(fact("case/1", 1));
    assertThat(seen).containsExactly(1L, 2L);
  }

  @Test
  void eight_who_settle_on_one_stream_all_get_their_turn() throws Exception {
    var version = new AtomicInteger();
    hub.fold(e -> version.set(e.version()));
    Together.run(
        8,
        _ -> {
          for (var n = 0; n < 40; n++) hub.settle(() -> fact("calendar", version.get()));
        });
    assertThat(version).hasValue(320);
    assertThat(log.verify(null, _ -> {}).position()).isEqualTo(320);
  }

  @Test
  void thirty_who_take_the_next_number_get_thirty_numbers() throws Exception {
    var last = new AtomicInteger();
    hub.fold(e -> last.accumulateAndGet(Integer.parseInt(e.stream().substring(5)), Math::max));
    Together.run(30, _ -> hub.settle(() -> fact("case/" + (last.get() + 1), 0)));
    assertThat(last).hasValue(30);
  }

  @Test
  void a_rule_that_refuses_leaves_nothing_behind_and_nobody_locked_out() {
    var asked = new AtomicInteger();
    for (var n = 0; n < 20; n++)
      assertThatThrownBy(() ->
              hub.settle(() -> {
                asked.incrementAndGet();
                throw new IllegalArgumentException("no");
              }))
          .isInstanceOf(IllegalArgumentException.class);
    assertThat(asked).hasValue(20);
    assertThat(hub.settle(() -> fact("case/1", 0)).position()).isEqualTo(1);
  }

  @Test
  void a_rule_that_never_fits_gives_up() {
    var tries = new AtomicInteger();
    assertThatThrownBy(() ->
            hub.settle(() -> {
              tries.incrementAndGet();
              return fact("case/1", 5);
            }))
        .isInstanceOf(Conflict.class);
    assertThat(tries).hasValue(16);
  }

  @Test
  void a_rule_only_says_what_is_to_be_appended() {
    assertThatThrownBy(() ->
            hub.settle(() -> {
              hub.settle(() -> fact("case/2", 0));
              return fact("case/1", 0);
            }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(hub.head().position()).isZero();
  }

  @Test
  void listeners_are_told_in_order_and_a_failing_one_goes_on() throws Exception {
    var seen = new LinkedBlockingQueue<Long>();
    try (var _ =
        hub.listen(
            "test",
            e -> {
              seen.add(e.position());
              if (e.position() == 2) throw new IllegalStateException("on purpose, for a test");
              if (e.position() == 3) throw new AssertionError("on purpose, for a test");
            },
            () -> seen.add(-1L))) {
      hub.append(facts("case/1", 0, 500));
      assertThat(next(seen, 500)).isEqualTo(upTo(1, 500));
    }
  }

  @Test
  void a_listener_whose_queue_is_full_is_told_to_read_again_and_then_misses_nothing()
      throws Exception {
    var go = new CountDownLatch(1);
    var busy = new CountDownLatch(1);
    var known = Collections.synchronizedSet(new TreeSet<Long>());
    var behind = new AtomicInteger();
    var told = new LinkedBlockingQueue<Long>();
    try (var _ =
        hub.listen(
            "slow",
            e -> {
              known.add(e.position());
              told.add(e.position());
              busy.countDown();
              uninterrupted(go);
            },
            () -> {
              behind.incrementAndGet();
              try (var again = hub.read(Which.all(), 0)) {
                again.forEach(e -> known.add(e.position()));
              }
              told.add(-1L);
            })) {
      hub.append(fact("case/1", 0));
      assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
      hub.append(facts("case/2", 0, Listener.QUEUE + 100));
      var offered = new LinkedBlockingQueue<Long>();
      try (var _ = hub.listen("next in line", e -> offered.add(e.position()), () -> {})) {
        var ten = hub.append(facts("case/3", 0, 10)); // nobody waits for the slow one
        // an append returns before its last entry is offered: who is told next saw it offered
        var last = ten.getLast().position();
        while (next(offered, 1).getFirst() < last) continue;
      }
      go.countDown();
      assertThat(next(told, 2)).containsExactly(1L, -1L);
      hub.append(facts("case/4", 0, 10));
      var last = hub.head().position();
      assertThat(next(told, 10)).isEqualTo(upTo(last - 9, last));
      assertThat(known).containsExactlyElementsOf(upTo(1, last));
      assertThat(behind).hasValue(1);
    }
  }

  @Test
  void a_listener_that_was_closed_is_told_nothing_more() throws Exception {
    var seen = new LinkedBlockingQueue<Long>();
    var other = new LinkedBlockingQueue<Long>();
    var following = hub.listen("closed", e -> seen.add(e.position()), () -> {});
    try (var _ = hub.listen("other", e -> other.add(e.position()), () -> {})) {
      hub.append(fact("case/1", 0));
      assertThat(next(seen, 1)).containsExactly(1L);
      following.close();
      hub.append(facts("case/1", 1, 20));
      assertThat(next(other, 21)).isEqualTo(upTo(1, 21));
      assertThat(seen).isEmpty();
    }
  }

  @Test
  void who_waits_when_the_hub_is_closed_is_let_go() throws Exception {
    var waiting = Thread.ofPlatform().start(() -> hub.await(99));
    hub.close();
    assertThat(waiting.join(Duration.ofSeconds(10))).isTrue();
  }

  private static List<Long> next(LinkedBlockingQueue<Long> queue, int count) throws Exception {
    var next = new ArrayList<Long>();
    for (var n = 0; n < count; n++) {
      var position = queue.poll(10, TimeUnit.SECONDS);
      if (position == null) throw new AssertionError("only " + next);
      next.add(position);
    }
    return next;
  }

  static void uninterrupted(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) throw new AssertionError("waited too long");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
