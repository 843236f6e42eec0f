package org.onedoor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onedoor.event.Entry;
import org.onedoor.event.Event.Contact;
import org.onedoor.event.Event.Emptied;

class FoldsTest {
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

  /** Folds a case to the versions it has seen and the words it knows. */
  private record Seen(List<Integer> versions, List<String> words) {
    static final Seen NOTHING = new Seen(List.of(), List.of());

    Seen after(Entry entry) {
      if (entry.event() instanceof Emptied) return this;
      var versions = new ArrayList<>(this.versions);
      versions.add(entry.version());
      var words = new ArrayList<>(this.words);
      if (entry.event() instanceof Contact c) words.add(c.words());
      return new Seen(List.copyOf(versions), List.copyOf(words));
    }
  }

  private Folds<Seen> folds(int remembered, BiFunction<Seen, Entry, Seen> after) {
    return new Folds<>(hub, remembered, Entry::about, Which::about, _ -> Seen.NOTHING, after);
  }

  private void append(String id, int version) {
    var contact = new Contact("c", "visit", "words " + version, null);
    hub.append(new Fact("case/" + id, version, contact, "clerk"));
  }

  private static List<Integer> upTo(int last) {
    var versions = new ArrayList<Integer>();
    for (var v = 1; v <= last; v++) versions.add(v);
    return versions;
  }

  @Test
  void a_fold_is_whole_whenever_it_is_asked_for_while_others_append() throws Exception {
    var folds = folds(100, Seen::after);
    var forgetful = folds(2, Seen::after);
    Together.run(
        8,
        me -> {
          for (var v = 0; v < 60; v++) {
            append("" + me, v);
            assertThat(folds.get("" + me).versions()).isEqualTo(upTo(v + 1));
            assertThat(forgetful.get("" + me).versions()).isEqualTo(upTo(v + 1));
            var other = folds.get("" + (me + 1) % 8).versions();
            assertThat(other).isEqualTo(upTo(other.size()));
          }
        });
    for (var id = 0; id < 8; id++)
      assertThat(folds(10, Seen::after).get("" + id)).isEqualTo(folds.get("" + id));
  }

  @Test
  void a_key_of_which_nothing_is_known_is_empty_until_something_comes() {
    var folds = folds(10, Seen::after);
    assertThat(folds.get("7")).isEqualTo(Seen.NOTHING);
    append("7", 0);
    assertThat(folds.get("7").versions()).containsExactly(1);
  }

  @Test
  void nobody_waits_for_a_long_reading_and_what_comes_meanwhile_is_in_it_once() throws Exception {
    for (var v = 0; v < 3; v++) append("1", v);
    var reading = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var folds =
        folds(
            10,
            (seen, entry) -> {
              if (entry.version() == 2) {
                reading.countDown();
                HubTest.uninterrupted(go);
              }
              return seen.after(entry);
            });
    var got = CompletableFuture.supplyAsync(() -> folds.get("1"));
    assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();
    append("1", 3); // returns though the fold is being read
    append("1", 4);
    go.countDown();
    assertThat(got.get(10, TimeUnit.SECONDS).versions()).isEqualTo(upTo(5));
    append("1", 5);
    assertThat(folds.get("1").versions()).isEqualTo(upTo(6));
  }

  @Test
  void what_was_erased_is_forgotten_also_while_it_is_being_read() throws Exception {
    var folds = folds(10, Seen::after);
    append("1", 0);
    append("1", 1);
    assertThat(folds.get("1").words()).containsExactly("words 0", "words 1");
    log.erase("case/1", 1, null, "by law", "director");
    hub.await(log.head().position());
    assertThat(folds.get("1").words()).containsExactly("words 1");

    var reading = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var slow =
        folds(
            10,
            (seen, entry) -> {
              if (entry.version() == 3 && reading.getCount() > 0) {
                reading.countDown();
                HubTest.uninterrupted(go);
              }
              return seen.after(entry);
            });
    var got = CompletableFuture.supplyAsync(() -> slow.get("1"));
    assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();
    log.erase("case/1", 2, null, "by law", "director");
    hub.await(log.head().position());
    go.countDown();
    assertThat(got.get(10, TimeUnit.SECONDS).words()).isEmpty();
  }

  @Test
  void a_fold_that_failed_on_an_entry_is_read_anew() {
    var fail = new AtomicBoolean();
    var folds =
        folds(
            10,
            (seen, entry) -> {
              if (fail.get()) throw new IllegalStateException("on purpose, for a test");
              return seen.after(entry);
            });
    append("1", 0);
    assertThat(folds.get("1").versions()).isEqualTo(upTo(1));
    fail.set(true);
    append("1", 1);
    assertThatThrownBy(() -> folds.get("1")).isInstanceOf(IllegalStateException.class);
    append("1", 2);
    fail.set(false);
    assertThat(folds.get("1").versions()).isEqualTo(upTo(3));
  }

  @Test
  void eight_who_ask_for_the_same_read_it_once() throws Exception {
    append("1", 0);
    var read = new AtomicInteger();
    var folds =
        folds(
            10,
            (seen, entry) -> {
              read.incrementAndGet();
              return seen.after(entry);
            });
    Together.run(8, _ -> assertThat(folds.get("1").versions()).isEqualTo(upTo(1)));
    assertThat(read).hasValue(1);
  }
}
