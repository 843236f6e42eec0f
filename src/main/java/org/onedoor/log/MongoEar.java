package org.onedoor.log;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Looks whenever somebody else wrote to a collection: a change stream tells, and where there is
 * none, or it broke, or it says nothing, once a second has to do.
 */
final class MongoEar implements AutoCloseable {
  private static final long EVERY_MILLIS = 1_000;
  private static final BsonDocument NONE = new BsonDocument();

  private final MongoCollection<Document> collection;
  private final Predicate<BsonValue> own;
  private final Runnable look;
  private final Thread thread;
  private volatile boolean open = true;

  /**
   * Begins to listen.
   *
   * @param own whether a document, by its {@code _id}, is one this process wrote or knows of
   */
  MongoEar(
      String name, MongoCollection<Document> collection, Predicate<BsonValue> own, Runnable look) {
    this.collection = collection;
    this.own = own;
    this.look = look;
    thread = Thread.ofPlatform().daemon().name(name).start(this::run);
  }

  private void run() {
    while (open) {
      try (var changes =
          collection
              .watch()
              .maxAwaitTime(EVERY_MILLIS, TimeUnit.MILLISECONDS)
              .withDocumentClass(BsonDocument.class)
              .cursor()) {
        listen(changes);
      } catch (MongoException | IllegalStateException e) {
        if (open) without(e);
      }
    }
  }

  private void listen(MongoCursor<BsonDocument> changes) {
    look.run();
    var looked = System.nanoTime();
    while (open) {
      var news = news(changes.tryNext());
      while (changes.available() > 0) news |= news(changes.tryNext());
      // own writes alone never keep it from looking: who fell silent must be noticed too
      if (!news && System.nanoTime() - looked < TimeUnit.MILLISECONDS.toNanos(EVERY_MILLIS))
        continue;
      look.run();
      looked = System.nanoTime();
    }
  }

  /** Whether it has to be looked: nothing may have been said because nothing was heard. */
  private boolean news(@Nullable BsonDocument change) {
    if (change == null) return true;
    var key = change.getDocument("documentKey", NONE).get("_id");
    return key == null || !own.test(key);
  }

  private void without(RuntimeException e) {
    System.getLogger("onedoor.log").log(System.Logger.Level.DEBUG, "no change stream", e);
    try {
      TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
      look.run();
    } catch (InterruptedException | MongoException | IllegalStateException ended) {
      // it is looked for again, unless this is the end
    }
  }

  @Override
  public void close() {
    open = false;
    thread.interrupt();
  }
}
