package org.onedoor.event;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Texts as they are stored and hashed: exactly, or not at all. */
public final class Utf8 {
  private Utf8() {}

  /**
   * The bytes of a text.
   *
   * @throws IllegalArgumentException on half a surrogate pair, which would come back as another
   *     character
   */
  public static byte[] bytes(String text) {
    try {
      var buffer = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      var bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("half a surrogate pair in a text to be stored", e);
    }
  }
}
