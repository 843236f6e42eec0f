package org.onedoor.room;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.onedoor.event.Event;
import org.onedoor.event.Event.*;
import org.onedoor.event.Party;
import org.onedoor.people.Officer;

/**
 * A case as it stands: the fold of all that is about it.
 *
 * @param id the number, which is the name of its stream: {@code 2026-0412}
 * @param version how many entries its own stream has
 * @param status registered, accepted, declined or closed; empty: there is no such case
 * @param registeredAt when it came in (an imported case: its own time)
 * @param assigned since when each agency has been in the case
 * @param changed when something about it last happened
 */
public record CaseRoom(
    String id,
    int version,
    String status,
    String title,
    String words,
    @Nullable String kind,
    String channel,
    Instant registeredAt,
    String registeredBy,
    @Nullable Instant acceptedAt,
    @Nullable String lead,
    Set<String> assisting,
    Map<String, Instant> assigned,
    List<Party> parties,
    List<String> needs,
    List<Contact> contacts,
    @Nullable Closed closed,
    @Nullable Instant closedAt,
    @Nullable String externalNumber,
    @Nullable String externalSource,
    @Nullable Proposal erasure,
    Instant changed) {

  /** An erasure somebody asked for, which another has to confirm. */
  public record Proposal(ErasureProposed what, String by) {}

  static CaseRoom none(String id) {
    return new CaseRoom(
        id,
        0,
        "",
        "",
        "",
        null,
        "",
        Instant.EPOCH,
        "",
        null,
        null,
        Set.of(),
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        null,
        null,
        null,
        Instant.EPOCH);
  }

  CaseRoom after(Entry entry) {
    var next = new Change(this);
    // that a note was begun is not for everybody who sees the facts
    if (!(entry.event() instanceof NoteOpened || entry.event() instanceof Revealed))
      next.changed = entry.at();
    if (entry.stream().equals("case/" + id)) next.version = entry.version();
    switch (entry.event()) {
      case Registered e -> next.register(e, entry);
      case Corrected e -> next.correct(e);
      case PartyAdded e -> next.parties = plus(parties, e.party());
      case Contact e -> next.contacts = plus(contacts, e);
      case Accepted e -> {
        next.status = "accepted";
        next.acceptedAt = e.at() == null ? entry.at() : e.at();
      }
      case Declined _ -> next.status = "declined";
      case Objected e -> next.leave(e.agency());
      case LeadNamed e -> {
        next.leave(e.agency());
        if (lead != null) next.leave(lead);
        next.lead = e.agency();
        next.assigned.put(e.agency(), entry.at());
      }
      case AgencyInvited e -> {
        next.assisting.add(e.agency());
        next.assigned.put(e.agency(), entry.at());
      }
      case AgencyReleased e -> next.leave(e.agency());
      case Closed e -> {
        next.status = "closed";
        next.closed = e;
        next.closedAt = e.at() == null ? entry.at() : e.at();
      }
      case Reopened _ -> {
        next.status = status.equals("declined") ? "registered" : "accepted";
        next.closed = null;
        next.closedAt = null;
      }
      case ErasureProposed e -> next.erasure = new Proposal(e, entry.by());
      case ErasureRefused _, Erased _ -> next.erasure = null;
      case Event _ -> {} // notes, sessions: told in the timeline, kept elsewhere
    }
    return next.done();
  }

  public boolean exists() {
    return !status.isEmpty();
  }

  /** Registered or accepted: work goes on. */
  public boolean open() {
    return status.equals("registered") || status.equals("accepted");
  }

  public boolean has(String agency) {
    return agency.equals(lead) || assisting.contains(agency);
  }

  /** Whether the agency of an officer leads or assists, under whatever name. */
  public boolean has(Officer who) {
    return who.agencies().stream().anyMatch(this::has);
  }

  /** The agency as which an officer is in this case. */
  String as(Officer who) {
    return who.actsFor(lead) && lead != null
        ? lead
        : who.agencies().stream().filter(this::has).findFirst().orElse(who.agency());
  }

  public Optional<Party> party(String partyId) {
    return parties.stream().filter(p -> p.id().equals(partyId)).findFirst();
  }

  /** Visits, letters and calls, the first one included. */
  public int visits() {
    return 1 + contacts.size();
  }

  private static <T> List<T> plus(List<T> list, T one) {
    var all = new ArrayList<>(list);
    all.add(one);
    return List.copyOf(all);
  }

  /** A case being changed by one entry: the same fields, open. */
  private static final class Change {
    private final CaseRoom was;
    int version;
    String status;
    String title;
    String words;
    @Nullable String kind;
    String channel;
    Instant registeredAt;
    String registeredBy;
    @Nullable Instant acceptedAt;
    @Nullable String lead;
    final Set<String> assisting;
    final Map<String, Instant> assigned;
    List<Party> parties;
    List<String> needs;
    List<Contact> contacts;
    @Nullable Closed closed;
    @Nullable Instant closedAt;
    @Nullable String externalNumber;
    @Nullable String externalSource;
    @Nullable Proposal erasure;
    Instant changed;

    Change(CaseRoom was) {
      this.was = was;
      version = was.version;
      status = was.status;
      title = was.title;
      words = was.words;
      kind = was.kind;
      channel = was.channel;
      registeredAt = was.registeredAt;
      registeredBy = was.registeredBy;
      acceptedAt = was.acceptedAt;
      lead = was.lead;
      assisting = new LinkedHashSet<>(was.assisting);
      assigned = new HashMap<>(was.assigned);
      parties = was.parties;
      needs = was.needs;
      contacts = was.contacts;
      closed = was.closed;
      closedAt = was.closedAt;
      externalNumber = was.externalNumber;
      externalSource = was.externalSource;
      erasure = was.erasure;
      changed = was.changed;
    }

    void register(Registered e, Entry entry) {
      status = "registered";
      title = e.title();
      words = e.words();
      kind = e.kind();
      channel = e.channel();
      lead = e.lead();
      parties = List.copyOf(e.parties());
      needs = List.copyOf(e.needs());
      registeredAt = e.at() == null ? entry.at() : e.at();
      registeredBy = entry.by();
      if (lead != null) assigned.put(lead, registeredAt);
      externalNumber = e.externalNumber();
      externalSource = e.externalSource();
    }

    void leave(String agency) {
      assisting.remove(agency);
      assigned.remove(agency);
      if (agency.equals(lead)) lead = null;
    }

    void correct(Corrected e) {
      var is = e.is();
      if (e.party() != null) {
        parties = parties.stream().map(p -> p.id().equals(e.party()) ? put(p, e) : p).toList();
        return;
      }
      switch (e.field()) {
        case "title" -> title = is == null ? "" : is;
        case "words" -> words = is == null ? "" : is;
        case "kind" -> kind = is;
        case "channel" -> channel = is == null ? "" : is;
        case "needs" -> needs = is == null ? List.of() : List.of(is.split("\n"));
        default -> {} // a field of a newer program
      }
    }

    private static Party put(Party party, Corrected e) {
      if (e.field().equals("role"))
        return new Party(
            party.id(), e.is() == null ? party.role() : e.is(), party.type(), party.person());
      var person = party.person();
      return person == null
          ? party
          : new Party(party.id(), party.role(), party.type(), person.with(e.field(), e.is()));
    }

    CaseRoom done() {
      return new CaseRoom(
          was.id,
          version,
          status,
          title,
          words,
          kind,
          channel,
          registeredAt,
          registeredBy,
          acceptedAt,
          lead,
          Collections.unmodifiableSet(assisting),
          Map.copyOf(assigned),
          parties,
          needs,
          contacts,
          closed,
          closedAt,
          externalNumber,
          externalSource,
          erasure,
          changed);
    }
  }
}
