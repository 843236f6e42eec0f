package org.onedoor.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Typists and readers on real sockets. Each update is one letter, so a version is also a length.
 */
final class Crowd implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** How somebody connects: the address for a client id, and headers. */
  interface Door {
    URI address(String client);

    Map<String, String> headers();
  }

  private final List<Member> members = new ArrayList<>();
  private final Map<String, Sent> flying = new ConcurrentHashMap<>();
  private final List<Long> latencies = new ArrayList<>();
  private final int typists;
  private volatile boolean measuring;

  /** A push on its way: when it was sent and how many have not seen it. */
  private record Sent(long at, AtomicInteger left, boolean counts) {}

  Crowd(Door door, int typists, int readers) {
    this.typists = typists;
    for (var n = 0; n < typists + readers; n++)
      members.add(new Member(door, "bench-%03d-0123456789abcdef".formatted(n)));
    members.forEach(Member::ready);
  }

  /**
   * Types at so many letters a second each and returns how long it took from push to seen by all.
   */
  Took type(double perSecond, int seconds, boolean measure) throws InterruptedException {
    measuring = measure;
    synchronized (latencies) {
      latencies.clear();
    }
    var random = new Random(7);
    var period = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
    try (var clock = Executors.newScheduledThreadPool(1)) {
      for (var n = 0; n < typists; n++)
        clock.scheduleAtFixedRate(
            members.get(n)::push,
            (long) (random.nextDouble() * period),
            period,
            TimeUnit.NANOSECONDS);
      clock.awaitTermination(seconds, TimeUnit.SECONDS);
      clock.shutdownNow();
    }
    for (var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        !flying.isEmpty() && System.nanoTime() < until; ) TimeUnit.MILLISECONDS.sleep(10);
    if (!flying.isEmpty())
      throw new IllegalStateException(flying.size() + " pushes were never seen by all");
    synchronized (latencies) {
      return new Took(latencies);
    }
  }

  /** How many letters were typed in all. */
  int letters() {
    return members.stream().mapToInt(m -> m.own).sum();
  }

  private void seen(String key) {
    var sent = flying.get(key);
    if (sent == null || sent.left().decrementAndGet() > 0) return;
    flying.remove(key);
    if (!sent.counts()) return;
    synchronized (latencies) {
      latencies.add(System.nanoTime() - sent.at());
    }
  }

  /** One open editor without a screen. */
  private final class Member implements WebSocket.Listener {
    private final String client;
    private final StringBuilder part = new StringBuilder();
    private final WebSocket socket;
    private final Random random;
    private int version = -1;
    private int own;
    private boolean flies;

    Member(Door door, String client) {
      this.client = client;
      random = new Random(client.hashCode());
      var builder = HTTP.newWebSocketBuilder();
      door.headers().forEach(builder::header);
      socket = builder.buildAsync(door.address(client), this).join();
    }

    synchronized void ready() {
      try {
        for (var n = 0; version < 0 && n < 500; n++) wait(10);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (version < 0) throw new IllegalStateException("nobody greeted " + client);
    }

    synchronized void push() {
      if (flies) return; // at most one in flight
      flies = true;
      var at = version == 0 ? 0 : random.nextInt(version + 1);
      var change =
          (at > 0 ? at + "," : "") + "[0,\"x\"]" + (version > at ? "," + (version - at) : "");
      var text =
          "{\"t\":\"push\",\"v\":%d,\"s\":%d,\"u\":[{\"c\":[%s],\"i\":\"%s\"}]}"
              .formatted(version, own, change, client);
      flying.put(
          client + own, new Sent(System.nanoTime(), new AtomicInteger(members.size()), measuring));
      socket.sendText(text, true);
    }

    @Override
    public CompletionStage<?> onText(WebSocket ws, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        hear(part.toString());
        part.setLength(0);
      }
      ws.request(1);
      return null;
    }

    private void hear(String text) {
      if (text.startsWith("{\"t\":\"open\"")) {
        synchronized (this) {
          version = number(text, "\"head\":");
          notifyAll();
        }
      } else if (text.startsWith("{\"t\":\"updates\"") || text.startsWith("{\"t\":\"push\"")) {
        for (var at = text.indexOf("\"i\":\""); at >= 0; at = text.indexOf("\"i\":\"", at + 5))
          update(text.substring(at + 5, text.indexOf('"', at + 5)));
      } else if (text.contains("\"refused\"") || text.contains("\"behind\"")) {
        throw new IllegalStateException(text);
      }
    }

    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();

    private void update(String from) {
      var n = numbers.merge(from, 1, Integer::sum) - 1;
      synchronized (this) {
        version++;
        if (from.equals(client)) {
          own++;
          flies = false;
        }
      }
      seen(from + n);
    }

    private static int number(String text, String name) {
      var at = text.indexOf(name) + name.length();
      var end = at;
      while (Character.isDigit(text.charAt(end))) end++;
      return Integer.parseInt(text.substring(at, end));
    }
  }

  @Override
  public void close() {
    members.forEach(m -> m.socket.abort());
  }
}
