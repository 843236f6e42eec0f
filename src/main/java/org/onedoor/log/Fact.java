package org.onedoor.log;

import org.jspecify.annotations.Nullable;
import org.onedoor.event.Event;

/**
 * Something to be appended.
 *
 * @param version how many entries the stream has, as far as the one who decided knows: if it has
 *     more by now, the append is a {@link Conflict}
 * @param once a key unique in the whole log: appending it again returns the first entry
 * @param given another stream on which it was decided too: if that has moved on by now, the append
 *     is a {@link Conflict} as well
 */
public record Fact(
    String stream,
    int version,
    Event event,
    String by,
    @Nullable String once,
    @Nullable Given given) {

  /** A stream as it was when something was decided. */
  public record Given(String stream, int version) {}

  public Fact(String stream, int version, Event event, String by, @Nullable String once) {
    this(stream, version, event, by, once, null);
  }

  public Fact(String stream, int version, Event event, String by) {
    this(stream, version, event, by, null);
  }

  /** The same, decided on another stream too. */
  public Fact given(String other, int otherVersion) {
    return new Fact(stream, version, event, by, once, new Given(other, otherVersion));
  }

  /** The case this is about: told by the event, else by a stream {@code case/NUMBER…}. */
  public @Nullable String about() {
    var told = event.aboutCase();
    if (told != null) return told;
    if (!stream.startsWith("case/")) return null;
    var end = stream.indexOf('/', 5);
    return end < 0 ? stream.substring(5) : stream.substring(5, end);
  }
}
