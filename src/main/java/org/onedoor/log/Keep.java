package org.onedoor.log;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Small, expiring things that are not facts: password hashes, tokens, sign-ins, drafts, answers to
 * repeated requests. Durable like the log, part of its backup, never of an export. What has expired
 * is never handed out, whether or not it was swept yet.
 */
public interface Keep {

  /** The shelf of what repeated requests are answered; it may repeat what the log must forget. */
  String ANSWERS = "once";

  record Kept(String shelf, String key, String value, @Nullable Instant until) {}

  /** Puts or replaces; durable when it returns. */
  void put(String shelf, String key, String value, @Nullable Instant until);

  /** Puts if nothing is there and returns empty, else what is there. Durable when it returns. */
  Optional<String> putIfAbsent(String shelf, String key, String value, @Nullable Instant until);

  Optional<String> get(String shelf, String key);

  void drop(String shelf, String key);

  /** Drops everything on a shelf whose value has this in it. */
  void forget(String shelf, String text);

  /** Everything on a shelf whose key begins so. */
  Stream<Kept> all(String shelf, String keyPrefix);
}
