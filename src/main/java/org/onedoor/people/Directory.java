package org.onedoor.people;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.onedoor.event.Event;
import org.onedoor.event.Event.AccountOpened;
import org.onedoor.event.Event.AgencyAdded;
import org.onedoor.event.Event.CentreNamed;
import org.onedoor.event.Event.HallAdded;
import org.onedoor.event.Event.KindsListed;
import org.onedoor.event.Event.TokenMade;
import org.onedoor.event.Kind;
import org.onedoor.event.Label;

/**
 * The centre, its agencies, accounts, halls and class list: a fold of the stream {@code people}.
 *
 * @param version how many entries of the stream it has
 */
public record Directory(
    int version,
    Label centre,
    ZoneId zone,
    Map<String, AgencyAdded> agencies,
    Map<String, Officer> officers,
    Map<String, HallAdded> halls,
    List<Kind> kinds,
    Map<String, List<Made>> tokens) {

  /** A token somebody made for an account: the end of it, and when. */
  public record Made(String hint, Instant at) {}

  static final Directory EMPTY =
      new Directory(
          0,
          new Label("", null),
          ZoneId.of("UTC"),
          Map.of(),
          Map.of(),
          Map.of(),
          List.of(),
          Map.of());

  Directory after(Entry entry) {
    var v = entry.version();
    return switch (entry.event()) {
      case CentreNamed e ->
          new Directory(v, e.name(), ZoneId.of(e.zone()), agencies, officers, halls, kinds, tokens);
      case AgencyAdded e ->
          new Directory(v, centre, zone, plus(agencies, e.id(), e), officers, halls, kinds, tokens);
      case AccountOpened e ->
          new Directory(
              v,
              centre,
              zone,
              agencies,
              plus(officers, e.id(), Officer.of(e)),
              halls,
              kinds,
              tokens);
      case HallAdded e ->
          new Directory(v, centre, zone, agencies, officers, plus(halls, e.id(), e), kinds, tokens);
      case KindsListed e ->
          new Directory(v, centre, zone, agencies, officers, halls, List.copyOf(e.kinds()), tokens);
      case TokenMade e -> {
        var made = new ArrayList<>(tokens.getOrDefault(e.account(), List.of()));
        made.add(new Made(e.hint(), entry.at()));
        var all = plus(tokens, e.account(), List.copyOf(made));
        yield new Directory(v, centre, zone, agencies, officers, halls, kinds, all);
      }
      case Event _ -> new Directory(v, centre, zone, agencies, officers, halls, kinds, tokens);
    };
  }

  public Optional<Officer> officer(String id) {
    return Optional.ofNullable(officers.get(id));
  }

  public Optional<AgencyAdded> agency(@Nullable String id) {
    return id == null ? Optional.empty() : Optional.ofNullable(agencies.get(id));
  }

  public Optional<Kind> kind(@Nullable String code) {
    return kinds.stream().filter(k -> k.code().equals(code)).findFirst();
  }

  public List<Officer> officersOf(String agency) {
    return officers.values().stream().filter(o -> o.agency().equals(agency)).toList();
  }

  private static <V> Map<String, V> plus(Map<String, V> map, String key, V value) {
    var all = new LinkedHashMap<>(map);
    all.put(key, value);
    return Collections.unmodifiableMap(all);
  }

  /** Agencies in the order in which they came. */
  public List<AgencyAdded> agencyList() {
    return new ArrayList<>(agencies.values());
  }
}
