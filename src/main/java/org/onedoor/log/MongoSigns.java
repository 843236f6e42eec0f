package org.onedoor.log;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.MongoException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * {@link Signs} as a small collection: one document per sign, one per server with a beat in it. A
 * server whose beat has not changed for a while, by the clock of who looks, is dead; so no two
 * clocks need to agree. What nobody removed expires.
 */
final class MongoSigns implements Signs, AutoCloseable {
  /** Signs are written this long after they were given, together with others. */
  private static final long GATHER_MILLIS = 50;

  private static final long BEAT_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long DEAD_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** After which a dead server's documents are removed; its beats push it on. */
  private static final int LEFT_SECONDS = 60;

  private final MongoCollection<Document> here;
  private final String server = new ObjectId().toHexString();
  private final Map<Sign, String> mine = new HashMap<>();
  private final Set<Sign> dirty = new LinkedHashSet<>();
  private final Set<Consumer<String>> watchers = new CopyOnWriteArraySet<>();
  private final Map<String, Beat> beats = new HashMap<>();
  private volatile Map<String, Map<String, String>> others = Map.of();
  private final MongoEar ear;
  private final Thread writer;
  private volatile boolean open = true;
  private long beat;
  private long beatAt = System.nanoTime() - BEAT_NANOS;

  private record Sign(String place, String who) {}

  /** A server's last beat, and when it was first seen. */
  private record Beat(long count, long since) {}

  MongoSigns(MongoBase base) {
    here = base.here.withWriteConcern(WriteConcern.W1);
    writer = Thread.ofPlatform().daemon().name("signs").start(this::write);
    ear = new MongoEar("signs-of-others", here, this::own, this::look);
  }

  private boolean own(BsonValue id) {
    return id.isString() && id.asString().getValue().startsWith(server);
  }

  @Override
  public synchronized void give(String place, String who, String what) {
    var sign = new Sign(place, who);
    if (what.equals(mine.put(sign, what))) return;
    dirty.add(sign);
    notifyAll();
  }

  @Override
  public synchronized void take(String place, String who) {
    var sign = new Sign(place, who);
    if (mine.remove(sign) == null) return;
    dirty.add(sign);
    notifyAll();
  }

  @Override
  public Map<String, String> others(String place) {
    return others.getOrDefault(place, Map.of());
  }

  @Override
  public Following watch(Consumer<String> changed) {
    watchers.add(changed);
    return () -> watchers.remove(changed);
  }

  // ---- what this server says ----

  private void write() {
    while (open) {
      try {
        var changes = changes();
        if (!changes.isEmpty()) here.bulkWrite(changes);
        TimeUnit.MILLISECONDS.sleep(GATHER_MILLIS);
      } catch (InterruptedException e) {
        return; // nobody interrupts this thread but who wants it to end
      } catch (MongoException | IllegalStateException e) {
        again();
      }
    }
  }

  /** What is to be written, waiting for something. */
  private synchronized List<WriteModel<Document>> changes() throws InterruptedException {
    while (open && dirty.isEmpty() && System.nanoTime() - beatAt < BEAT_NANOS) wait(200);
    var changes = new ArrayList<WriteModel<Document>>();
    for (var sign : dirty) changes.add(change(sign, mine.get(sign)));
    dirty.clear();
    if (System.nanoTime() - beatAt >= BEAT_NANOS) {
      beatAt = System.nanoTime();
      changes.add(put(new Document("_id", server).append("server", server).append("beat", ++beat)));
    }
    return changes;
  }

  private WriteModel<Document> change(Sign sign, @Nullable String what) {
    var id = server + "\n" + sign.place() + "\n" + sign.who();
    return what == null
        ? new DeleteOneModel<>(eq("_id", id))
        : put(
            new Document("_id", id)
                .append("server", server)
                .append("place", sign.place())
                .append("who", sign.who())
                .append("what", what));
  }

  private static WriteModel<Document> put(Document document) {
    document.append("until", Date.from(Instant.now().plusSeconds(LEFT_SECONDS)));
    return new ReplaceOneModel<>(
        eq("_id", document.getString("_id")), document, new ReplaceOptions().upsert(true));
  }

  /** What could not be written is written again whole, once the database is back. */
  private synchronized void again() {
    dirty.addAll(mine.keySet());
    beatAt = System.nanoTime() - BEAT_NANOS;
  }

  // ---- what others say ----

  private void look() {
    var said = new HashMap<String, Map<String, String>>();
    var alive = new HashSet<String>();
    var signs = new ArrayList<Document>();
    for (var document : here.find())
      if (document.containsKey("beat")) beat(document, alive);
      else signs.add(document);
    beats.keySet().removeIf(s -> !alive.contains(s) && dead(s));
    for (var sign : signs)
      if (alive.contains(sign.getString("server")))
        said.computeIfAbsent(sign.getString("place"), _ -> new HashMap<>())
            .put(sign.getString("who"), sign.getString("what"));
    var before = others;
    others = Map.copyOf(said);
    var places = new HashSet<>(before.keySet());
    places.addAll(said.keySet());
    for (var place : places)
      if (!said.getOrDefault(place, Map.of()).equals(before.getOrDefault(place, Map.of())))
        watchers.forEach(w -> tell(w, place));
  }

  private void beat(Document document, Set<String> alive) {
    var who = document.getString("server");
    if (who.equals(server)) return;
    var count = document.getLong("beat");
    var known = beats.get(who);
    if (known == null || known.count() != count) beats.put(who, new Beat(count, System.nanoTime()));
    if (!dead(who)) alive.add(who);
  }

  private boolean dead(String who) {
    var known = beats.get(who);
    return known == null || System.nanoTime() - known.since() > DEAD_NANOS;
  }

  private static void tell(Consumer<String> watcher, String place) {
    try {
      watcher.accept(place);
    } catch (RuntimeException e) {
      System.getLogger("onedoor.log").log(System.Logger.Level.DEBUG, "not told of a sign", e);
    }
  }

  @Override
  public void close() {
    open = false;
    ear.close();
    writer.interrupt();
    try {
      here.deleteMany(eq("server", server));
    } catch (MongoException | IllegalStateException e) {
      // they are dead in a few seconds all the same
    }
  }
}
