package org.onedoor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onedoor.event.Entry;
import org.onedoor.event.Event;
import org.onedoor.event.Event.*;
import org.onedoor.event.Party;
import org.onedoor.event.Person;

/** What every log must hold, whatever database is under it. */
abstract class EventLogContract {
  @TempDir Path dir;
  EventLog log;

  /** The log in a folder; called again to open what was closed. */
  abstract EventLog open(Path dir, InstantSource clock);

  @BeforeEach
  void open() {
    log = open(dir, InstantSource.system());
  }

  @AfterEach
  void close() {
    log.close();
  }

  static Event contact(String words) {
    return new Contact("c", "visit", words, null);
  }

  static Registered registered(String title, Party... parties) {
    return new Registered(
        title, "words", null, null, "visit", null, List.of(parties), List.of(), null, null, null);
  }

  static Party wang() {
    return new Party(
        "p1",
        "petitioner",
        "person",
        new Person("王𠮷", null, "139 0000 4417", null, "18 Willow Lane"));
  }

  Entry append(String stream, int version, Event event) {
    return log.append(new Fact(stream, version, event, "clerk"));
  }

  List<Entry> all() {
    try (var entries = log.read(Which.all(), 0)) {
      return entries.toList();
    }
  }

  @Test
  void what_was_appended_is_read_back_whole_also_after_reopening() {
    var written = append("case/2026-0001", 0, registered("Lift 电梯 🙂 𠮷", wang()));
    assertThat(all()).containsExactly(written);
    log.close();
    log = open(dir, InstantSource.system());
    var read = all().getFirst();
    assertThat(read.event()).isEqualTo(written.event());
    assertThat(read.at()).isEqualTo(written.at());
    assertThat(read.about()).isEqualTo("2026-0001");
    assertThat(read.hash()).isEqualTo(written.hash());
    assertThat(log.version("case/2026-0001")).isEqualTo(1);
  }

  @Test
  void eight_writers_race_for_one_version_and_one_wins() throws Exception {
    for (var round = 0; round < 20; round++) {
      var stream = "case/2026-%04d".formatted(round + 1);
      var won = new AtomicInteger();
      together(
          8,
          () -> {
            try {
              append(stream, 0, registered("mine"));
              won.incrementAndGet();
            } catch (Conflict e) {
              assertThat(e.stream()).isEqualTo(stream);
            }
            return null;
          });
      assertThat(won).hasValue(1);
      assertThat(log.version(stream)).isEqualTo(1);
    }
  }

  @Test
  void positions_have_no_hole_under_concurrent_streams() throws Exception {
    var n = new AtomicInteger();
    together(
        8,
        () -> {
          var stream = "case/2026-%04d".formatted(n.incrementAndGet());
          for (var v = 0; v < 50; v++) append(stream, v, contact("visit " + v));
          return null;
        });
    assertThat(all().stream().map(Entry::position))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 400).boxed().toList());
    for (var s = 1; s <= 8; s++)
      try (var one = log.read(Which.stream("case/2026-%04d".formatted(s)), 0)) {
        assertThat(one.map(Entry::version))
            .containsExactlyElementsOf(IntStream.rangeClosed(1, 50).boxed().toList());
      }
  }

  @Test
  void a_follower_from_any_position_comes_through_catch_up_to_live_without_a_hole()
      throws Exception {
    for (var v = 0; v < 700; v++) append("case/2026-0001", v, contact("" + v));
    var followings = new ArrayList<Following>();
    var seen = new ArrayList<List<Long>>();
    var starts = List.of(0L, 1L, 499L, 500L, 699L, 700L);
    var done = new CountDownLatch(starts.size());
    for (var start : starts) {
      var got = Collections.synchronizedList(new ArrayList<Long>());
      seen.add(got);
      followings.add(
          log.follow(
              start,
              e -> {
                got.add(e.position());
                if (e.position() == 1500) done.countDown();
              }));
    }
    var n = new AtomicInteger();
    together(
        4,
        () -> {
          var stream = "case/2026-%04d".formatted(10 + n.incrementAndGet());
          for (var v = 0; v < 200; v++) append(stream, v, contact("" + v));
          return null;
        });
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    for (var i = 0; i < starts.size(); i++)
      assertThat(seen.get(i))
          .containsExactlyElementsOf(
              LongStream.rangeClosed(starts.get(i) + 1, 1500).boxed().toList());
    followings.forEach(Following::close);
  }

  @Test
  void a_follower_is_given_what_reading_gives() throws Exception {
    var got = new ArrayList<Entry>();
    var done = new CountDownLatch(2);
    try (var _ =
        log.follow(
            0,
            e -> {
              got.add(e);
              done.countDown();
            })) {
      append("case/2026-0001", 0, registered("a", wang()));
      append(
          "case/2026-0001", 1, new Corrected("phone", "p1", "139 0000 4417", "139 0000 1", "typo"));
      assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(got).isEqualTo(all());
    assertThat(got.stream().map(Entry::event)).isEqualTo(all().stream().map(Entry::event).toList());
  }

  @Test
  void a_key_is_appended_once_and_the_first_entry_comes_back() throws Exception {
    var fact = new Fact("case/2026-0001", 0, registered("a"), "clerk", "clerk:k1");
    var first = log.append(fact);
    assertThat(log.append(fact)).isEqualTo(first);
    assertThat(log.append(new Fact("case/2026-0002", 0, registered("b"), "clerk", "clerk:k1")))
        .isEqualTo(first);
    assertThat(log.once("clerk:k1")).contains(first);
    assertThat(log.once("clerk:k2")).isEmpty();
    assertThat(log.head().position()).isEqualTo(1);
    var positions = Collections.synchronizedSet(new HashSet<Long>());
    together(
        8,
        () -> {
          positions.add(
              log.append(new Fact("case/2026-0003", 0, registered("c"), "clerk", "race"))
                  .position());
          return null;
        });
    assertThat(positions).hasSize(1);
  }

  @Test
  void a_batch_stands_whole_or_not_at_all_and_a_failed_one_undoes_its_heads() {
    assertThatThrownBy(() ->
            log.append(
                List.of(
                    new Fact("case/2026-0001", 0, registered("a"), "clerk"),
                    new Fact("case/2026-0001", 1, contact("b"), "clerk"),
                    new Fact("case/2026-0002", 5, contact("c"), "clerk"))))
        .isInstanceOf(Conflict.class);
    assertThat(log.head()).isEqualTo(Head.EMPTY);
    assertThat(log.version("case/2026-0001")).isZero();
    var entries =
        log.append(
            List.of(
                new Fact("case/2026-0001", 0, registered("a"), "clerk"),
                new Fact("case/2026-0001", 1, contact("b"), "clerk")));
    assertThat(entries.stream().map(Entry::position)).containsExactly(1L, 2L);
  }

  @Test
  void who_conflicts_in_a_crowd_harms_nobody_else() throws Exception {
    append("case/2026-0999", 0, registered("taken"));
    var n = new AtomicInteger();
    var conflicts = new AtomicInteger();
    together(
        8,
        () -> {
          var me = n.incrementAndGet();
          for (var v = 0; v < 30; v++) {
            if (me % 2 == 0) append("case/2026-%04d".formatted(me), v, contact("" + v));
            else
              try {
                append("case/2026-0999", 0, contact("late"));
              } catch (Conflict e) {
                conflicts.incrementAndGet();
              }
          }
          return null;
        });
    assertThat(conflicts).hasValue(4 * 30);
    assertThat(log.head().position()).isEqualTo(1 + 4 * 30);
  }

  @Test
  void reading_can_be_narrowed_to_a_case_a_stream_and_kinds() {
    append("case/2026-0001", 0, registered("a"));
    append("case/2026-0001/note/x", 0, new NoteOpened("x", "n", "joint", null, List.of(), null));
    append("case/2026-0001/note/x", 1, new Typed(List.of()));
    append("case/2026-0002", 0, registered("b"));
    append("calendar", 0, new SessionCancelled("s", "2026-0001", "ill"));
    assertThat(positions(Which.about("2026-0001"))).containsExactly(1L, 2L, 3L, 5L);
    assertThat(positions(Which.about("2026-0001").but("typed"))).containsExactly(1L, 2L, 5L);
    assertThat(positions(Which.about("2026-0001").only("registered"))).containsExactly(1L);
    assertThat(positions(Which.stream("case/2026-0001"))).containsExactly(1L);
    assertThat(positions(Which.stream("case/2026-0001/"))).containsExactly(2L, 3L);
    assertThat(positions(Which.stream("case/2026-0009"))).isEmpty();
  }

  List<Long> positions(Which which) {
    try (var entries = log.read(which, 0)) {
      return entries.map(Entry::position).toList();
    }
  }

  @Test
  void the_chain_is_the_one_of_the_design_and_holds() throws Exception {
    append("case/2026-0001", 0, registered("a", wang()));
    var typed = append("case/2026-0001/note/x", 0, contact("b"));
    var head = log.verify(null, _ -> {});
    assertThat(head).isEqualTo(log.head());
    assertThat(head.hash()).isEqualTo(typed.hash());
    assertThat(log.verify(new Head(1, all().getFirst().hash()), _ -> {})).isEqualTo(head);
    assertThatThrownBy(() -> log.verify(new Head(9, new byte[32]), _ -> {}))
        .isInstanceOf(EventLog.Broken.class)
        .hasMessageContaining("cut off");
  }

  /** DESIGN's formula, written a second time. */
  static byte[] step(
      byte[] previous,
      Entry e,
      String type,
      byte[] payloadDigest,
      List<String> parties,
      List<byte[]> personalDigests)
      throws Exception {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.write(previous);
    out.writeLong(e.position());
    text(out, e.stream());
    out.writeLong(e.version());
    out.writeLong(e.at().getEpochSecond() * 1_000_000 + e.at().getNano() / 1_000);
    text(out, e.by());
    text(out, e.about());
    text(out, e.once());
    text(out, type);
    out.write(payloadDigest);
    for (var i = 0; i < parties.size(); i++) {
      text(out, parties.get(i));
      out.write(personalDigests.get(i));
    }
    return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
  }

  private static void text(DataOutputStream out, @Nullable String text) throws IOException {
    var bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  @Test
  void erasing_a_party_takes_the_particulars_and_keeps_position_and_chain() {
    append("case/2026-0001", 0, registered("a", wang()));
    append(
        "case/2026-0001", 1, new Corrected("phone", "p1", "139 0000 4417", "139 0000 1", "typo"));
    log.erase("case/2026-0001", 2, "p1", "by law", "director");
    var entries = all();
    assertThat(((Registered) entries.get(0).event()).parties().getFirst().person()).isNull();
    assertThat(((Corrected) entries.get(1).event()).is()).isNull();
    assertThat(entries.get(2).event()).isEqualTo(new Erased("case/2026-0001", 2, "p1", "by law"));
    assertThat(log.verify(null, _ -> {})).isEqualTo(log.head());
  }

  @Test
  void erasing_a_stream_takes_what_it_said() {
    append("case/2026-0001", 0, registered("secret", wang()));
    log.erase("case/2026-0001", 1, null, "by law", "director");
    assertThat(all().getFirst().event()).isEqualTo(new Emptied("registered"));
    assertThat(log.verify(null, _ -> {}).position()).isEqualTo(2);
    append("case/2026-0001", 2, contact("goes on"));
  }

  @Test
  void a_kind_of_a_newer_program_loads_and_makes_its_stream_read_only() {
    append("case/2026-0001", 0, new Unknown("teleported", "{\"to\":\"hall 9\"}"));
    assertThat(all().getFirst().event())
        .isEqualTo(new Unknown("teleported", "{\"to\":\"hall 9\"}"));
    assertThatThrownBy(() -> append("case/2026-0001", 1, contact("x")))
        .isInstanceOf(ReadOnlyStream.class);
    append("case/2026-0002", 0, contact("others go on"));
  }

  @Test
  void keep_forgets_in_time_and_survives_reopening() {
    var now = Instant.parse("2026-11-24T08:00:00Z");
    var clock = new java.util.concurrent.atomic.AtomicReference<>(now);
    log.close();
    log = open(dir, clock::get);
    log.keep().put("draft", "clerk", "half a sentence", now.plusSeconds(60));
    log.keep().put("token", "a", "clerk", null);
    assertThat(log.keep().get("draft", "clerk")).contains("half a sentence");
    assertThat(log.keep().putIfAbsent("draft", "clerk", "other", null)).contains("half a sentence");
    clock.set(now.plusSeconds(61));
    assertThat(log.keep().get("draft", "clerk")).isEmpty();
    assertThat(log.keep().putIfAbsent("draft", "clerk", "other", null)).isEmpty();
    log.close();
    log = open(dir, clock::get);
    assertThat(log.keep().get("draft", "clerk")).contains("other");
    assertThat(log.keep().all("token", "").map(Keep.Kept::value)).containsExactly("clerk");
    log.keep().drop("token", "a");
    assertThat(log.keep().get("token", "a")).isEmpty();
  }

  @Test
  void one_of_eight_puts_what_was_absent() throws Exception {
    var won = new AtomicInteger();
    together(
        8,
        () -> {
          if (log.keep().putIfAbsent("s", "k", Thread.currentThread().getName(), null).isEmpty())
            won.incrementAndGet();
          return null;
        });
    assertThat(won).hasValue(1);
  }

  @Test
  void random_work_of_many_reads_back_as_it_was_acknowledged() throws Exception {
    var acknowledged = Collections.synchronizedList(new ArrayList<Entry>());
    var n = new AtomicInteger();
    together(
        6,
        () -> {
          var me = n.incrementAndGet();
          var random = new Random(me);
          for (var i = 0; i < 60; i++) {
            var stream = "case/2026-%04d".formatted(random.nextInt(5));
            try {
              var facts = new ArrayList<Fact>();
              var version = log.version(stream);
              for (var k = 0; k <= random.nextInt(3); k++)
                facts.add(new Fact(stream, version + k, contact(me + "/" + i + "/" + k), "o" + me));
              acknowledged.addAll(log.append(facts));
            } catch (Conflict e) {
              i--; // somebody was faster: again
            }
          }
          return null;
        });
    acknowledged.sort(java.util.Comparator.comparingLong(Entry::position));
    assertThat(all()).isEqualTo(acknowledged);
    assertThat(log.verify(null, _ -> {}).position()).isEqualTo(acknowledged.size());
  }

  /** Runs something on several threads from one starting shot. */
  static void together(int threads, Callable<@Nullable Void> work) throws Exception {
    try (var pool = Executors.newFixedThreadPool(threads)) {
      var shot = new CountDownLatch(1);
      var running = new ArrayList<java.util.concurrent.Future<?>>();
      for (var t = 0; t < threads; t++)
        running.add(
            pool.submit(() -> {
              shot.await();
              return work.call();
            }));
      shot.countDown();
      for (var r : running) r.get(60, TimeUnit.SECONDS);
    }
  }
}
