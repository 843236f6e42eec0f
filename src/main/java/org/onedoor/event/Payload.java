package org.onedoor.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.MutableConfigOverride;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event as bytes: its name, its fields as JSON, and each party's particulars as JSON apart. What
 * was stored is hashed and never written again, so this only has to read everything it ever wrote.
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as stored; never compared
public record Payload(String name, byte[] open, SequencedMap<String, byte[]> personal) {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
          .withConfigOverride(List.class, Payload::emptyIfMissing)
          .withConfigOverride(Set.class, Payload::emptyIfMissing)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
          .build();

  private static final Map<String, Class<? extends Event>> KINDS =
      Arrays.stream(Event.class.getDeclaredClasses())
          .filter(c -> c.isAnnotationPresent(Stored.class))
          .map(c -> c.asSubclass(Event.class))
          .collect(Collectors.toUnmodifiableMap(Payload::stored, Function.identity()));

  /**
   * The bytes of an event.
   *
   * @throws IllegalArgumentException if a text in it holds half a surrogate pair, or it is {@link
   *     Event.Emptied}, which is nothing to say
   */
  public static Payload of(Event event) {
    if (event instanceof Event.Emptied)
      throw new IllegalArgumentException("what was erased cannot be said again");
    var personal = new LinkedHashMap<String, byte[]>();
    if (event instanceof Event.Personal p)
      p.particulars().forEach((party, known) -> personal.put(party, bytes(known)));
    return new Payload(name(event), open(event), personal);
  }

  private static byte[] open(Event event) {
    return switch (event) {
      case Event.Unknown u -> Utf8.bytes(u.json());
      case Event.Personal p -> bytes(p.with(Map.of()));
      case Event e -> bytes(e);
    };
  }

  private static byte[] bytes(Object fields) {
    var json = JSON.writeValueAsBytes(fields);
    var escaped = false;
    for (var i = 0; i < json.length; i++) {
      // above control characters only halves of surrogate pairs are escaped by number
      if (escaped && json[i] == 'u' && json[i + 1] == 'D')
        throw new IllegalArgumentException("half a surrogate pair in " + fields);
      escaped = !escaped && json[i] == '\\';
    }
    return json;
  }

  /**
   * The event again. One of a kind this program does not know, or in a shape only a newer program
   * reads, becomes {@link Event.Unknown}.
   */
  public Event event() {
    var kind = KINDS.get(name);
    if (kind == null) return unknown();
    try {
      var event = JSON.readValue(open, kind);
      return event instanceof Event.Personal p ? p.with(known()) : event;
    } catch (RuntimeException e) { // whatever shape it is in, who reads the log must get past it
      return unknown();
    }
  }

  private Event.Unknown unknown() {
    return new Event.Unknown(name, new String(open, StandardCharsets.UTF_8));
  }

  private Map<String, Map<String, String>> known() {
    var known = new LinkedHashMap<String, Map<String, String>>();
    personal.forEach(
        (party, bytes) -> known.put(party, JSON.readValue(bytes, new TypeReference<>() {})));
    return known;
  }

  /** The name under which an event stands in the log. */
  public static String name(Event event) {
    return switch (event) {
      case Event.Unknown u -> u.name();
      case Event.Emptied e -> e.name();
      default -> stored(event.getClass());
    };
  }

  /** The names of all kinds this program knows. */
  public static Map<String, Class<? extends Event>> kinds() {
    return KINDS;
  }

  /** A list that a field was given later is empty in the events before it. */
  private static void emptyIfMissing(MutableConfigOverride type) {
    type.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
  }

  private static String stored(Class<? extends Event> kind) {
    var stored = kind.getAnnotation(Stored.class);
    if (stored == null) throw new IllegalArgumentException(kind + " has no stored name");
    return stored.value();
  }
}
