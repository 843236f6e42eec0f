package org.onedoor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onedoor.event.Entry;
import org.onedoor.event.Event;
import org.onedoor.event.Event.*;
import org.onedoor.event.EventSamples;
import org.onedoor.event.Party;
import org.onedoor.event.Person;

/** What every log must hold, whatever database is under it. */
abstract class EventLogContract {
  static final String CASE = "case/2026-0001";

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

  void reopen() {
    log.close();
    log = open(dir, InstantSource.system());
  }

  static Event contact(String words) {
    return new Contact("c", "visit", words, null);
  }

  static Registered registered(String title, Party... parties) {
    return new Registered(
        title, "words", null, null, "visit", null, List.of(parties), List.of(), null, null, null);
  }

  static Party party(String id, String name) {
    var person = new Person(name, null, "139 0000 4417", "310 101", "18 Willow Lane");
    return new Party(id, "petitioner", "person", person);
  }

  Entry append(String stream, int version, Event event) {
    return log.append(new Fact(stream, version, event, "clerk"));
  }

  List<Entry> read(Which which, long after) {
    try (var entries = log.read(which, after)) {
      return entries.toList();
    }
  }

  List<Entry> all() {
    return read(Which.all(), 0);
  }

  List<Long> positions(Which which) {
    return read(which, 0).stream().map(Entry::position).toList();
  }

  static List<Long> upTo(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  /** Entries alike in everything, what happened included: Entry itself only compares its place. */
  static void assertSame(List<Entry> some, List<Entry> others) {
    assertThat(some).usingRecursiveFieldByFieldElementComparator().isEqualTo(others);
  }

  // ---- appending ----

  @Test
  void every_kind_of_event_is_read_back_as_it_was_written_also_after_reopening() {
    var written = new ArrayList<Entry>();
    for (var event : EventSamples.all().values()) written.add(append(CASE, written.size(), event));
    assertSame(all(), written);
    reopen();
    assertSame(all(), written);
    assertThat(all().stream().map(Entry::event))
        .containsExactlyElementsOf(EventSamples.all().values());
    assertThat(log.version(CASE)).isEqualTo(written.size());
    assertThat(log.head()).isEqualTo(new Head(written.size(), written.getLast().hash()));
  }

  @Test
  void an_entry_tells_who_when_about_which_case_and_under_which_key() {
    var at = Instant.parse("2026-11-24T08:00:00.123456789Z");
    log.close();
    log = open(dir, () -> at);
    log.append(new Fact(CASE + "/note/x", 0, contact("a"), "labour", "labour:key"));
    log.append(new Fact("calendar", 0, new SessionCancelled("s", "2026-0009", "ill"), "wang"));
    log.append(new Fact("people", 0, contact("b"), "admin"));
    var entries = all();
    assertThat(entries)
        .extracting(Entry::stream)
        .containsExactly(CASE + "/note/x", "calendar", "people");
    assertThat(entries).extracting(Entry::version).containsOnly(1);
    assertThat(entries).extracting(Entry::by).containsExactly("labour", "wang", "admin");
    assertThat(entries).extracting(Entry::about).containsExactly("2026-0001", "2026-0009", null);
    assertThat(entries).extracting(Entry::once).containsExactly("labour:key", null, null);
    assertThat(entries)
        .extracting(Entry::at)
        .containsOnly(Instant.parse("2026-11-24T08:00:00.123456Z"));
  }

  @Test
  void rare_letters_survive_everywhere() {
    var odd = "䶮 𠮷 🙂 'quote' \"double\" \\ % _ \u202e tab\t";
    var fact = new Fact("case/" + odd, 0, registered(odd, party(odd, odd)), odd, odd);
    var written = log.append(fact);
    reopen();
    assertSame(all(), List.of(written));
    assertThat(all().getFirst().event()).isEqualTo(fact.event());
    assertThat(read(Which.stream("case/" + odd), 0)).hasSize(1);
    assertThat(read(Which.about(odd), 0)).hasSize(1);
    assertThat(log.once(odd)).contains(written);
    assertThat(log.verify(null, _ -> {})).isEqualTo(log.head());
  }

  @Test
  void half_a_surrogate_pair_gets_in_nowhere_and_harms_nobody() {
    var half = "a\ud842";
    var bad =
        List.of(
            new Fact(CASE, 0, contact(half), "clerk"),
            new Fact(CASE, 0, registered("a", party("p1", half)), "clerk"),
            new Fact(CASE, 0, registered("a", party(half, "Wang")), "clerk"),
            new Fact("case/" + half, 0, contact("a"), "clerk"),
            new Fact(CASE, 0, contact("a"), half),
            new Fact(CASE, 0, contact("a"), "clerk", half),
            new Fact("calendar", 0, new SessionCancelled("s", half, "ill"), "clerk"),
            new Fact(CASE, 0, new Unknown(half, "{}"), "clerk"),
            new Fact(CASE, 0, new Unknown("x", half), "clerk"));
    for (var fact : bad)
      assertThatThrownBy(() -> log.append(fact)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> append(CASE, 0, new Emptied("registered")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> log.append(List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThat(append(CASE, 0, contact("good")).position()).isEqualTo(1);
  }

  @Test
  void eight_writers_race_for_one_version_and_one_wins() throws Exception {
    for (var round = 1; round <= 20; round++) {
      var stream = "case/2026-%04d".formatted(round);
      var won = new AtomicInteger();
      Together.run(
          8,
          me -> {
            try {
              append(stream, 0, contact("mine " + me));
              won.incrementAndGet();
            } catch (Conflict e) {
              assertThat(e.stream()).isEqualTo(stream);
            }
          });
      assertThat(won).hasValue(1);
      assertThat(log.version(stream)).isEqualTo(1);
    }
  }

  @Test
  void positions_have_no_hole_under_concurrent_streams() throws Exception {
    Together.run(
        8,
        me -> {
          for (var v = 0; v < 50; v++) append("case/2026-000" + me, v, contact("visit " + v));
        });
    assertThat(positions(Which.all())).isEqualTo(upTo(1, 400));
    for (var s = 0; s < 8; s++)
      assertThat(read(Which.stream("case/2026-000" + s), 0))
          .extracting(Entry::version)
          .isEqualTo(IntStream.rangeClosed(1, 50).boxed().toList());
  }

  @Test
  void a_list_stands_whole_or_not_at_all_and_a_failed_one_undoes_its_heads() {
    assertThatThrownBy(() ->
            log.append(
                List.of(
                    new Fact(CASE, 0, registered("a"), "clerk", "key"),
                    new Fact(CASE, 1, contact("b"), "clerk"),
                    new Fact("case/2026-0002", 5, contact("c"), "clerk"))))
        .isInstanceOf(Conflict.class);
    assertThat(log.head()).isEqualTo(Head.EMPTY);
    assertThat(log.version(CASE)).isZero();
    assertThat(log.once("key")).isEmpty();
    var entries =
        log.append(
            List.of(
                new Fact(CASE, 0, registered("a"), "clerk", "key"),
                new Fact(CASE, 1, contact("b"), "clerk")));
    assertThat(entries).extracting(Entry::position).containsExactly(1L, 2L);
  }

  @Test
  void what_was_decided_on_another_stream_too_stands_only_while_that_stands_still() {
    append(CASE, 0, registered("a"));
    var decided = new Fact("calendar", 0, contact("b"), "clerk", "key").given(CASE, 1);
    append(CASE, 1, contact("meanwhile"));
    assertThatThrownBy(() -> log.append(decided)).isInstanceOf(Conflict.class);
    assertThat(log.version("calendar")).isZero();
    assertThat(log.once("key")).isEmpty();
    // what stands before it in the same list counts
    var both = List.of(new Fact(CASE, 2, contact("c"), "clerk"), decided.given(CASE, 3));
    assertThat(log.append(both)).extracting(Entry::position).containsExactly(3L, 4L);
    append(CASE, 3, contact("d"));
    assertThat(log.append(decided).position()).as("the same key again").isEqualTo(4);
  }

  @Test
  void a_long_list_stands_next_to_each_other_in_its_order() throws Exception {
    var many = new AtomicReference<List<Entry>>();
    Together.run(
        4,
        me -> {
          if (me > 0) {
            for (var v = 0; v < 100; v++) append("case/2026-000" + me, v, contact("" + v));
            return;
          }
          var facts = new ArrayList<Fact>();
          for (var v = 0; v < 5_000; v++)
            facts.add(new Fact("people", v, contact("" + v), "clerk", "import:" + v));
          many.set(log.append(facts));
        });
    var first = many.get().getFirst().position();
    assertThat(many.get()).extracting(Entry::position).isEqualTo(upTo(first, first + 4_999));
    assertSame(read(Which.stream("people"), 0), many.get());
    assertThat(log.head().position()).isEqualTo(5_300);
  }

  @Test
  void who_conflicts_in_a_crowd_harms_nobody_else() throws Exception {
    append("case/2026-0999", 0, registered("taken"));
    var conflicts = new AtomicInteger();
    Together.run(
        8,
        me -> {
          for (var v = 0; v < 30; v++)
            if (me % 2 == 0) append("case/2026-000" + me, v, contact("" + v));
            else
              try {
                append("case/2026-0999", 0, contact("late"));
              } catch (Conflict e) {
                conflicts.incrementAndGet();
              }
        });
    assertThat(conflicts).hasValue(4 * 30);
    assertThat(log.head().position()).isEqualTo(1 + 4 * 30);
  }

  @Test
  void random_work_of_many_reads_back_as_it_was_acknowledged() throws Exception {
    var acknowledged = Collections.synchronizedList(new ArrayList<Entry>());
    Together.run(
        6,
        me -> {
          var random = new Random(me);
          for (var i = 0; i < 60; ) {
            var stream = "case/2026-%04d".formatted(random.nextInt(5));
            var facts = new ArrayList<Fact>();
            var version = log.version(stream);
            for (var k = 0; k <= random.nextInt(3); k++)
              facts.add(new Fact(stream, version + k, contact(me + "/" + i + "/" + k), "o" + me));
            try {
              acknowledged.addAll(log.append(facts));
              i++;
            } catch (Conflict e) {
              // somebody was faster: again
            }
          }
        });
    acknowledged.sort(Comparator.comparingLong(Entry::position));
    assertSame(all(), acknowledged);
    assertThat(log.verify(null, _ -> {}).position()).isEqualTo(acknowledged.size());
  }

  @Test
  void who_is_interrupted_while_waiting_still_hears_how_it_went() throws Exception {
    var interrupted = new AtomicInteger();
    Together.run(
        8,
        me -> {
          for (var v = 0; v < 20; v++) {
            Thread.currentThread().interrupt();
            append("case/2026-000" + me, v, contact("" + v));
            if (Thread.interrupted()) interrupted.incrementAndGet();
          }
        });
    assertThat(interrupted).hasValue(8 * 20);
    assertThat(positions(Which.all())).isEqualTo(upTo(1, 160));
  }

  // ---- once ----

  @Test
  void under_a_key_the_first_entry_comes_back() {
    var fact = new Fact(CASE, 0, registered("a"), "clerk", "clerk:k1");
    var first = log.append(fact);
    assertSame(List.of(log.append(fact)), List.of(first));
    assertThat(log.append(new Fact("case/2026-0002", 7, contact("b"), "other", "clerk:k1")))
        .isEqualTo(first);
    assertThat(log.once("clerk:k1")).contains(first);
    assertThat(log.once("clerk:k2")).isEmpty();
    assertThat(log.done(List.of("clerk:k2", "clerk:k1", "clerk:k"))).containsExactly("clerk:k1");
    assertThat(log.head().position()).isEqualTo(1);
    reopen();
    assertSame(List.of(log.append(fact)), List.of(first));
  }

  @Test
  void a_key_twice_in_one_list_counts_once_and_new_facts_stand_beside_known_ones() {
    var a = new Fact(CASE, 0, contact("a"), "clerk", "k1");
    var entries = log.append(List.of(a, a, new Fact(CASE, 1, contact("b"), "clerk", "k2")));
    assertThat(entries).extracting(Entry::position).containsExactly(1L, 1L, 2L);
    var more = log.append(List.of(a, new Fact(CASE, 2, contact("c"), "clerk", "k3")));
    assertThat(more).extracting(Entry::position).containsExactly(1L, 3L);
  }

  @Test
  void eight_who_bring_the_same_key_at_once_get_the_same_entry() throws Exception {
    for (var round = 0; round < 20; round++) {
      var key = "race " + round;
      Set<Entry> got = ConcurrentHashMap.newKeySet();
      Together.run(
          8, me -> got.add(log.append(new Fact(key + "/" + me, 0, contact("" + me), "c", key))));
      assertThat(got).hasSize(1);
    }
    assertThat(log.head().position()).isEqualTo(20);
  }

  // ---- reading ----

  @Test
  void reading_can_be_narrowed_to_a_case_a_stream_and_kinds() {
    append(CASE, 0, registered("a"));
    append(CASE + "/note/x", 0, new NoteOpened("x", "n", "joint", null, List.of(), null));
    append(CASE + "/note/x", 1, new Typed(List.of()));
    append("case/2026-0002", 0, registered("b"));
    append("calendar", 0, new SessionCancelled("s", "2026-0001", "ill"));
    append(CASE + "/note/a", 0, new NoteOpened("a", "n", "joint", null, List.of(), null));
    append("case/2026-00010", 0, registered("c"));
    assertThat(positions(Which.about("2026-0001"))).containsExactly(1L, 2L, 3L, 5L, 6L);
    assertThat(positions(Which.about("2026-0001").but("typed"))).containsExactly(1L, 2L, 5L, 6L);
    assertThat(positions(Which.about("2026-0001").only("registered", "session_cancelled")))
        .containsExactly(1L, 5L);
    assertThat(positions(Which.about("2026-0001").only("never"))).isEmpty();
    assertThat(positions(Which.about("2026-0009"))).isEmpty();
    assertThat(positions(Which.stream(CASE))).containsExactly(1L);
    assertThat(positions(Which.stream(CASE + "/"))).containsExactly(2L, 3L, 6L);
    assertThat(positions(Which.stream(CASE + "/").only("note_opened"))).containsExactly(2L, 6L);
    assertThat(positions(Which.stream(CASE + "/note/x").but("note_opened"))).containsExactly(3L);
    assertThat(positions(Which.stream("case/"))).containsExactly(1L, 2L, 3L, 4L, 6L, 7L);
    assertThat(positions(Which.stream("case/2026-0009"))).isEmpty();
    assertThat(positions(Which.all().only("registered"))).containsExactly(1L, 4L, 7L);
    assertThat(read(Which.about("2026-0001"), 2)).extracting(Entry::position).startsWith(3L);
    assertThat(read(Which.stream(CASE + "/note/x"), 2)).hasSize(1);
    assertThat(read(Which.stream(CASE + "/"), 3)).hasSize(1);
    assertThat(read(Which.all(), 7)).isEmpty();
  }

  @Test
  void long_streams_are_read_whole_and_in_order_however_they_are_asked_for() {
    var facts = new ArrayList<Fact>();
    for (var v = 0; v < 1_300; v++)
      for (var s = 0; s < 3; s++)
        facts.add(new Fact("case/2026-0001/note/" + s, v, contact(v + "/" + s), "clerk"));
    var entries = log.append(facts);
    assertSame(read(Which.about("2026-0001"), 0), entries);
    assertSame(read(Which.stream("case/2026-0001/"), 0), entries);
    assertSame(read(Which.stream("case/"), 0), entries);
    assertSame(
        read(Which.stream("case/2026-0001/note/1"), 100),
        entries.stream().filter(e -> e.position() > 100 && e.stream().endsWith("/1")).toList());
  }

  @Test
  void the_streams_of_many_cases_are_read_in_order() {
    var facts = new ArrayList<Fact>();
    for (var v = 0; v < 10; v++)
      for (var s = 0; s < 120; s++)
        facts.add(new Fact("case/2026-0%03d".formatted(s), v, contact(""), "clerk"));
    log.append(facts);
    append("calendar", 0, contact("not a case"));
    assertThat(positions(Which.stream("case/"))).isEqualTo(upTo(1, 1_200));
  }

  @Test
  void reading_ends_where_the_log_ended_when_it_began() {
    for (var v = 0; v < 3; v++) append(CASE, v, contact("" + v));
    try (var entries = log.read(Which.all(), 0)) {
      var seen = entries.peek(e -> append(CASE, log.version(CASE), contact("more"))).toList();
      assertThat(seen).extracting(Entry::position).containsExactly(1L, 2L, 3L);
    }
    assertThat(log.head().position()).isEqualTo(6);
  }

  // ---- following ----

  @Test
  void followers_from_any_position_come_through_catch_up_to_live_under_load() throws Exception {
    for (var v = 0; v < 700; v++) append("people", v, contact("" + v));
    var followers = new ArrayList<Follower>();
    for (var start : List.of(0L, 1L, 499L, 500L, 699L, 700L))
      followers.add(new Follower(log, start));
    Together.run(
        4,
        me -> {
          for (var v = 0; v < 200; v++) {
            append("case/2026-000" + me, v, contact("" + v));
            if (v % 50 == me) // and some begin in the middle of it
            synchronized (followers) {
                followers.add(new Follower(log, log.head().position()));
                followers.add(new Follower(log, log.head().position() - 600));
              }
          }
        });
    var all = all();
    assertThat(all).hasSize(1_500);
    for (var follower : followers) {
      follower.await(1_500);
      assertSame(follower.seen(), all.subList((int) follower.after, 1_500));
      follower.close();
    }
  }

  @Test
  void a_follower_that_falls_far_behind_misses_nothing() throws Exception {
    var go = new CountDownLatch(1);
    var slow = new Follower(log, 0, _ -> go.await());
    var quick = new Follower(log, 0);
    for (var k = 0; k < 10; k++) {
      var facts = new ArrayList<Fact>();
      for (var v = 0; v < 500; v++) facts.add(new Fact("people", k * 500 + v, contact(""), "c"));
      log.append(facts);
    }
    quick.await(5_000); // the slow one holds up nobody
    go.countDown();
    append("people", 5_000, contact("live again"));
    slow.await(5_001);
    assertThat(slow.seen()).extracting(Entry::position).isEqualTo(upTo(1, 5_001));
    slow.close();
    quick.close();
  }

  @Test
  void a_follower_that_fails_on_an_entry_is_given_the_next() throws Exception {
    var follower =
        new Follower(
            log,
            0,
            e -> {
              if (e.position() == 2) throw new IllegalStateException("on purpose, for a test");
              if (e.position() == 3) throw new AssertionError("on purpose, for a test");
            });
    for (var v = 0; v < 4; v++) append(CASE, v, contact("" + v));
    follower.await(4);
    assertThat(follower.seen()).extracting(Entry::position).containsExactly(1L, 2L, 3L, 4L);
    follower.close();
  }

  @Test
  void after_closing_a_follower_is_given_nothing_more() throws Exception {
    var follower = new Follower(log, 0);
    append(CASE, 0, contact("a"));
    follower.await(1);
    follower.close();
    var other = new Follower(log, 0);
    for (var v = 1; v < 50; v++) append(CASE, v, contact("" + v));
    other.await(50);
    assertThat(follower.seen()).hasSize(1);
    other.close();
  }

  @Test
  void a_follower_may_close_itself() throws Exception {
    var own = new AtomicReference<Following>();
    var seen = new AtomicInteger();
    own.set(
        log.follow(
            0,
            _ -> {
              seen.incrementAndGet();
              own.get().close();
            }));
    var other = new Follower(log, 0);
    for (var v = 0; v < 20; v++) append(CASE, v, contact("" + v));
    other.await(20);
    assertThat(seen).hasValue(1);
    other.close();
  }

  // ---- erasing ----

  @Test
  void erasing_a_party_takes_its_particulars_and_keeps_everything_else() {
    append(CASE, 0, registered("a", party("p1", "Wang"), party("p2", "Li")));
    append(CASE, 1, new Corrected("phone", "p1", "139 0000 4417", "139 0000 1", "typo"));
    append(CASE, 2, new PartyAdded(party("p3", "Zhao")));
    append(CASE, 3, new Corrected("phone", "p1", "139 0000 1", "139 0000 2", "typo"));
    var before = all();
    log.erase(CASE, 3, "p1", "by law", "director");
    var after = all();
    var parties = ((Registered) after.get(0).event()).parties();
    assertThat(parties.get(0)).isEqualTo(new Party("p1", "petitioner", "person", null));
    assertThat(parties.get(1)).isEqualTo(party("p2", "Li"));
    assertThat(after.get(1).event()).isEqualTo(new Corrected("phone", "p1", null, null, "typo"));
    assertSame(after.subList(2, 4), before.subList(2, 4)); // another party; beyond the version
    assertThat(after.get(4).event()).isEqualTo(new Erased(CASE, 3, "p1", "by law"));
    assertThat(after.get(4).by()).isEqualTo("director");
    assertThat(after.get(4).about()).isEqualTo("2026-0001");
    assertThat(after.subList(0, 4)).isEqualTo(before); // place and hash
    assertThat(log.version(CASE)).isEqualTo(5);
    assertThat(log.verify(null, _ -> {})).isEqualTo(log.head());
    reopen();
    assertSame(all(), after);
  }

  @Test
  void erasing_a_stream_takes_what_it_said_but_not_that_it_was_erased() throws Exception {
    append(CASE, 0, registered("secret", party("p1", "Wang")));
    append("case/2026-0002", 0, registered("other"));
    var follower = new Follower(log, 2);
    log.erase(CASE, 9, null, "by law", "director");
    append(CASE, 2, contact("goes on"));
    log.erase(CASE, 3, null, "by law again", "director");
    assertThat(all())
        .extracting(Entry::event)
        .containsExactly(
            new Emptied("registered"),
            registered("other"),
            new Erased(CASE, 1, null, "by law"),
            new Emptied("contact"),
            new Erased(CASE, 3, null, "by law again"));
    assertThat(log.verify(null, _ -> {}).position()).isEqualTo(5);
    follower.await(5);
    assertThat(follower.seen()).extracting(Entry::position).containsExactly(3L, 4L, 5L);
    follower.close();
  }

  @Test
  void erasing_what_is_gone_already_says_nothing_twice() {
    append(CASE, 0, registered("a", party("p1", "Wang")));
    log.erase(CASE, 1, "p1", "by law", "director");
    log.erase(CASE, 1, "p1", "by law", "director");
    log.erase(CASE, 1, "nobody", "by law", "director");
    assertThat(log.head().position()).isEqualTo(2);
  }

  @Test
  void what_is_restated_is_read_in_its_place_and_its_old_words_are_gone() throws Exception {
    append(CASE, 0, registered("Wang against the mill", party("p1", "Wang"), party("p2", "Li")));
    append(CASE, 1, contact("Wang came again"));
    append(CASE, 2, contact("somebody else came"));
    var before = all();
    var follower = new Follower(log, 3);
    var restated = new TreeMap<Integer, Event>();
    restated.put(1, registered("A worker against the mill", party("p1", ""), party("p2", "")));
    restated.put(2, contact("the worker came again"));
    log.erase(List.of(new Erasure(CASE, 3, "p1", null, restated, "by law", 3)), "director");
    for (var round = 0; round < 2; round++) {
      var after = all();
      var told = (Registered) after.getFirst().event();
      assertThat(told.title()).isEqualTo("A worker against the mill");
      assertThat(told.parties().get(0).name()).isNull();
      assertThat(told.parties().get(1)).isEqualTo(party("p2", "Li"));
      assertThat(after.get(1).event()).isEqualTo(contact("the worker came again"));
      assertSame(after.subList(2, 3), before.subList(2, 3));
      assertThat(after.subList(0, 3)).as("place and hash").isEqualTo(before);
      assertThat(after.getLast().event())
          .isEqualTo(new Erased(CASE, 3, "p1", "by law", List.of(1, 2), null));
      assertThat(read(Which.about("2026-0001").only("registered"), 0).getFirst().event())
          .isEqualTo(told);
      assertThat(log.verify(null, _ -> {})).isEqualTo(log.head());
      reopen();
    }
    follower.close();
  }

  @Test
  void what_was_restated_can_be_restated_again_and_erased_at_last() {
    append(CASE, 0, registered("Wang against Li", party("p1", "Wang"), party("p2", "Li")));
    var once = new TreeMap<Integer, Event>(Map.of(1, registered("Somebody against Li")));
    log.erase(List.of(new Erasure(CASE, 1, "p1", null, once, "by law", -1)), "director");
    var twice = new TreeMap<Integer, Event>(Map.of(1, registered("Somebody against another")));
    log.erase(
        List.of(new Erasure(CASE, log.version(CASE), "p2", null, twice, "by law", -1)), "director");
    assertThat(((Registered) all().getFirst().event()).title())
        .isEqualTo("Somebody against another");
    assertThat(all().get(1).event())
        .as("what it said in between")
        .isEqualTo(new Emptied("restated"));
    assertThat(log.verify(null, _ -> {})).isEqualTo(log.head());
    log.erase(CASE, log.version(CASE), null, "by law", "director");
    assertThat(all().getFirst().event()).isEqualTo(new Emptied("registered"));
    assertThat(log.verify(null, _ -> {})).isEqualTo(log.head());
  }

  @Test
  void single_entries_of_a_shared_stream_are_restated_and_the_others_stay() {
    append("calendar", 0, new SessionCancelled("s1", "2026-0001", "Wang is ill"));
    append("calendar", 1, new SessionCancelled("s2", "2026-0002", "Wang is ill"));
    var restated =
        new TreeMap<Integer, Event>(Map.of(1, new SessionCancelled("s1", "2026-0001", "ill")));
    log.erase(
        List.of(new Erasure("calendar", 0, null, "2026-0001", restated, "by law", -1)), "director");
    var about = read(Which.about("2026-0001"), 0);
    assertThat(about.getFirst().event()).isEqualTo(restated.get(1));
    assertThat(about.getLast().event()).isInstanceOf(Erased.class);
    assertThat(read(Which.about("2026-0002"), 0))
        .extracting(Entry::event)
        .containsExactly(new SessionCancelled("s2", "2026-0002", "Wang is ill"));
    assertThat(log.verify(null, _ -> {})).isEqualTo(log.head());
  }

  @Test
  void an_erasure_that_was_decided_on_what_has_changed_since_erases_nothing() {
    append(CASE, 0, registered("a", party("p1", "Wang")));
    append("calendar", 0, new SessionCancelled("s1", "2026-0001", "ill"));
    var all =
        List.of(
            new Erasure("calendar", 1, null, "2026-0001", new TreeMap<>(), "by law", 1),
            new Erasure(CASE, 1, "p1", null, new TreeMap<>(), "by law", 1));
    append(CASE, 1, contact("meanwhile"));
    assertThatThrownBy(() -> log.erase(all, "director")).isInstanceOf(Conflict.class);
    assertThat(log.head().position()).isEqualTo(3);
    assertThat(all().get(1).event()).isEqualTo(new SessionCancelled("s1", "2026-0001", "ill"));
  }

  // ---- the chain ----

  @Test
  void the_chain_holds_and_a_head_from_outside_lies_on_it() {
    append(CASE, 0, registered("a", party("p1", "Wang")));
    var last = append(CASE + "/note/x", 0, contact("b"));
    var head = log.verify(null, _ -> {});
    assertThat(head).isEqualTo(log.head()).isEqualTo(new Head(2, last.hash()));
    assertThat(Head.parse(head.toString())).isEqualTo(head);
    assertThat(log.verify(head, _ -> {})).isEqualTo(head);
    assertThat(log.verify(Head.EMPTY, _ -> {})).isEqualTo(head);
    assertThat(log.verify(new Head(1, all().getFirst().hash()), _ -> {})).isEqualTo(head);
    assertBroken(1, () -> log.verify(new Head(1, last.hash()), _ -> {}));
    assertBroken(3, () -> log.verify(new Head(9, last.hash()), _ -> {}));
  }

  static void assertBroken(long position, Runnable verify) {
    assertThatThrownBy(verify::run)
        .isInstanceOfSatisfying(
            EventLog.Broken.class, e -> assertThat(e.position()).isEqualTo(position));
  }

  // ---- a newer program ----

  @Test
  void a_kind_of_a_newer_program_loads_and_makes_its_stream_read_only() {
    var strange = new Unknown("teleported", "{\"to\":\"hall 9\"}");
    log.append(
        List.of(
            new Fact(CASE, 0, registered("a"), "clerk"),
            new Fact(CASE, 1, strange, "clerk"),
            new Fact(CASE, 2, contact("the newer program also knows the old kinds"), "clerk")));
    for (var round = 0; round < 2; round++) {
      assertThat(all().get(1).event()).isEqualTo(strange);
      assertThatThrownBy(() -> append(CASE, 3, contact("x"))).isInstanceOf(ReadOnlyStream.class);
      assertThatThrownBy(() -> log.erase(CASE, 3, null, "by law", "director"))
          .isInstanceOf(ReadOnlyStream.class);
      append("case/2026-0002", round, contact("others go on"));
      reopen();
    }
    assertThat(log.version(CASE)).isEqualTo(3);
  }

  // ---- keep ----

  @Test
  void keep_forgets_in_time() {
    var now = Instant.parse("2026-11-24T08:00:00Z");
    var clock = new AtomicReference<>(now);
    log.close();
    log = open(dir, clock::get);
    var keep = log.keep();
    keep.put("draft", "clerk", "half a sentence", now.plusSeconds(60));
    keep.put("draft", "clerk2", "another", null);
    assertThat(keep.get("draft", "clerk")).contains("half a sentence");
    assertThat(keep.putIfAbsent("draft", "clerk", "other", null)).contains("half a sentence");
    clock.set(now.plusSeconds(60));
    assertThat(keep.get("draft", "clerk")).isEmpty();
    assertThat(keep.all("draft", "")).extracting(Keep.Kept::key).containsExactly("clerk2");
    assertThat(keep.putIfAbsent("draft", "clerk", "other", now.plusSeconds(90))).isEmpty();
    assertThat(keep.get("draft", "clerk")).contains("other");
  }

  @Test
  void keep_survives_reopening_and_lists_by_the_beginning_of_keys() {
    var until = Instant.parse("2126-11-24T08:00:00Z");
    log.keep().put("s", "a/1", "one", null);
    log.keep().put("s", "a/2", "zwei 𠮷 🙂 \u0000 end", until);
    log.keep().put("s", "b/1", "three", null);
    log.keep().put("t", "a/3", "four", null);
    log.keep().put("s", "a/1", "one again", null);
    reopen();
    assertThat(log.keep().all("s", "a/"))
        .containsExactly(
            new Keep.Kept("s", "a/1", "one again", null),
            new Keep.Kept("s", "a/2", "zwei 𠮷 🙂 \u0000 end", until));
    assertThat(log.keep().all("s", "")).hasSize(3);
    log.keep().drop("s", "a/1");
    log.keep().drop("s", "never there");
    assertThat(log.keep().get("s", "a/1")).isEmpty();
    assertThat(log.keep().all("s", "a/")).hasSize(1);
    assertThatThrownBy(() -> log.keep().put("s", "k", "\udc00", null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(log.head()).as("none of this is a fact").isEqualTo(Head.EMPTY);
  }

  @Test
  void one_of_eight_puts_what_was_absent() throws Exception {
    for (var round = 0; round < 10; round++) {
      var key = "k" + round;
      var won = new AtomicReference<String>();
      Set<String> told = ConcurrentHashMap.newKeySet();
      Together.run(
          8,
          me ->
              log.keep()
                  .putIfAbsent("s", key, "by " + me, null)
                  .ifPresentOrElse(
                      told::add, () -> assertThat(won.getAndSet("by " + me)).isNull()));
      assertThat(told).containsExactly(won.get());
      assertThat(log.keep().get("s", key)).contains(won.get());
    }
  }

  // ---- the end ----

  @Test
  void a_closed_log_says_so() {
    append(CASE, 0, contact("a"));
    log.writable();
    log.close();
    assertThatThrownBy(() -> append(CASE, 1, contact("b"))).isInstanceOf(Unavailable.class);
    assertThatThrownBy(this::all).isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> log.writable()).isInstanceOf(Unavailable.class);
  }

  /** Follows and remembers what it was given. */
  static final class Follower implements AutoCloseable {
    final long after;
    private final List<Entry> seen = new ArrayList<>();
    private final Following following;

    interface Step {
      void take(Entry entry) throws InterruptedException;
    }

    Follower(EventLog log, long after) {
      this(log, after, _ -> {});
    }

    Follower(EventLog log, long after, Step step) {
      this.after = after;
      following = log.follow(after, entry -> take(entry, step));
    }

    private void take(Entry entry, Step step) {
      synchronized (seen) {
        seen.add(entry);
        seen.notifyAll();
      }
      try {
        step.take(entry);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    List<Entry> seen() {
      synchronized (seen) {
        return List.copyOf(seen);
      }
    }

    void await(long position) throws InterruptedException {
      synchronized (seen) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (seen.isEmpty() || seen.getLast().position() < position) {
          if (System.nanoTime() > end)
            throw new AssertionError("only " + seen.size() + " entries came, not " + position);
          seen.wait(1_000);
        }
      }
    }

    @Override
    public void close() {
      following.close();
    }
  }
}
