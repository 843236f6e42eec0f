package org.onedoor.room;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Event;
import org.onedoor.event.Event.*;
import org.onedoor.event.Reworded;

/**
 * A text somebody wrote freely about a case, in which anybody may be named.
 *
 * @param stream where it stands
 * @param version in which entry of that stream
 * @param field which of its texts
 */
public record FreeText(String stream, int version, String field, String text) {

  /** The same place. */
  boolean is(Reworded other) {
    return stream.equals(other.stream())
        && version == other.version()
        && field.equals(other.field());
  }

  Reworded as(String words) {
    return new Reworded(stream, version, field, words);
  }

  /** The texts of a fact by field; those of one that has none are none. */
  static Map<String, String> of(Event event) {
    var texts = new LinkedHashMap<String, String>();
    var _ =
        reworded(
            event,
            (field, text) -> {
              texts.put(field, text);
              return text;
            });
    return texts;
  }

  /** A fact in which each text is what a rule makes of it. */
  static Event reworded(Event event, Rule rule) {
    return switch (event) {
      case Registered e ->
          new Registered(
              rule.of("title", e.title()),
              rule.of("words", e.words()),
              e.kind(),
              may(rule, "kindGiven", e.kindGiven()),
              e.channel(),
              e.lead(),
              e.parties(),
              needs(e.needs(), rule),
              e.externalNumber(),
              e.externalSource(),
              e.at());
      case Corrected e when e.party() == null ->
          new Corrected(
              e.field(),
              null,
              may(rule, "was", e.was()),
              may(rule, "is", e.is()),
              rule.of("reason", e.reason()));
      case Corrected e ->
          new Corrected(e.field(), e.party(), e.was(), e.is(), rule.of("reason", e.reason()));
      case Contact e -> new Contact(e.id(), e.channel(), rule.of("words", e.words()), e.at());
      case Declined e -> new Declined(rule.of("reason", e.reason()));
      case Objected e -> new Objected(e.agency(), rule.of("reason", e.reason()));
      case AgencyReleased e -> new AgencyReleased(e.agency(), rule.of("reason", e.reason()));
      case Closed e -> new Closed(e.outcome(), rule.of("summary", e.summary()), e.at());
      case Reopened e -> new Reopened(rule.of("reason", e.reason()));
      case NoteOpened e ->
          new NoteOpened(
              e.id(),
              rule.of("title", e.title()),
              e.audience(),
              e.agency(),
              e.readers(),
              e.session());
      case SessionCancelled e ->
          new SessionCancelled(e.id(), e.about(), rule.of("reason", e.reason()));
      case ErasureProposed e ->
          new ErasureProposed(e.id(), e.party(), rule.of("reason", e.reason()), e.words());
      case ErasureRefused e -> new ErasureRefused(e.id(), rule.of("reason", e.reason()));
      case Event e -> e; // what has no free text, or whose texts are others' business
    };
  }

  interface Rule {
    String of(String field, String text);

    static Rule all(UnaryOperator<String> change) {
      return (_, text) -> change.apply(text);
    }
  }

  private static @Nullable String may(Rule rule, String field, @Nullable String text) {
    return text == null ? null : rule.of(field, text);
  }

  private static List<String> needs(List<String> needs, Rule rule) {
    if (needs.isEmpty()) return needs;
    var said = rule.of("needs", String.join("\n", needs));
    return said.isBlank() ? List.of() : List.of(said.split("\n"));
  }
}
