package org.onedoor.share;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.onedoor.event.Entry;
import org.onedoor.log.Following;
import org.onedoor.note.Beats;
import org.onedoor.note.Cards;
import org.onedoor.note.Handshake;
import org.onedoor.note.Line;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Thing;
import org.onedoor.people.Words;
import org.onedoor.room.Presence;
import org.onedoor.room.Timeline;
import org.onedoor.room.Watch;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/** {@code /ws/live?case=ID&after=POSITION}: who is in a room and what happens in it. */
@Component
final class LiveSocket extends TextWebSocketHandler {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int MOST = 400;
  private static final int WRONG_CALL = 4400;
  private static final int NOT_SIGNED_IN = 4401;
  private static final int WITHDRAWN = 4403;
  private static final int NO_SUCH_CASE = 4404;

  private final People people;
  private final Presence presence;
  private final Watch watch;
  private final Timeline timeline;
  private final Told told;
  private final Cards cards;
  private final Handshake handshake;
  private final Beats beats;
  private final Map<String, Subscriber> subscribers = new ConcurrentHashMap<>();

  LiveSocket(
      People people,
      Presence presence,
      Watch watch,
      Timeline timeline,
      Told told,
      Cards cards,
      Handshake handshake,
      Beats beats) {
    this.people = people;
    this.presence = presence;
    this.watch = watch;
    this.timeline = timeline;
    this.told = told;
    this.cards = cards;
    this.handshake = handshake;
    this.beats = beats;
  }

  @Override
  public void afterConnectionEstablished(WebSocketSession session) {
    var line =
        new Line(
            session,
            handshake::holds,
            () -> afterConnectionClosed(session, CloseStatus.NO_CLOSE_FRAME));
    var who = handshake.who(session);
    var uri = session.getUri();
    if (who.isEmpty() || uri == null) {
      line.close(NOT_SIGNED_IN, "not signed in");
      return;
    }
    if (subscribers.values().stream().filter(s -> s.who.equals(who.get())).count() >= MOST) {
      line.close(WRONG_CALL, "too many sockets");
      return;
    }
    var asked = UriComponentsBuilder.fromUri(uri).build().getQueryParams();
    var caseId = asked.getFirst("case");
    if (caseId == null || !people.maySee(who.get(), new Thing.Facts(caseId))) {
      line.close(NO_SUCH_CASE, "no such case");
      return;
    }
    var after = asked.getFirst("after");
    var subscriber = new Subscriber(line, who.get(), caseId, locale(session));
    subscribers.put(session.getId(), subscriber);
    beats.add(line);
    subscriber.start(after == null || !after.matches("\\d{1,18}") ? -1 : Long.parseLong(after));
    if (!session.isOpen()) afterConnectionClosed(session, CloseStatus.NO_CLOSE_FRAME);
  }

  private static Locale locale(WebSocketSession session) {
    return Words.locale(session.getHandshakeHeaders().getFirst("Accept-Language"));
  }

  @Override
  protected void handlePongMessage(WebSocketSession session, PongMessage message) {
    var subscriber = subscribers.get(session.getId());
    if (subscriber != null) subscriber.line.heard();
  }

  @Override
  protected void handleTextMessage(WebSocketSession session, TextMessage message) {
    var subscriber = subscribers.get(session.getId());
    if (subscriber != null) subscriber.line.heard();
  }

  @Override
  public void handleTransportError(WebSocketSession session, Throwable e) {
    afterConnectionClosed(session, CloseStatus.NO_CLOSE_FRAME);
  }

  @Override
  public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
    var subscriber = subscribers.remove(session.getId());
    if (subscriber != null) subscriber.gone();
  }

  /** One page or program looking at a case. */
  private final class Subscriber {
    final Line line;
    private final Officer who;
    private final String caseId;
    private final Locale locale;
    private final List<Following> followings = new ArrayList<>();
    private boolean gone;
    private final List<Entry> early = new ArrayList<>();
    private long sent = -1;
    private boolean caughtUp;

    Subscriber(Line line, Officer who, String caseId, Locale locale) {
      this.line = line;
      this.who = who;
      this.caseId = caseId;
      this.locale = locale;
    }

    void start(long after) {
      until(presence.watch(caseId, this::here));
      until(presence.enter(caseId, who.id()));
      here(presence.here(caseId));
      // who missed something comes back and says from where on
      until(watch.of(caseId, this::happened, () -> line.finish(1012, "come back")));
      if (after >= 0)
        try (var entries = timeline.of(who, caseId, after)) {
          entries.forEach(this::send);
        }
      synchronized (this) {
        caughtUp = true;
        early.forEach(this::send);
        early.clear();
      }
      if (!sees()) withdrawn(); // it may have ended between the handshake and here
    }

    /**
     * Ends with the line, also when that died while this was begun: or somebody is here for ever.
     */
    private void until(Following following) {
      synchronized (followings) {
        if (!gone) {
          followings.add(following);
          return;
        }
      }
      following.close();
    }

    private boolean sees() {
      return people.maySee(who, new Thing.Facts(caseId));
    }

    private void withdrawn() {
      line.send(
          JSON.writeValueAsString(Map.of("t", "gone", "why", Words.say(locale, "room.gone"))));
      line.finish(WITHDRAWN, "right withdrawn");
    }

    private synchronized void here(List<String> changed) {
      // the newest, also where two changes came the other way round
      var all =
          presence.here(caseId).stream()
              .flatMap(id -> people.officer(id).stream())
              .map(o -> cards.of(o, locale))
              .toList();
      line.send(JSON.writeValueAsString(Map.of("t", "here", "people", all)));
    }

    private void happened(Entry entry) {
      if (!sees()) {
        withdrawn();
        return;
      }
      synchronized (this) {
        if (!caughtUp) early.add(entry);
        else send(entry);
      }
    }

    private synchronized void send(Entry entry) {
      if (entry.position() <= sent || !timeline.sees(who, entry)) return;
      sent = entry.position();
      line.send(JSON.writeValueAsString(Map.of("t", "entry", "entry", told.entry(entry, locale))));
    }

    void gone() {
      beats.remove(line);
      List<Following> ended;
      synchronized (followings) {
        gone = true;
        ended = List.copyOf(followings);
        followings.clear();
      }
      ended.forEach(Following::close);
      line.close(CloseStatus.NORMAL.getCode(), null);
    }
  }

  /** Where it is listened to. */
  @Configuration
  static class Address implements WebSocketConfigurer {
    private final LiveSocket live;
    private final Handshake handshake;

    Address(LiveSocket live, Handshake handshake) {
      this.live = live;
      this.handshake = handshake;
    }

    @Override
    public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
      registry
          .addHandler(live, "/ws/live")
          .setHandshakeHandler(handshake)
          .addInterceptors(handshake)
          .setAllowedOriginPatterns("*"); // the handshake asks for the origin itself
    }
  }
}
