package org.onedoor.whole;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.onedoor.event.Event.AccountOpened;
import org.onedoor.event.Event.AgencyAdded;
import org.onedoor.event.Event.CentreNamed;
import org.onedoor.event.Event.HallAdded;
import org.onedoor.event.Event.KindsListed;
import org.onedoor.event.Event.TokenMade;
import org.onedoor.event.Kind;
import org.onedoor.event.Label;
import org.onedoor.log.EventLog;
import org.onedoor.log.Hub;
import org.onedoor.note.Notes;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.room.Erasures;
import org.onedoor.room.Petition;
import org.onedoor.room.Petition.NewParty;
import org.onedoor.room.Reveals;
import org.onedoor.room.Rooms;
import org.onedoor.schedule.Sessions;

/** The folds over one log. */
public final class House {
  public final Hub hub;
  public final People people;
  public final Rooms rooms;
  public final Sessions sessions;
  public final Notes notes;
  public final Erasures erasures;
  public final Reveals reveals;

  public House(EventLog log) {
    hub = new Hub(log);
    people = new People(hub);
    InstantSource clock = () -> Instant.parse("2026-11-25T06:00:00Z");
    rooms = new Rooms(hub, people, clock);
    sessions = new Sessions(hub, people, clock);
    notes = new Notes(hub, people);
    erasures = new Erasures(hub, people, rooms, notes, clock);
    reveals = new Reveals(hub, people, clock);
  }

  public Officer who(String id) {
    return people.officer(id).orElseThrow();
  }

  /** A centre with three agencies and who is needed in them. */
  public void setUp() {
    people.add(new CentreNamed(new Label("Centre", "中心"), "Asia/Shanghai", "en"), "admin");
    for (var id : List.of("centre", "labour", "housing"))
      people.add(new AgencyAdded(id, new Label(id, null), new Label("XX", "字"), 1), "admin");
    people.add(
        new AccountOpened("coordinator", new Label("Co", null), "centre", Set.of("coordinator")),
        "admin");
    people.add(
        new AccountOpened("labour", new Label("La", null), "labour", Set.of("officer")), "admin");
    people.add(
        new AccountOpened("housing", new Label("Ho", null), "housing", Set.of("officer")), "admin");
    people.add(
        new AccountOpened("mediator", new Label("Me", null), "centre", Set.of("mediator")),
        "admin");
    people.add(
        new AccountOpened("director", new Label("Di", null), "centre", Set.of("director")),
        "admin");
    people.add(new HallAdded("h1", new Label("Hall", null), 10, true, 1, List.of()), "admin");
    people.add(new KindsListed(List.of(new Kind("a", new Label("A", null), null))), "admin");
    people.add(new TokenMade("labour", "abcd", null), "admin");
  }

  public static Petition petition(String title) {
    var party = new NewParty("Luo 罗", "petitioner", "person", null, "139", null, "Lane 1");
    return new Petition(
        title,
        "words",
        null,
        "visit",
        null,
        List.of(party),
        List.of("step-free"),
        null,
        null,
        null);
  }
}
