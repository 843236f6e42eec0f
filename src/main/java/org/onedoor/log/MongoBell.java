package org.onedoor.log;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.bson.BsonDocument;
import org.bson.Document;

/**
 * Tells when another process may have written. It only ever says "look": what was written is what
 * stands in the log after the position one has.
 */
final class MongoBell implements AutoCloseable {
  private final MongoRows rows;
  private final LongSupplier own;
  private final Runnable ring;
  private final Ear ear;
  private long rung;

  /**
   * Begins to listen.
   *
   * @param own the last position this process wrote itself
   */
  MongoBell(MongoBase base, MongoRows rows, LongSupplier own, Runnable ring) {
    this.rows = rows;
    this.own = own;
    this.ring = ring;
    ear = new Ear("bell", base.entries, this::look);
  }

  /** Rings if there is more than this process wrote and was told of. */
  private void look() {
    heard(rows.end().position());
  }

  /** Somebody saw the log end there. */
  synchronized void heard(long position) {
    if (position <= Math.max(own.getAsLong(), rung)) return;
    rung = position;
    ring.run();
  }

  @Override
  public void close() {
    ear.close();
  }

  /**
   * Looks whenever something was written to a collection: a change stream tells, and where there is
   * none, or it broke, once a second has to do.
   */
  static final class Ear implements AutoCloseable {
    private static final long EVERY_MILLIS = 1_000;

    private final MongoCollection<Document> collection;
    private final Runnable look;
    private final Thread thread;
    private volatile boolean open = true;

    Ear(String name, MongoCollection<Document> collection, Runnable look) {
      this.collection = collection;
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
      while (open) {
        var _ = changes.tryNext(); // whatever it says, or if it says nothing for a second
        while (changes.available() > 0) changes.tryNext();
        look.run();
      }
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
}
