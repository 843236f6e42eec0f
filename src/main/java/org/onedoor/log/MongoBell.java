package org.onedoor.log;

import java.util.function.LongSupplier;
import org.bson.BsonValue;

/**
 * Tells when another process may have written. It only ever says "look": what was written is what
 * stands in the log after the position one has.
 */
final class MongoBell implements AutoCloseable {
  private final MongoRows rows;
  private final LongSupplier own;
  private final Runnable ring;
  private final MongoEar ear;
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
    ear = new MongoEar("bell", base.entries, this::known, this::look);
  }

  private boolean known(BsonValue position) {
    return position.isNumber() && position.asNumber().longValue() <= own.getAsLong();
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
}
