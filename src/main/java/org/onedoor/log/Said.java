package org.onedoor.log;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that can be erased, as stored: salt and payload, or once they are gone what the chain holds
 * of them.
 *
 * @param digest there only when salt and payload are not
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as stored; never compared
record Said(byte @Nullable [] salt, byte @Nullable [] payload, byte @Nullable [] digest) {
  private static final int SALT = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  static Said now(byte[] payload) {
    var salt = new byte[SALT];
    RANDOM.nextBytes(salt);
    return new Said(salt, payload, null);
  }

  int bytes() {
    return payload == null ? 0 : payload.length;
  }

  boolean erased() {
    return payload == null;
  }

  /** Whether this is either all there or all gone, and nothing between. */
  boolean sound() {
    return payload == null ? salt == null && digest != null : salt != null && digest == null;
  }

  /** What goes into the chain. */
  byte[] chained() {
    if (salt != null && payload != null) return Chain.digest(salt, payload);
    return digest == null ? new byte[0] : digest;
  }
}
