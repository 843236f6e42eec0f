package org.onedoor.log;

import org.jspecify.annotations.Nullable;
import org.onedoor.event.Event;

/**
 * Something to be appended.
 *
 * @param version how many entries the stream has, as far as the one who decided knows: if it has
 *     more by now, the append is a {@link Conflict}
 * @param once a key unique in the whole log: appending it again returns the first entry
 */
public record Fact(String stream, int version, Event event, String by, @Nullable String once) {

  public Fact(String stream, int version, Event event, String by) {
    this(stream, version, event, by, null);
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
