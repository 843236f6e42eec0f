package org.onedoor.people;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Random secrets and what is kept of them: only their SHA-256, so the disk opens no door. */
public final class Secret {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Letters of a {@link #random()} one. */
  static final int LENGTH = 43;

  private Secret() {}

  /** 256 random bits as 43 letters that need no escaping anywhere. */
  public static String random() {
    return random(32);
  }

  /** So many random bytes as URL-safe letters. */
  public static String random(int bytes) {
    var some = new byte[bytes];
    RANDOM.nextBytes(some);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(some);
  }

  public static String hash(String secret) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
