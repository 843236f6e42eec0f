package org.onedoor.note;

import jakarta.websocket.RemoteEndpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.standard.StandardWebSocketSession;

/**
 * A socket as seen by who sends: one message in flight, the others in a bounded queue, so that
 * nobody ever waits for a slow reader; who does not read is dropped and comes back with what they
 * have.
 *
 * <p>Easy to get wrong: the container may say "sent" before the call that sends returns; sending
 * the next from there would go one call deeper for each message that waits.
 */
public final class Line {
  /** What a reader may lag behind before the line is closed: characters, and time. */
  private static final long MOST_WAITING = 1 << 20;

  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final WebSocketSession session;
  private final Predicate<WebSocketSession> holds;
  private final Runnable gone;
  private final RemoteEndpoint.Async remote;
  private final Queue<Message> queue = new ArrayDeque<>();
  private long waiting;
  private long busySince;
  private boolean busy;
  private boolean closed;
  private @Nullable CloseStatus last;
  private volatile long heard = System.nanoTime();

  /** A text, and what of it counts as lagging behind. */
  private record Message(String text, int counts) {}

  /**
   * A line to the other end of a socket.
   *
   * @param holds whether it may stay: asked from time to time
   * @param gone told when it is no more, perhaps again and again: of a line that breaks while
   *     something is sent the container does not always tell
   */
  public Line(WebSocketSession session, Predicate<WebSocketSession> holds, Runnable gone) {
    this.session = session;
    this.gone = gone;
    this.holds = holds;
    remote = ((StandardWebSocketSession) session).getNativeSession().getAsyncRemote();
  }

  /** Sends, now or in turn. */
  public void send(String text) {
    send(new Message(text, text.length()));
  }

  /** Sends what somebody who just came is given first: however long, they are not behind by it. */
  void greet(String text) {
    send(new Message(text, 0));
  }

  private void send(Message message) {
    synchronized (this) {
      if (closed || last != null) return;
      if (busy) {
        waiting += message.counts();
        queue.add(message);
        if (waiting <= MOST_WAITING) return;
      } else {
        busy();
      }
    }
    if (waiting > MOST_WAITING) close(4413, "too slow");
    else out(message);
  }

  private void busy() {
    busy = true;
    busySince = System.nanoTime();
  }

  private void out(Message first) {
    for (var message = first; message != null; message = next()) {
      var second = new AtomicBoolean(); // whoever comes second, the call or its answer, goes on
      try {
        remote.sendText(
            message.text(),
            result -> {
              if (!result.isOK()) drop();
              else if (second.getAndSet(true)) goOn();
            });
      } catch (IllegalStateException e) {
        drop(); // it was closed meanwhile
        return;
      }
      if (!second.getAndSet(true)) return;
    }
  }

  private void goOn() {
    var message = next();
    if (message != null) out(message);
  }

  /** What to send now, or null when nothing waits (any more). */
  private synchronized @Nullable Message next() {
    var message = closed ? null : queue.poll();
    if (message == null) {
      busy = false;
      if (last != null && !closed) hangUp(last);
      return null;
    }
    waiting -= message.counts();
    busySince = System.nanoTime();
    return message;
  }

  /** The other side gave a sign of life. */
  public void heard() {
    heard = System.nanoTime();
  }

  /** Called every second: pings every fifth time, and drops who reads or answers no more. */
  void beat(boolean ping) {
    var now = System.nanoTime();
    boolean stuck;
    if (!session.isOpen()) {
      gone.run();
      return;
    }
    synchronized (this) {
      if (closed) return;
      stuck = busy && now - busySince > MOST_NANOS;
      if (!stuck && ping && !busy) {
        busy();
        Thread.ofVirtual().start(this::ping); // it blocks while the line is full
      }
    }
    if (stuck) close(4413, "too slow");
    else if (ping && !holds.test(session)) close(4401, "signed out");
    else if (now - heard > SILENT_NANOS) close(4413, "silent");
  }

  private void ping() {
    try {
      remote.sendPing(ByteBuffer.allocate(0));
      goOn();
    } catch (IOException | IllegalStateException e) {
      drop();
    }
  }

  /** Hangs up at once; what waits to be sent is not sent. */
  public void close(int code, @Nullable String why) {
    synchronized (this) {
      if (closed) return;
      hangUp(new CloseStatus(code, why));
    }
  }

  /** Hangs up when what waits is sent. */
  public void finish(int code, @Nullable String why) {
    synchronized (this) {
      if (closed || last != null) return;
      last = new CloseStatus(code, why);
      if (!busy) hangUp(last);
    }
  }

  private void hangUp(CloseStatus status) {
    closed = true;
    queue.clear();
    // closing waits for a full line: never on the sender's thread
    Thread.ofVirtual()
        .start(() -> {
          try {
            session.close(status);
          } catch (IOException | IllegalStateException e) {
            drop();
          }
        });
  }

  private void drop() {
    synchronized (this) {
      closed = true;
      queue.clear();
    }
    Thread.ofVirtual().start(this::end);
  }

  private void end() {
    try {
      session.close();
    } catch (IOException | IllegalStateException e) {
      // it is closed already, which is what is wanted
    }
    gone.run();
  }

  boolean open() {
    return session.isOpen();
  }
}
