package org.onedoor.whole;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A WebSocket that keeps what it hears, for tests that wait for something to be said. */
public final class Wire implements WebSocket.Listener, AutoCloseable {
  /** What a line ends with that was gone before its last word was read. */
  public static final int BROKEN = 1006;

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(15);
  private static final long A_MOMENT = TimeUnit.SECONDS.toNanos(1);

  private final List<JsonNode> heard = new ArrayList<>();
  private final StringBuilder part = new StringBuilder();
  private WebSocket socket;
  private int closed = -1;
  private boolean broken;
  private int refused;

  public Wire(Centre centre, String path, Map<String, String> headers) {
    var builder = HTTP.newWebSocketBuilder();
    headers.forEach(builder::header);
    try {
      socket =
          builder.buildAsync(URI.create(centre.url().replace("http", "ws") + path), this).join();
    } catch (CompletionException e) {
      if (!(e.getCause() instanceof WebSocketHandshakeException refusal)) throw e;
      refused = refusal.getResponse().statusCode();
    }
  }

  @Override
  public synchronized CompletionStage<?> onText(WebSocket ws, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      heard.add(JsonMapper.shared().readTree(part.toString()));
      part.setLength(0);
      notifyAll();
    }
    ws.request(1);
    return null;
  }

  @Override
  public synchronized CompletionStage<?> onClose(WebSocket ws, int code, String reason) {
    closed = code;
    notifyAll();
    return null;
  }

  @Override
  public synchronized void onError(WebSocket ws, Throwable error) {
    if (closed < 0) closed = BROKEN;
    notifyAll();
  }

  /** Throws where the line broke: the client at hand does not always tell its listener of that. */
  public Wire say(String text) {
    try {
      socket.sendText(text, true).join();
      return this;
    } catch (CompletionException e) {
      broke();
      throw e;
    }
  }

  private synchronized void broke() {
    broken = true;
    notifyAll();
  }

  /** The status with which the handshake was refused; 0 if it was not. */
  public int refused() {
    return refused;
  }

  /** Waits for the first message that is such, among all so far and to come. */
  public synchronized JsonNode hear(Predicate<JsonNode> such) {
    var until = System.nanoTime() + PATIENCE;
    for (var seen = 0; ; ) {
      while (seen < heard.size()) {
        var one = heard.get(seen++);
        if (such.test(one)) return one;
      }
      await(until, () -> "never heard it; closed " + closed + ", heard " + heard);
    }
  }

  public JsonNode hear(String t) {
    return hear(m -> m.path("t").asString("").equals(t));
  }

  /** The code it was closed with; {@link #BROKEN} where it broke before that was heard. */
  public synchronized int closeCode() {
    var until = System.nanoTime() + (broken ? A_MOMENT : PATIENCE);
    while (closed < 0) {
      if (broken && System.nanoTime() > until) return BROKEN;
      await(until + A_MOMENT, () -> "never closed, heard " + heard);
    }
    return closed;
  }

  public synchronized List<JsonNode> heard() {
    return List.copyOf(heard);
  }

  private void await(long until, Supplier<String> why) {
    var left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
    if (left <= 0) throw new AssertionError(why.get());
    try {
      wait(left);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (socket != null) socket.abort();
  }
}
