package org.onedoor.event;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A fact as it stands in the log.
 *
 * @param position 1, 2, 3 … over the whole log, without a hole
 * @param version 1, 2, 3 … within the stream, without a hole
 * @param at when it was written, to the microsecond
 * @param by the account that did it; {@code console} for whoever holds the data folder
 * @param about the case it is about
 * @param once the key under which it may be appended only once
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by position and hash, below
public record Entry(
    long position,
    String stream,
    int version,
    Instant at,
    String by,
    @Nullable String about,
    @Nullable String once,
    Event event,
    byte[] hash) {

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Entry e && e.position == position && Arrays.equals(e.hash, hash);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(position);
  }

  @Override
  public String toString() {
    return position + " " + stream + " " + version + " " + event;
  }
}
