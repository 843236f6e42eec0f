package org.onedoor.note;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.standard.StandardWebSocketSession;

/**
 * A socket as seen by who sends: one message in flight, the others in a bounded queue, so that
 * nobody ever waits for a slow reader; who does not read is dropped and comes back with what they
 * have.
 */
public final class Line {
  /** What a reader may lag behind before the line is closed: characters, and time. */
  private static final long MOST_WAITING = 1 << 20;

  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final WebSocketSession session;
  private final RemoteEndpoint.Async remote;
  private final Queue<String> queue = new ArrayDeque<>();
  private long waiting;
  private long busySince;
  private boolean busy;
  private boolean closed;
  private volatile long heard = System.nanoTime();

  public Line(WebSocketSession session) {
    this.session = session;
    remote = ((StandardWebSocketSession) session).getNativeSession().getAsyncRemote();
  }

  /** Sends, now or in turn. */
  public void send(String text) {
    synchronized (this) {
      if (closed) return;
      if (busy) {
        waiting += text.length();
        queue.add(text);
        if (waiting <= MOST_WAITING) return;
      } else {
        busy = true;
        busySince = System.nanoTime();
        out(text);
        return;
      }
    }
    close(4413, "too slow");
  }

  private void out(String text) {
    SendHandler sent =
        result -> {
          if (result.isOK()) next();
          else drop();
        };
    try {
      remote.sendText(text, sent);
    } catch (IllegalStateException e) {
      closed = true; // it was closed meanwhile
    }
  }

  private void next() {
    synchronized (this) {
      var text = closed ? null : queue.poll();
      if (text == null) {
        busy = false;
        return;
      }
      waiting -= text.length();
      busySince = System.nanoTime();
      out(text);
    }
  }

  /** The other side gave a sign of life. */
  public void heard() {
    heard = System.nanoTime();
  }

  /** Called every second: pings every fifth time, and drops who reads or answers no more. */
  void beat(boolean ping) {
    var now = System.nanoTime();
    boolean stuck;
    synchronized (this) {
      if (closed) return;
      stuck = busy && now - busySince > MOST_NANOS;
      if (!stuck && ping && !busy) ping();
    }
    if (stuck) close(4413, "too slow");
    else if (now - heard > SILENT_NANOS) close(4413, "silent");
  }

  private void ping() {
    try {
      remote.sendPing(ByteBuffer.allocate(0));
    } catch (IOException | IllegalStateException e) {
      closed = true;
    }
  }

  /** Says why and hangs up. */
  public void close(int code, @Nullable String why) {
    synchronized (this) {
      if (closed) return;
      closed = true;
      queue.clear();
    }
    // closing waits for a full line: never on the sender's thread
    Thread.ofVirtual()
        .start(() -> {
          try {
            session.close(new CloseStatus(code, why));
          } catch (IOException | IllegalStateException e) {
            drop();
          }
        });
  }

  private synchronized void drop() {
    closed = true;
    queue.clear();
  }
}
