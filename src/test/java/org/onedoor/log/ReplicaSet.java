package org.onedoor.log;

import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.ServerVersion;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import io.netty.channel.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Three members that speak MongoDB's wire protocol and elect each other, in this process: fronts
 * with one shared store in memory, so what one has all have. It can be killed, step down, refuse,
 * and do what it is told without telling. It knows nothing of journals, rollback and lag.
 */
public final class ReplicaSet implements AutoCloseable {
  private static final int MEMBERS = 3;

  /** Connections are shared out among these; one that waits for news holds up no other. */
  private static final int THREADS = 64;

  private static final long NEWS_MILLIS = 200;
  private static final Set<String> WRITES =
      Set.of(
          "insert", "update", "delete", "findAndModify", "createIndexes", "drop", "dropDatabase");

  private final MongoBackend store = new MemoryBackend().version(ServerVersion.MONGO_5_0);
  private final List<Integer> ports = new ArrayList<>();
  private final List<@Nullable MongoServer> fronts = new ArrayList<>();
  private final Map<String, Document> replies = new ConcurrentHashMap<>();

  /** How many changes each open change stream was told of. */
  private final Map<Long, Integer> watching = new ConcurrentHashMap<>();

  private final AtomicLong ids = new AtomicLong(1_000);

  /** Everything that was written, in order; who adds to it wakes who waits on it. */
  private final List<Change> changes = new ArrayList<>();

  private volatile int primary;
  private volatile int term = 1;
  private final AtomicInteger toLose = new AtomicInteger();
  private final AtomicInteger toRefuse = new AtomicInteger();
  private final AtomicInteger toDoubt = new AtomicInteger();
  private volatile boolean watched = true;

  private record Change(Object collection, @Nullable Object key) {}

  public ReplicaSet() {
    for (var i = 0; i < MEMBERS; i++) {
      ports.add(freePort());
      fronts.add(null);
    }
    for (var i = 0; i < MEMBERS; i++) start(i);
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String url(String database) {
    return "mongodb://" + String.join(",", hosts()) + "/" + database + "?replicaSet=rs";
  }

  private List<String> hosts() {
    return ports.stream().map(p -> "127.0.0.1:" + p).collect(Collectors.toList());
  }

  public void start(int member) {
    var front = new MongoServer(new Member(member));
    front.bind(new InetSocketAddress("127.0.0.1", ports.get(member)), 1, THREADS);
    fronts.set(member, front);
  }

  /** The primary dies with all its connections; another is elected. It stays dead. */
  public int kill() {
    var died = primary;
    stop(died);
    elect((died + 1) % MEMBERS);
    return died;
  }

  /** Nobody is there any more. */
  public void killAll() {
    for (var i = 0; i < MEMBERS; i++) stop(i);
  }

  private void stop(int member) {
    var front = fronts.get(member);
    fronts.set(member, null);
    if (front != null) front.shutdownNow();
  }

  public void stepDown() {
    elect((primary + 1) % MEMBERS);
  }

  public void elect(int member) {
    var next = member;
    while (fronts.get(next) == null) next = (next + 1) % MEMBERS;
    primary = next;
    term++;
  }

  /** So many of the next writes are done, but their answers never come. */
  public void lose(int writes) {
    toLose.set(writes);
  }

  /** So many of the next writes are refused and not done. */
  public void refuse(int writes) {
    toRefuse.set(writes);
  }

  /** So many of the next writes are done, but no majority confirms them in time. */
  public void doubt(int writes) {
    toDoubt.set(writes);
  }

  /** From now on nobody is told what was written; who wants to know must look. */
  public void noNews() {
    watched = false;
  }

  public void news() {
    watched = true;
  }

  /** Nothing more goes wrong. */
  public void calm() {
    lose(0);
    refuse(0);
    doubt(0);
  }

  @Override
  public void close() {
    killAll();
  }

  private static boolean take(AtomicInteger left) {
    return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }

  private static Document ok() {
    return new Document("ok", 1.0);
  }

  private static Document error(int code, String name, String... labels) {
    return new Document("ok", 0.0)
        .append("errmsg", name)
        .append("code", code)
        .append("codeName", name)
        .append("errorLabels", List.of(labels));
  }

  private final class Member implements MongoBackend {
    private final int me;

    Member(int me) {
      this.me = me;
    }

    private Document hello() {
      var host = hosts();
      var leads = primary == me;
      var hello =
          new Document("ismaster", leads)
              .append("isWritablePrimary", leads)
              .append("secondary", !leads)
              .append("helloOk", true)
              .append("setName", "rs")
              .append("setVersion", 1)
              .append("hosts", host)
              .append("primary", host.get(primary))
              .append("me", host.get(me))
              .append("maxBsonObjectSize", 16 << 20)
              .append("maxMessageSizeBytes", 48_000_000)
              .append("maxWriteBatchSize", 100_000)
              .append("localTime", Instant.now())
              .append("logicalSessionTimeoutMinutes", 30)
              .append("minWireVersion", 0)
              .append("maxWireVersion", 21)
              .append("readOnly", false)
              .append("ok", 1.0);
      return leads ? hello.append("electionId", new ObjectId(electionId(term))) : hello;
    }

    private static byte[] electionId(int term) {
      return ByteBuffer.allocate(12).putInt(0x7fffffff).putInt(0).putInt(term).array();
    }

    @Override
    public Document handleMessage(MongoMessage message) {
      var asked = message.getDocument();
      var command = asked.keySet().iterator().next();
      if (command.equalsIgnoreCase("hello") || command.equalsIgnoreCase("isMaster")) return hello();
      if (command.equals("endSessions") || command.equals("ping")) return ok();
      if (primary != me)
        return WRITES.contains(command)
            ? error(10_107, "NotWritablePrimary", "RetryableWriteError")
            : error(13_435, "NotPrimaryNoSecondaryOk");
      if (WRITES.contains(command)) return write(message, asked);
      if (command.equals("aggregate") && asked.get("pipeline").toString().contains("$changeStream"))
        return watch(asked);
      if (command.equals("getMore") && watching.containsKey(asked.get("getMore")))
        return news(asked);
      if (command.equals("killCursors")) return ok();
      return store.handleMessage(message);
    }

    private Document write(MongoMessage message, Document asked) {
      var key = key(asked);
      var known = key == null ? null : replies.get(key);
      if (known != null) return known;
      if (take(toRefuse)) return error(91, "ShutdownInProgress", "RetryableWriteError");
      var reply = store.handleMessage(message);
      synchronized (changes) {
        changes.addAll(changes(asked));
        changes.notifyAll();
      }
      if (take(toDoubt))
        reply.append(
            "writeConcernError",
            new Document("code", 64).append("errmsg", "waiting for replication timed out"));
      if (key != null) replies.put(key, reply);
      if (take(toLose)) message.getChannel().close();
      return reply;
    }

    /** What a write may have changed, by the {@code _id} it names. */
    private static List<Change> changes(Document asked) {
      var command = asked.keySet().iterator().next();
      var what = asked.get(command);
      for (var list : List.of("documents", "updates", "deletes"))
        if (asked.get(list) instanceof Collection<?> all)
          return all.stream()
              .map(one -> {
                var named = one instanceof Document d && d.get("q") instanceof Document q ? q : one;
                return new Change(what, named instanceof Document d ? d.get("_id") : null);
              })
              .toList();
      return List.of(new Change(what, null));
    }

    private static @Nullable String key(Document asked) {
      var number = asked.get("txnNumber");
      return number == null ? null : asked.get("lsid") + "/" + number;
    }

    private Document watch(Document asked) {
      if (!watched) return error(40_573, "Location40573");
      var id = ids.incrementAndGet();
      synchronized (changes) {
        watching.put(id, changes.size());
      }
      return cursor(id, asked.get("aggregate"), asked.get("$db"), "firstBatch", List.of());
    }

    private Document news(Document asked) {
      var id = (Long) asked.get("getMore");
      var events = new ArrayList<Document>();
      var until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(NEWS_MILLIS);
      synchronized (changes) {
        try {
          for (var left = NEWS_MILLIS; events.isEmpty() && left > 0; ) {
            for (var n = watching.get(id); n < changes.size(); watching.put(id, ++n))
              if (changes.get(n).collection().equals(asked.get("collection")))
                events.add(event(n, changes.get(n)));
            if (events.isEmpty()) changes.wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return cursor(id, asked.get("collection"), asked.get("$db"), "nextBatch", events);
    }

    private static Document event(int n, Change change) {
      var event = new Document("_id", new Document("_data", "%016x".formatted(n)));
      if (change.key() != null) event.append("documentKey", new Document("_id", change.key()));
      return event;
    }

    private static Document cursor(
        long id, Object collection, Object database, String batch, List<Document> events) {
      return ok().append(
              "cursor",
              new Document("id", id)
                  .append("ns", database + "." + collection)
                  .append(batch, events)
                  .append("postBatchResumeToken", new Document("_data", "0")));
    }

    @Override
    public Document handleCommand(
        Channel channel, String database, String command, Document query) {
      return command.equalsIgnoreCase("isMaster") || command.equalsIgnoreCase("hello")
          ? hello()
          : store.handleCommand(channel, database, command, query);
    }

    @Override
    public void handleClose(Channel channel) {
      store.handleClose(channel);
    }

    @Override
    public QueryResult handleQuery(MongoQuery query) {
      return store.handleQuery(query);
    }

    @Override
    public void dropDatabase(String database) {
      store.dropDatabase(database);
    }

    @Override
    public Collection<Document> getCurrentOperations(MongoQuery query) {
      return store.getCurrentOperations(query);
    }

    @Override
    public Document getServerStatus() {
      return store.getServerStatus();
    }

    @Override
    public void close() {
      // the store outlives its fronts
    }

    @Override
    public void closeCursors(List<Long> cursors) {
      store.closeCursors(cursors);
    }

    @Override
    public Clock getClock() {
      return store.getClock();
    }

    @Override
    public void enableOplog() {
      // what was written is told without one
    }

    @Override
    public void disableOplog() {
      // there is none
    }

    @Override
    public MongoDatabase resolveDatabase(String database) {
      return store.resolveDatabase(database);
    }

    @Override
    public MongoBackend version(MongoVersion version) {
      store.version(version);
      return this;
    }
  }
}
