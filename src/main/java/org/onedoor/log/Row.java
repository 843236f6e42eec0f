package org.onedoor.log;

import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.onedoor.event.Event;
import org.onedoor.event.Payload;
import org.onedoor.event.Utf8;

/**
 * An entry as stored.
 *
 * @param at microseconds since 1970
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as stored; never compared
record Row(
    long position,
    String stream,
    int version,
    long at,
    String by,
    @Nullable String about,
    @Nullable String once,
    String type,
    Said said,
    List<Personal> personal,
    @Nullable Anew anew,
    byte[] hash) {

  /**
   * What is said in place of the entry's own words, and where that stands.
   *
   * @param open null once that was erased too
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes as stored; never compared
  record Anew(long position, byte @Nullable [] open) {
    /** From the payload of the entry that says it. */
    static Anew of(long position, byte @Nullable [] payload) {
      if (payload == null) return new Anew(position, null);
      var said = new Payload("restated", payload, new LinkedHashMap<>()).event();
      return new Anew(position, said instanceof Event.Restated r ? Utf8.bytes(r.open()) : null);
    }
  }

  /** A party's particulars. */
  record Personal(String party, Said said) {}

  /** The hash this has after the one before: over what is stored, or its digest if erased. */
  byte[] chained(byte[] previous) {
    var chain =
        new Chain(previous)
            .number(position)
            .text(stream)
            .number(version)
            .number(at)
            .text(by)
            .text(about)
            .text(once)
            .text(type)
            .digest(said.chained());
    for (var p : personal) chain.text(p.party()).digest(p.said().chained());
    return chain.hash();
  }

  /** The end of the chain, were this the last entry. */
  Head head() {
    return new Head(position, hash);
  }

  Row with(byte[] hashed) {
    return new Row(
        position, stream, version, at, by, about, once, type, said, personal, anew, hashed);
  }

  Entry entry() {
    return entry(event());
  }

  Entry entry(Event event) {
    return new Entry(position, stream, version, Chain.instant(at), by, about, once, event, hash);
  }

  private Event event() {
    var open = said.payload();
    if (open == null && anew != null) open = anew.open();
    if (open == null) return new Event.Emptied(type);
    var known = new LinkedHashMap<String, byte[]>();
    for (var p : personal) if (p.said().payload() != null) known.put(p.party(), p.said().payload());
    return new Payload(type, open, known).event();
  }
}
