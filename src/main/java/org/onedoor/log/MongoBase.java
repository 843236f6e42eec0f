package org.onedoor.log;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bson.Document;

/**
 * The database of one centre: its collections, read and written so that a majority of the replica
 * set has on disk what is acknowledged, and nothing is read that could still be rolled back.
 */
final class MongoBase implements AutoCloseable {
  /** What the document {@code format} says; a newer one is refused. */
  static final int FORMAT = 1;

  /** A dead primary is replaced within this time, unless the address says another. */
  private static final int PATIENCE_SECONDS = 12;

  private final MongoClient client;

  /** How long to try before the log counts as unavailable. */
  final Duration patience;

  final MongoCollection<Document> entries;
  final MongoCollection<Document> keep;
  final MongoCollection<Document> erasing;
  final MongoCollection<Document> here;
  private final MongoCollection<Document> centre;

  /**
   * Connects, making the collections' indexes if there are none.
   *
   * @param url {@code mongodb://HOSTS/DATABASE…}
   * @throws NewerFormat if a newer program wrote it
   * @throws Unavailable if it cannot be reached
   */
  MongoBase(String url) {
    var at = connection(url);
    var settings = settings(at);
    patience =
        Duration.ofMillis(
            settings.getClusterSettings().getServerSelectionTimeout(TimeUnit.MILLISECONDS));
    client = MongoClients.create(settings);
    var database = client.getDatabase(name(at));
    entries = database.getCollection("entry");
    keep = database.getCollection("keep");
    erasing = database.getCollection("erasing");
    here = database.getCollection("here");
    centre = database.getCollection("centre");
    try {
      writing(this::make);
    } catch (RuntimeException e) {
      client.close();
      throw e;
    }
  }

  private static ConnectionString connection(String url) {
    try {
      return new ConnectionString(url);
    } catch (IllegalArgumentException e) {
      throw new Unavailable("This is no address of a MongoDB: " + e.getMessage(), e);
    }
  }

  private static String name(ConnectionString at) {
    var name = at.getDatabase();
    if (name == null)
      throw new Unavailable(
          "The address of the log must name the centre's database: mongodb://HOST/NAME");
    return name;
  }

  /** Times are only defaults, the address may give others; durability is not for it to choose. */
  private static MongoClientSettings settings(ConnectionString at) {
    return MongoClientSettings.builder()
        .applicationName("onedoor")
        .applyToClusterSettings(c -> c.serverSelectionTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .applyToSocketSettings(s ->
            s.connectTimeout(5, TimeUnit.SECONDS).readTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .applyToServerSettings(s -> s.heartbeatFrequency(2, TimeUnit.SECONDS))
        .applyConnectionString(at)
        .writeConcern(WriteConcern.MAJORITY.withJournal(true))
        .readConcern(ReadConcern.MAJORITY)
        .readPreference(ReadPreference.primary())
        .retryWrites(true)
        .build();
  }

  private void make() {
    var format = centre.find(Filters.eq("_id", "format")).first();
    var found = format == null ? 0 : format.getInteger("n", 0);
    if (found > FORMAT) throw new NewerFormat(found, FORMAT);
    var unique = new IndexOptions().unique(true);
    entries.createIndex(Indexes.ascending("stream", "version"), unique);
    entries.createIndex(Indexes.ascending("once"), new IndexOptions().unique(true).sparse(true));
    entries.createIndex(Indexes.ascending("about", "_id"));
    entries.createIndex(Indexes.ascending("open"), new IndexOptions().sparse(true));
    keep.createIndex(Indexes.ascending("shelf", "key"), unique);
    var expiring = new IndexOptions().expireAfter(0L, TimeUnit.SECONDS);
    keep.createIndex(Indexes.ascending("until"), expiring);
    here.createIndex(Indexes.ascending("until"), expiring);
    if (found < FORMAT)
      centre.updateOne(
          Filters.eq("_id", "format"), Updates.set("n", FORMAT), new UpdateOptions().upsert(true));
  }

  /** Writes something that is no fact, to see whether a write is taken. */
  void probe() {
    centre.updateOne(
        Filters.eq("_id", "probe"), Updates.inc("n", 1), new UpdateOptions().upsert(true));
  }

  static <T> T reading(Supplier<T> work) {
    return trying("the log cannot be read", work);
  }

  static void writing(Runnable work) {
    var _ =
        trying(
            "the log cannot be written",
            () -> {
              work.run();
              return true;
            });
  }

  /**
   * Does something while no earlier interrupt can break it off: the driver would give up half way.
   *
   * @throws Unavailable if the database does not do it
   */
  static <T> T trying(String why, Supplier<T> work) {
    var interrupted = Thread.interrupted();
    try {
      return work.get();
    } catch (MongoException | IllegalStateException e) { // the latter once it is closed
      throw new Unavailable(why + ": " + e.getMessage(), e);
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
  }

  /** Whether the database says that what was to be unique is there already. */
  static boolean duplicate(MongoException e) {
    return e.getCode() == 11_000;
  }

  @Override
  public void close() {
    client.close();
  }
}
