package org.onedoor.share;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.onedoor.event.Entry;
import org.onedoor.log.Following;
import org.onedoor.note.Beats;
import org.onedoor.note.Cards;
import org.onedoor.note.Handshake;
import org.onedoor.note.Line;
import org.onedoor.note.SocketDoor;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Thing;
import org.onedoor.people.Words;
import org.onedoor.room.Presence;
import org.onedoor.room.Timeline;
import org.onedoor.room.Watch;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code /ws/live?case=ID&after=POSITION}: who is in a room and what happens in it; without a case,
 * that something happens in any one may see.
 */
@Component
final class LiveSocket extends SocketDoor<LiveSocket.Subscriber> {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int WITHDRAWN = 4403;

  /** Where somebody listens to all cases they may see. */
  private static final String EVERYTHING = "";

  private static final int NO_SUCH_CASE = 4404;

  private final People people;
  private final Presence presence;
  private final Watch watch;
  private final Timeline timeline;
  private final History history;
  private final Cards cards;

  LiveSocket(
      People people,
      Presence presence,
      Watch watch,
      Timeline timeline,
      History history,
      Cards cards,
      Handshake handshake,
      Beats beats) {
    super(handshake, beats);
    this.people = people;
    this.presence = presence;
    this.watch = watch;
    this.timeline = timeline;
    this.history = history;
    this.cards = cards;
  }

  @Override
  protected Optional<Subscriber> admit(Asking asking) {
    var caseId = asking.parameter("case");
    if (caseId == null) return Optional.of(new Subscriber(asking, EVERYTHING));
    if (!people.maySee(asking.who(), new Thing.Facts(caseId)))
      return asking.no(NO_SUCH_CASE, "no such case");
    return Optional.of(new Subscriber(asking, caseId));
  }

  /** One page or program looking at a case. */
  final class Subscriber implements End {
    private final Line line;
    private final Officer who;
    private final String caseId;
    private final Locale locale;
    private final long after;
    private final List<Following> followings = new ArrayList<>();
    private boolean gone;
    private final InOrder inOrder = new InOrder(this::send);

    Subscriber(Asking asking, String caseId) {
      line = asking.line();
      who = asking.who();
      locale = asking.locale();
      this.caseId = caseId;
      var asked = asking.parameter("after");
      after = asked == null || !asked.matches("\\d{1,18}") ? -1 : Long.parseLong(asked);
    }

    @Override
    public void begin() {
      // who missed something comes back and says from where on
      Runnable behind = () -> line.finish(1012, "come back");
      if (caseId.equals(EVERYTHING)) {
        until(watch.all(inOrder::happened, behind));
        past(() -> timeline.all(who, after));
        return;
      }
      until(people.watch(this::check)); // an account may have lost its roles
      until(presence.watch(caseId, this::here));
      until(presence.enter(caseId, who.id()));
      here(presence.here(caseId));
      until(watch.of(caseId, this::happened, behind));
      past(() -> timeline.of(who, caseId, after));
      check(); // it may have ended between the handshake and here
    }

    private void past(Supplier<Stream<Entry>> entries) {
      try (var past = after < 0 ? Stream.<Entry>empty() : entries.get()) {
        inOrder.past(past);
      }
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

    private void check() {
      if (!sees()) withdrawn();
    }

    private void happened(Entry entry) {
      if (!sees()) {
        withdrawn();
        return;
      }
      inOrder.happened(entry);
    }

    private void send(Entry entry) {
      if (!timeline.sees(who, entry)) return;
      var said =
          caseId.equals(EVERYTHING)
              ? history.headline(entry, locale)
              : history.entry(who, entry, locale, "live");
      line.send(JSON.writeValueAsString(Map.of("t", "entry", "entry", said)));
    }

    /** A page has nothing to say here but that it lives. */
    @Override
    public void hear(String text, boolean last) {}

    @Override
    public void gone() {
      List<Following> ended;
      synchronized (followings) {
        gone = true;
        ended = List.copyOf(followings);
        followings.clear();
      }
      ended.forEach(Following::close);
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
