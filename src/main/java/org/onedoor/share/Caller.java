package org.onedoor.share;

import static org.onedoor.people.Refused.Code.BAD_INPUT;
import static org.onedoor.people.Refused.Code.NOT_SIGNED_IN;
import static org.onedoor.people.Refused.Code.TOO_FAST;
import static org.onedoor.people.Refused.Code.UNAVAILABLE;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.onedoor.log.Hub;
import org.onedoor.log.Keep;
import org.onedoor.log.Unavailable;
import org.onedoor.people.Officer;
import org.onedoor.people.Refused;
import org.onedoor.people.Role;
import org.onedoor.people.Secret;
import org.onedoor.search.CaseIndex;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whoever calls, in which language, and under which key for doing a thing once.
 *
 * @param written the last position each account wrote
 * @param begun the last position before this process: it may be anybody's
 */
record Caller(
    Officer who,
    Locale locale,
    @Nullable String key,
    String address,
    Hub hub,
    Map<String, Long> written,
    long begun) {
  /** Characters of an {@code Idempotency-Key}. */
  static final int LONGEST_KEY = 200;

  /** A program's own fact is waited for this long, while the index is being made anew. */
  private static final Duration OWN = Duration.ofSeconds(10);

  /** A no is remembered this long; a yes as long as the log. */
  private static final Duration REFUSALS = Duration.ofDays(7);

  /** The last position each account wrote; a list by the same account waits for it. */
  static Map<String, Long> remembered() {
    return new ConcurrentHashMap<>();
  }

  /** What they wrote; a list or search by the same account afterwards shows it. */
  Entry wrote(Entry entry) {
    written.merge(who.id(), entry.position(), Math::max);
    return entry;
  }

  /** As {@link #wrote(Entry)}, up to a position. */
  void wrote(long position) {
    written.merge(who.id(), position, Math::max);
  }

  /** Whether they have these roles and no other. */
  boolean only(Role... roles) {
    return Set.of(roles).containsAll(who.roles());
  }

  void seenOwn(CaseIndex index) {
    index.await(written.getOrDefault(who.id(), begun), OWN);
  }

  /**
   * Does something once for a key: the same key again gives the same answer, with another body it
   * is refused. What a request was is kept before it is done and its answer after, so that a server
   * that dies between finds the fact by its own key and answers from it.
   */
  ResponseEntity<?> once(Body body, Function<@Nullable String, Answer> act) {
    return once(new String(body.bytes(), StandardCharsets.UTF_8), act);
  }

  /** As {@link #once(Body, Function)}, of a request that is told by a text. */
  ResponseEntity<?> once(String request, Function<@Nullable String, Answer> act) {
    if (key == null) return entity(act.apply(null));
    if (key.isEmpty() || key.codePointCount(0, key.length()) > LONGEST_KEY)
      throw new Refused(BAD_INPUT, "share.badKey").at("Idempotency-Key");
    var once = who.id() + ":" + key;
    var asked = Secret.hash(address + "\n" + request);
    var known = hub.keep().putIfAbsent(Keep.ANSWERS, once, asked, null);
    if (known.isPresent()) {
      var kept = known.get();
      if (!kept.startsWith(asked))
        throw new Refused(BAD_INPUT, "share.otherBody").at("Idempotency-Key");
      if (kept.length() > asked.length()) {
        wrote(hub.head().position()); // perhaps at another server, and they find it here too
        return again(kept.substring(asked.length()));
      }
    }
    try {
      var answer = act.apply(once);
      keep(once, asked, answer, null);
      return entity(answer);
    } catch (Refused e) {
      if (e.code() == NOT_SIGNED_IN || e.code() == TOO_FAST || e.code() == UNAVAILABLE) throw e;
      var answer = new Answer(e.code().status, Problem.of(e, locale));
      keep(once, asked, answer, Instant.now().plus(REFUSALS));
      return entity(answer);
    }
  }

  /** As {@link #once(Body, Function)}, of a fact: who wrote it finds it. */
  ResponseEntity<?> writes(
      Body body, Function<@Nullable String, Entry> act, Function<Entry, Answer> answer) {
    return once(body, once -> answer.apply(wrote(act.apply(once))));
  }

  private void keep(String once, String asked, Answer answer, @Nullable Instant until) {
    try {
      var body = JsonMapper.shared().writeValueAsString(answer.body());
      hub.keep().put(Keep.ANSWERS, once, asked + answer.status() + body, until);
    } catch (Unavailable e) {
      // what was done stands, and is found again by its key in the log
    }
  }

  @SuppressWarnings("unchecked") // it was an object when it was kept
  private static ResponseEntity<?> again(String kept) {
    var body = (Map<String, Object>) JsonMapper.shared().readValue(kept.substring(3), Map.class);
    return entity(new Answer(Integer.parseInt(kept.substring(0, 3)), body));
  }

  private static ResponseEntity<?> entity(Answer answer) {
    return ResponseEntity.status(answer.status())
        .contentType(
            answer.status() < 400 ? MediaType.APPLICATION_JSON : MediaType.APPLICATION_PROBLEM_JSON)
        .body(answer.body());
  }
}
