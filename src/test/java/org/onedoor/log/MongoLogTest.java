package org.onedoor.log;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Updates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.onedoor.event.Entry;
import org.onedoor.event.Event.Contact;
import org.onedoor.event.Event.Emptied;
import org.onedoor.event.Event.Erased;
import org.onedoor.event.Payload;
import org.testcontainers.mongodb.MongoDBContainer;

/**
 * Against three members in this process ({@link ReplicaSet} says what that cannot prove); or with
 * {@code -Pmongo} against a real MongoDB in a container; or against the replica set whose address
 * stands in {@code MONGODB_URI}, where each test makes a database of its own and leaves it.
 */
class MongoLogTest extends EventLogContract {
  private static @Nullable ReplicaSet peer;
  private static @Nullable MongoDBContainer container;
  private static String address;

  @BeforeAll
  static void begin() {
    var image = System.getProperty("mongo.image");
    address = System.getenv("MONGODB_URI");
    if (address == null && image != null) {
      container = new MongoDBContainer(image).withReplicaSet();
      container.start();
      address = container.getReplicaSetUrl("test");
    } else if (address == null) {
      peer = new ReplicaSet();
      address = peer.url("test");
    }
  }

  @AfterAll
  static void end() {
    if (peer != null) peer.close();
    if (container != null) container.close();
  }

  /** For what a real one is not told to do. */
  private static ReplicaSet peer() {
    assumeTrue(peer != null, "only where the members obey");
    return peer;
  }

  @Override
  EventLog open(Path dir, InstantSource clock) {
    return new MongoLog(url(dir), clock);
  }

  /** A database of its own for each test. */
  private static String url(Path dir) {
    return address.replaceFirst("^(mongodb(\\+srv)?://[^/?]+)/?[^?]*", "$1/" + dir.getFileName());
  }

  private EventLog second() {
    return open(dir, InstantSource.system());
  }

  /** Somebody at the database itself. */
  private void database(Consumer<MongoDatabase> work) {
    try (var client = MongoClients.create(url(dir))) {
      work.accept(client.getDatabase(dir.getFileName().toString()));
    }
  }

  // ---- several servers ----

  @Test
  void what_one_server_appends_another_sees_and_both_may_write() throws Exception {
    try (var other = second()) {
      var here = new Follower(log, 0);
      var there = new Follower(other, 0);
      Together.run(
          4,
          me -> {
            var mine = me % 2 == 0 ? log : other;
            for (var v = 0; v < 40; v++)
              mine.append(new Fact("case/2026-000" + me, v, contact("" + v), "clerk"));
          });
      here.await(160);
      there.await(160);
      assertThat(here.seen()).extracting(Entry::position).isEqualTo(upTo(1, 160));
      assertSame(there.seen(), here.seen());
      assertThat(other.head()).isEqualTo(log.head());
      assertThat(other.verify(null, _ -> {})).isEqualTo(log.head());
      here.close();
      there.close();
    }
  }

  @Test
  void of_two_servers_that_race_for_one_version_one_wins() throws Exception {
    try (var other = second()) {
      var won = Collections.synchronizedList(new ArrayList<Integer>());
      for (var round = 0; round < 30; round++) {
        var version = round;
        Together.run(
            2,
            me -> {
              try {
                (me == 0 ? log : other).append(new Fact(CASE, version, contact("" + me), "clerk"));
                won.add(version);
              } catch (Conflict e) {
                assertThat(e.stream()).isEqualTo(CASE);
              }
            });
      }
      assertThat(won).doesNotHaveDuplicates().hasSize(30);
      assertThat(other.version(CASE)).isEqualTo(30);
    }
  }

  @Test
  void who_read_what_another_server_wrote_may_write_on_from_there() {
    append(CASE, 0, contact("a"));
    try (var other = second()) {
      assertThat(other.append(new Fact(CASE, 1, contact("b"), "clerk")).version()).isEqualTo(2);
      assertThat(append(CASE, 2, contact("c")).position()).isEqualTo(3);
      var given = new Fact("calendar", 0, contact("d"), "clerk").given(CASE, 3);
      assertThat(other.append(given).position()).isEqualTo(4);
      assertThatThrownBy(() -> append(CASE, 2, contact("late"))).isInstanceOf(Conflict.class);
    }
  }

  @Test
  void where_nobody_tells_the_news_they_are_looked_for() throws Exception {
    peer().noNews();
    try (var other = second()) {
      var there = new Follower(other, 0);
      append(CASE, 0, contact("a"));
      there.await(1);
      append(CASE, 1, contact("b"));
      there.await(2);
      there.close();
    } finally {
      peer().news();
    }
  }

  // ---- what breaks off ----

  @Test
  void whatever_dies_nothing_acknowledged_is_lost_or_there_twice() throws Exception {
    var _ = peer();
    var acknowledged = Collections.synchronizedList(new ArrayList<Entry>());
    var over = new AtomicBoolean();
    try (var other = second()) {
      var there = new Follower(other, 0);
      var trouble = Thread.ofPlatform().start(() -> trouble(acknowledged, over));
      try {
        Together.run(
            6,
            me -> {
              var mine = me % 2 == 0 ? log : other;
              for (var v = 0; v < 60; v += 3) {
                var facts = new ArrayList<Fact>();
                for (var k = 0; k < 3; k++)
                  facts.add(
                      new Fact("case/2026-000" + me, v + k, contact(me + "/" + (v + k)), "o" + me));
                acknowledged.addAll(mine.append(facts.subList(0, 1)));
                acknowledged.addAll(mine.append(facts.subList(1, 3)));
              }
            });
      } finally {
        over.set(true);
        trouble.join();
      }
      there.await(360);
      acknowledged.sort(Comparator.comparingLong(Entry::position));
      assertThat(acknowledged).extracting(Entry::position).isEqualTo(upTo(1, 360));
      assertSame(all(), acknowledged);
      assertSame(there.seen(), acknowledged);
      assertThat(log.verify(null, _ -> {})).isEqualTo(other.head());
      there.close();
    }
  }

  /** One after the other goes wrong, each time a few more are acknowledged. */
  private static void trouble(List<Entry> acknowledged, AtomicBoolean over) {
    try {
      for (var round = 0; !over.get(); round++) {
        switch (round % 5) {
          case 0 -> peer().lose(1);
          case 1 -> peer().doubt(2);
          case 2 -> peer().refuse(3);
          case 3 -> peer().stepDown();
          default -> peer().start(peer().kill());
        }
        var before = acknowledged.size();
        while (!over.get() && acknowledged.size() < before + 10) TimeUnit.MILLISECONDS.sleep(5);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      peer().calm();
    }
  }

  @Test
  void facts_that_stand_together_are_completed_by_whoever_finds_the_first_of_them() {
    append(CASE, 0, contact("before"));
    var whole =
        log.append(
            List.of(
                new Fact(CASE, 1, contact("a"), "clerk"),
                new Fact(CASE, 2, contact("b"), "clerk", "key"),
                new Fact("people", 0, contact("c"), "clerk")));
    database(db -> {
      var entries = db.getCollection("entry");
      var rest = entries.find(gt("_id", 2L)).into(new ArrayList<>());
      assertThat(rest).hasSize(2);
      entries.deleteMany(gt("_id", 2L));
      entries.updateOne(
          eq("_id", 2L), Updates.combine(Updates.set("open", true), Updates.set("rest", rest)));
    });
    try (var other = second()) {
      assertThat(other.head().position()).isEqualTo(4);
      assertThat(other.append(new Fact("people", 1, contact("d"), "clerk")).position())
          .isEqualTo(5);
      assertSame(read(Which.all(), 1).subList(0, 3), whole);
      assertThat(other.verify(null, _ -> {})).isEqualTo(log.head());
    }
    database(db ->
        assertThat(
                db.getCollection("entry").find(new Document("rest", new Document("$exists", true))))
            .isEmpty());
  }

  @Test
  void an_erasure_that_broke_off_is_done_when_the_log_is_opened() {
    append(CASE, 0, registered("a", party("p1", "Wang")));
    append(CASE, 1, contact("secret"));
    var note =
        new Document("_id", new ObjectId())
            .append("stream", CASE)
            .append("by", "director")
            .append("anew", List.of())
            .append(
                "erased",
                new String(
                    Payload.of(new Erased(CASE, 2, null, "by law")).open(),
                    StandardCharsets.UTF_8));
    database(db -> db.getCollection("erasing").insertOne(note));
    reopen();
    assertThat(all())
        .extracting(Entry::event)
        .containsExactly(
            new Emptied("registered"), new Emptied("contact"), new Erased(CASE, 2, null, "by law"));
    reopen();
    assertThat(log.head().position()).as("not twice").isEqualTo(3);
    assertThat(log.verify(null, _ -> {})).isEqualTo(log.head());
  }

  @Test
  void when_nobody_is_there_it_says_so_and_writing_resumes_by_itself() throws Exception {
    try (var own = new ReplicaSet()) {
      var url = own.url("own") + "&serverSelectionTimeoutMS=500";
      try (var lonely = new MongoLog(url, InstantSource.system())) {
        lonely.append(new Fact(CASE, 0, contact("a"), "clerk"));
        lonely.keep().put("s", "k", "v", null);
        own.killAll();
        var fact = new Fact(CASE, 1, contact("b"), "clerk");
        assertThatThrownBy(() -> lonely.append(fact)).isInstanceOf(Unavailable.class);
        assertThatThrownBy(lonely::writable).isInstanceOf(Unavailable.class);
        assertThatThrownBy(lonely::head).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> lonely.keep().get("s", "k")).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> new MongoLog(url, InstantSource.system()).close())
            .isInstanceOf(Unavailable.class);
        own.start(1);
        own.elect(1);
        assertThat(lonely.append(fact).position()).isEqualTo(2);
        lonely.writable();
        assertThat(lonely.keep().get("s", "k")).contains("v");
      }
    }
  }

  // ---- what is refused ----

  @Test
  void a_database_of_a_newer_program_is_refused() {
    database(db -> db.getCollection("centre").updateOne(eq("_id", "format"), Updates.set("n", 2)));
    assertThatThrownBy(this::second).isInstanceOf(NewerFormat.class);
    database(db -> db.getCollection("centre").updateOne(eq("_id", "format"), Updates.set("n", 1)));
  }

  @Test
  void an_address_without_a_database_is_refused() {
    for (var url : List.of("mongodb://127.0.0.1:1", "mongodb:/x", "mongodb://"))
      assertThatThrownBy(() -> new MongoLog(url, InstantSource.system()).close())
          .isInstanceOf(Unavailable.class);
  }

  // ---- the chain ----

  private EventLog.Broken broken(Consumer<MongoCollection<Document>> work) {
    for (var v = 0; v < 5; v++)
      append(CASE, v, v == 0 ? registered("a", party("p1", "Wang")) : contact("visit " + v));
    database(db -> work.accept(db.getCollection("entry")));
    try {
      log.verify(null, _ -> {});
    } catch (EventLog.Broken e) {
      return e;
    }
    throw new AssertionError("nobody noticed");
  }

  @Test
  void a_changed_bit_is_found() {
    var broken =
        broken(entries -> {
          var payload = entries.find(eq("_id", 3L)).first().get("payload", Binary.class).getData();
          payload[payload.length / 2] ^= 1;
          entries.updateOne(eq("_id", 3L), Updates.set("payload", payload));
        });
    assertThat(broken.position()).isEqualTo(3);
  }

  @Test
  void a_changed_name_of_a_party_is_found() {
    var broken =
        broken(entries ->
            entries.updateOne(
                eq("_id", 1L), Updates.set("personal.0.payload", new Binary(new byte[] {1}))));
    assertThat(broken.position()).isEqualTo(1);
  }

  @Test
  void a_removed_entry_is_found() {
    assertThat(broken(entries -> entries.deleteOne(eq("_id", 4L))).position()).isEqualTo(4);
  }

  @Test
  void a_swapped_pair_is_found() {
    var broken =
        broken(entries -> {
          var second = entries.find(eq("_id", 2L)).first();
          var third = entries.find(eq("_id", 3L)).first();
          entries.deleteMany(new Document("_id", new Document("$in", List.of(2L, 3L))));
          entries.insertOne(third.append("_id", 2L));
          entries.insertOne(second.append("_id", 3L));
        });
    assertThat(broken.position()).isEqualTo(2);
  }

  @Test
  void a_payload_that_was_taken_is_found() {
    var broken =
        broken(entries ->
            entries.updateOne(
                eq("_id", 2L),
                Updates.combine(
                    Updates.unset("salt"),
                    Updates.unset("payload"),
                    Updates.set("digest", new Binary(new byte[32])))));
    assertThat(broken.position()).isEqualTo(2);
  }

  @Test
  void a_cut_tail_is_found_by_who_knows_the_head() {
    for (var v = 0; v < 5; v++) append(CASE, v, contact("" + v));
    var head = log.head();
    log.close();
    database(db -> db.getCollection("entry").deleteMany(gt("_id", 3L)));
    log = second();
    assertThat(log.verify(null, _ -> {}).position()).isEqualTo(3);
    assertBroken(4, () -> log.verify(head, _ -> {}));
  }

  @Test
  void another_log_that_took_its_place_is_not_written_on() {
    append(CASE, 0, contact("a"));
    append(CASE, 1, contact("b"));
    database(db -> db.getCollection("entry").deleteMany(gt("_id", 0L)));
    try (var fresh = second()) {
      fresh.append(new Fact(CASE, 0, new Contact("c", "visit", "another", null), "clerk"));
      fresh.append(new Fact(CASE, 1, new Contact("c", "visit", "another", null), "clerk"));
      fresh.append(new Fact(CASE, 2, new Contact("c", "visit", "another", null), "clerk"));
    }
    assertThatThrownBy(() -> append("people", 0, contact("x"))).isInstanceOf(Unavailable.class);
  }
}
