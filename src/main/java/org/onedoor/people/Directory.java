package org.onedoor.people;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.onedoor.event.Event;
import org.onedoor.event.Event.*;
import org.onedoor.event.Kind;
import org.onedoor.event.Label;

/**
 * The centre, its agencies, accounts, halls and class list: a fold of the stream {@code people}.
 *
 * <p>Easy to get wrong: what was once in a case must be named for ever, so nothing is ever taken
 * out of these maps; what can be chosen today is {@link #agencyList}, {@link #staff} and {@link
 * #openHalls}.
 *
 * @param version how many entries of the stream it has
 * @param agencies all there ever were, as they are called now
 * @param merged into which another agency went
 * @param closedHalls which are booked no more
 * @param kinds the class list of today
 * @param everyKind also what is no more on the list
 */
public record Directory(
    int version,
    Label centre,
    ZoneId zone,
    String language,
    Map<String, AgencyAdded> agencies,
    Map<String, String> merged,
    Map<String, Account> accounts,
    Map<String, Officer> officers,
    Map<String, HallAdded> halls,
    Set<String> closedHalls,
    List<Kind> kinds,
    Map<String, Kind> everyKind,
    Map<String, List<Made>> tokens) {

  /**
   * A token somebody made for an account.
   *
   * @param hint the end of it
   * @param id by which it is revoked; of an older one there is none
   */
  public record Made(String hint, Instant at, @Nullable String id) {}

  static final Directory EMPTY =
      new Directory(
          0,
          new Label("", null),
          ZoneId.of("UTC"),
          "en",
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Set.of(),
          List.of(),
          Map.of(),
          Map.of());

  Directory after(Entry entry) {
    var next = new Change(this);
    switch (entry.event()) {
      case CentreNamed e -> next.name(e);
      case AgencyAdded e -> next.agencies.put(e.id(), e);
      case AgencyChanged e ->
          next.agencies.put(e.id(), new AgencyAdded(e.id(), e.name(), e.letters(), e.colour()));
      case AgencyMerged e -> next.merge(e);
      case AccountOpened e -> next.put(Account.of(e));
      case AccountChanged e -> next.account(e.id(), Account.of(e));
      case AccountDisabled e -> next.account(e.id(), a -> a.disabled(true));
      case AccountEnabled e -> next.account(e.id(), a -> a.disabled(false));
      case Invited e -> next.account(e.account(), a -> a.invited(entry.at()));
      case PasswordSet e -> next.account(e.account(), a -> a.passwordSet(entry.at()));
      case HallAdded e -> next.halls.put(e.id(), e);
      case HallChanged e ->
          next.halls.put(
              e.id(),
              new HallAdded(
                  e.id(), e.name(), e.seats(), e.stepFree(), e.waitingRooms(), e.equipment()));
      case HallClosed e -> next.closedHalls.add(e.id());
      case KindsListed e -> next.list(e.kinds());
      case TokenMade e -> next.made(e, entry.at());
      case TokenRevoked e -> next.revoked(e);
      case Event _ -> {}
    }
    return next.done(entry.version());
  }

  /** Whether a centre was set up here. */
  public boolean founded() {
    return version > 0;
  }

  public Optional<Officer> officer(String id) {
    return Optional.ofNullable(officers.get(id));
  }

  public Optional<AgencyAdded> agency(@Nullable String id) {
    return id == null ? Optional.empty() : Optional.ofNullable(agencies.get(id));
  }

  /** What an agency is called; its id where there is none of that id. */
  public String agencyName(String id, Locale locale) {
    return agency(id).map(a -> a.name().in(locale)).orElse(id);
  }

  /** As {@link #agencyName}, of an officer. */
  public String officerName(String id, Locale locale) {
    return officer(id).map(o -> o.name().in(locale)).orElse(id);
  }

  /** What a reader calls these, one after the other; whoever is unknown is left out. */
  public String officerNames(Collection<String> ids, Locale locale) {
    return Words.row(
        locale,
        ids.stream().flatMap(id -> officer(id).stream()).map(o -> o.name().in(locale)).toList());
  }

  /** As {@link #agencyName}, of a hall. */
  public String hallName(String id, Locale locale) {
    var hall = halls.get(id);
    return hall == null ? id : hall.name().in(locale);
  }

  public Optional<Kind> kind(@Nullable String code) {
    return code == null ? Optional.empty() : Optional.ofNullable(everyKind.get(code));
  }

  public List<Officer> officersOf(String agency) {
    return officers.values().stream().filter(o -> o.actsFor(agency)).toList();
  }

  /** Who may come in today. */
  public List<Officer> staff() {
    return officers.values().stream().filter(o -> !o.roles().isEmpty()).toList();
  }

  /** Agencies one can name today, in the order in which they came. */
  public List<AgencyAdded> agencyList() {
    return agencies.values().stream().filter(a -> !merged.containsKey(a.id())).toList();
  }

  /** The same as their ids. */
  public List<String> agencyIds() {
    return agencyList().stream().map(AgencyAdded::id).toList();
  }

  /** Halls one can book today. */
  public List<HallAdded> openHalls() {
    return halls.values().stream().filter(h -> !closedHalls.contains(h.id())).toList();
  }

  /** Whether the class list of today has this class. */
  public boolean lists(String code) {
    return kinds.stream().anyMatch(k -> k.code().equals(code));
  }

  /** The agency of which another has become part. */
  public Optional<AgencyAdded> partOf(String agency) {
    return merged.containsKey(agency) ? agency(now(agency)) : Optional.empty();
  }

  /** Whether a hall can be booked today. */
  public boolean opens(@Nullable String hall) {
    return hall != null && halls.containsKey(hall) && !closedHalls.contains(hall);
  }

  /** The agency itself and all that were merged into it. */
  public Set<String> family(String agency) {
    return family(agency, merged);
  }

  private static Set<String> family(String agency, Map<String, String> merged) {
    return Stream.concat(
            Stream.of(agency), merged.keySet().stream().filter(a -> now(a, merged).equals(agency)))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** What became of an agency: itself, or the one it is part of. */
  String now(String agency) {
    return now(agency, merged);
  }

  private static String now(String agency, Map<String, String> merged) {
    var at = agency;
    for (var into = merged.get(at); into != null; into = merged.get(at)) at = into;
    return at;
  }

  /** A directory being changed by one entry: the same fields, open. */
  private static final class Change {
    private Label centre;
    private ZoneId zone;
    private String language;
    private final Map<String, AgencyAdded> agencies;
    private final Map<String, String> merged;
    private final Map<String, Account> accounts;
    private final Map<String, Officer> officers;
    final Map<String, HallAdded> halls;
    final Set<String> closedHalls;
    private List<Kind> kinds;
    private final Map<String, Kind> everyKind;
    private final Map<String, List<Made>> tokens;

    Change(Directory was) {
      centre = was.centre;
      zone = was.zone;
      language = was.language;
      agencies = new LinkedHashMap<>(was.agencies);
      merged = new LinkedHashMap<>(was.merged);
      accounts = new LinkedHashMap<>(was.accounts);
      officers = new LinkedHashMap<>(was.officers);
      halls = new LinkedHashMap<>(was.halls);
      closedHalls = new LinkedHashSet<>(was.closedHalls);
      kinds = was.kinds;
      everyKind = new LinkedHashMap<>(was.everyKind);
      tokens = new LinkedHashMap<>(was.tokens);
    }

    void name(CentreNamed e) {
      centre = e.name();
      zone = ZoneId.of(e.zone());
      language = e.language();
    }

    /** Whose agency was of the one that went are of the other now. */
    void merge(AgencyMerged e) {
      merged.put(e.id(), e.into());
      List.copyOf(accounts.values()).forEach(this::put);
    }

    void put(Account now) {
      accounts.put(now.id(), now);
      var agency = Directory.now(now.agency(), merged);
      officers.put(now.id(), Officer.of(now, agency, family(agency, merged)));
    }

    void account(String id, UnaryOperator<Account> how) {
      var was = accounts.get(id);
      if (was != null) put(how.apply(was));
    }

    void account(String id, Account now) {
      account(id, was -> now.like(was));
    }

    void list(List<Kind> all) {
      kinds = List.copyOf(all);
      all.forEach(k -> everyKind.put(k.code(), k));
    }

    void made(TokenMade e, Instant at) {
      var made = new ArrayList<>(tokens.getOrDefault(e.account(), List.of()));
      made.add(new Made(e.hint(), at, e.id()));
      tokens.put(e.account(), List.copyOf(made));
    }

    void revoked(TokenRevoked e) {
      tokens.computeIfPresent(
          e.account(), (_, all) -> all.stream().filter(m -> !e.id().equals(m.id())).toList());
    }

    Directory done(int version) {
      return new Directory(
          version,
          centre,
          zone,
          language,
          Collections.unmodifiableMap(agencies),
          Collections.unmodifiableMap(merged),
          Collections.unmodifiableMap(accounts),
          Collections.unmodifiableMap(officers),
          Collections.unmodifiableMap(halls),
          Collections.unmodifiableSet(closedHalls),
          kinds,
          Collections.unmodifiableMap(everyKind),
          Collections.unmodifiableMap(tokens));
    }
  }
}
