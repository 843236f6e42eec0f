package org.onedoor.note;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.onedoor.people.Officer;
import org.onedoor.people.Words;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What all our sockets have in common: only who is signed in is let in, at most so many of one
 * account, each gives signs of life, and who is gone is gone, however that became known.
 *
 * @param <E> who serves one connection
 */
public abstract class SocketDoor<E extends SocketDoor.End> extends TextWebSocketHandler {
  protected static final int WRONG_CALL = 4400;
  private static final int NOT_SIGNED_IN = 4401;
  private static final int MOST_PER_ACCOUNT = 400;

  private final Handshake handshake;
  private final Beats beats;
  private final Map<String, Inside<E>> inside = new ConcurrentHashMap<>();
  private final Map<String, Integer> perAccount = new ConcurrentHashMap<>();

  /** Who serves one connection. */
  public interface End {
    /** Greets; called once, when it is known to be inside. */
    void begin();

    /** A message, or a part of one. */
    void hear(String text, boolean last);

    /** The connection is no more. */
    void gone();
  }

  /** Who asks to come in, and with what. */
  public record Asking(Line line, Officer who, UriComponents address, Locale locale) {
    /** A parameter of the address. */
    public @Nullable String parameter(String name) {
      return address.getQueryParams().getFirst(name);
    }

    /** Turns them away. */
    public <E> Optional<E> no(int code, String why) {
      line.close(code, why);
      return Optional.empty();
    }
  }

  private record Inside<E>(Line line, String account, E end) {}

  protected SocketDoor(Handshake handshake, Beats beats) {
    this.handshake = handshake;
    this.beats = beats;
  }

  /** Says who serves somebody, or turns them away. */
  protected abstract Optional<E> admit(Asking asking);

  protected final Collection<E> ends() {
    return inside.values().stream().map(Inside::end).toList();
  }

  @Override
  public final void afterConnectionEstablished(WebSocketSession session) {
    var line = new Line(session, handshake::holds, () -> gone(session));
    var who = handshake.who(session);
    var uri = session.getUri();
    if (who.isEmpty() || uri == null) {
      line.close(NOT_SIGNED_IN, "not signed in");
      return;
    }
    var account = who.get().id();
    var asking =
        new Asking(line, who.get(), UriComponentsBuilder.fromUri(uri).build(), locale(session));
    var many = perAccount.merge(account, 1, Integer::sum) > MOST_PER_ACCOUNT;
    var end = Optional.<E>empty();
    try {
      end = many ? asking.no(WRONG_CALL, "too many sockets") : admit(asking);
    } finally {
      if (end.isEmpty()) uncount(account);
    }
    if (end.isEmpty()) return;
    beats.add(line);
    inside.put(session.getId(), new Inside<>(line, account, end.get()));
    end.get().begin();
    // of a line that broke meanwhile we may have been told before it was inside
    if (!session.isOpen()) gone(session);
  }

  private static Locale locale(WebSocketSession session) {
    return Words.locale(session.getHandshakeHeaders().getFirst("Accept-Language"));
  }

  private void uncount(String account) {
    perAccount.computeIfPresent(account, (_, n) -> n == 1 ? null : n - 1);
  }

  @Override
  protected final void handleTextMessage(WebSocketSession session, TextMessage message) {
    var here = inside.get(session.getId());
    if (here == null) return;
    here.line().heard();
    here.end().hear(message.getPayload(), message.isLast());
  }

  @Override
  protected final void handlePongMessage(WebSocketSession session, PongMessage message) {
    var here = inside.get(session.getId());
    if (here != null) here.line().heard();
  }

  @Override
  public final void handleTransportError(WebSocketSession session, Throwable e) {
    gone(session);
  }

  @Override
  public final void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
    gone(session);
  }

  private void gone(WebSocketSession session) {
    var here = inside.remove(session.getId());
    if (here == null) return;
    uncount(here.account());
    beats.remove(here.line());
    here.end().gone();
    here.line().close(CloseStatus.NORMAL.getCode(), null);
  }
}
