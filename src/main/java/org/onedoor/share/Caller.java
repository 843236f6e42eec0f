package org.onedoor.share;

import static org.onedoor.people.Refused.Code.BAD_INPUT;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.onedoor.log.Hub;
import org.onedoor.people.Officer;
import org.onedoor.people.Refused;
import org.onedoor.people.Secret;
import org.onedoor.search.CaseIndex;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/** Whoever calls, in which language, and under which key for doing a thing once. */
record Caller(
    Officer who,
    Locale locale,
    @Nullable String key,
    String address,
    Hub hub,
    Map<String, Long> written) {
  private static final String SHELF = "once";

  /** The last position each account wrote; a list by the same account waits for it. */
  static Map<String, Long> remembered() {
    return new ConcurrentHashMap<>();
  }

  void wrote(long position) {
    written.merge(who.id(), position, Math::max);
  }

  void seenOwn(CaseIndex index) {
    index.await(written.getOrDefault(who.id(), 0L));
  }

  /**
   * Does something once for a key: the same key again gives the same answer, with another body it
   * is refused. What a request was is kept before it is done and its answer after, so that a server
   * that dies between finds the fact by its own key and answers from it.
   */
  ResponseEntity<?> once(Body body, Function<@Nullable String, Answer> act) {
    if (key == null) return entity(act.apply(null));
    if (key.isEmpty() || key.codePointCount(0, key.length()) > 200)
      throw new Refused(BAD_INPUT, "share.badKey").at("Idempotency-Key");
    var once = who.id() + ":" + key;
    var asked = Secret.hash(address + "\n" + new String(body.bytes(), StandardCharsets.UTF_8));
    var known = hub.keep().putIfAbsent(SHELF, once, asked, null);
    if (known.isPresent()) {
      var kept = known.get();
      if (!kept.startsWith(asked))
        throw new Refused(BAD_INPUT, "share.otherBody").at("Idempotency-Key");
      if (kept.length() > asked.length()) return again(kept.substring(asked.length()));
    }
    var answer = act.apply(once);
    hub.keep()
        .put(
            SHELF,
            once,
            asked + answer.status() + JsonMapper.shared().writeValueAsString(answer.body()),
            null);
    return entity(answer);
  }

  private static ResponseEntity<?> again(String kept) {
    return ResponseEntity.status(Integer.parseInt(kept.substring(0, 3)))
        .body(JsonMapper.shared().readValue(kept.substring(3), Map.class));
  }

  private static ResponseEntity<?> entity(Answer answer) {
    return ResponseEntity.status(answer.status()).body(answer.body());
  }
}
