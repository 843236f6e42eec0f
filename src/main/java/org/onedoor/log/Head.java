package org.onedoor.log;

import java.util.HexFormat;

/**
 * The end of the chain: who knows it outside can tell whether anything before was changed or cut.
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by its text, below
public record Head(long position, byte[] hash) {

  public static final Head EMPTY = new Head(0, new byte[32]);

  /** Reads {@code POSITION:HEX}. */
  public static Head parse(String text) {
    var colon = text.indexOf(':');
    if (colon < 1) throw new IllegalArgumentException("a head is POSITION:HEX, not " + text);
    return new Head(
        Long.parseLong(text.substring(0, colon)),
        HexFormat.of().parseHex(text.substring(colon + 1)));
  }

  @Override
  public String toString() {
    return position + ":" + HexFormat.of().formatHex(hash);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Head h && h.toString().equals(toString());
  }

  @Override
  public int hashCode() {
    return Long.hashCode(position);
  }
}
