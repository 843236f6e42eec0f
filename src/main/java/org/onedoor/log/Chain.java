package org.onedoor.log;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Utf8;

/**
 * One step of the hash chain, fixed for ever: SHA-256 over the previous hash, the entry's fields
 * and the digests of its payloads, each payload with a salt of its own so that an erased one cannot
 * be guessed from its digest.
 */
final class Chain {
  private static final byte[] ABSENT = new byte[0];

  private final MessageDigest sha = sha256();

  /** Starts a step after the hash of the entry before. */
  Chain(byte[] previous) {
    sha.update(previous);
  }

  Chain number(long value) {
    sha.update(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    return this;
  }

  /** A text after its length in bytes; an absent one has length 0. */
  Chain text(@Nullable String value) {
    var bytes = value == null ? ABSENT : Utf8.bytes(value);
    sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    sha.update(bytes);
    return this;
  }

  Chain digest(byte[] digest) {
    sha.update(digest);
    return this;
  }

  byte[] hash() {
    return sha.digest();
  }

  /** What the chain holds of a payload: still there when payload and salt are gone. */
  static byte[] digest(byte[] salt, byte[] payload) {
    var sha = sha256();
    sha.update(salt);
    sha.update(payload);
    return sha.digest();
  }

  static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
