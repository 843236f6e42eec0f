package org.onedoor.room;

import static org.onedoor.people.Refused.Code.BAD_INPUT;
import static org.onedoor.people.Refused.Code.NOT_ALLOWED;
import static org.onedoor.people.Refused.Code.NOT_NOW;
import static org.onedoor.people.Role.CLERK;
import static org.onedoor.people.Role.COORDINATOR;
import static org.onedoor.people.Role.OFFICER;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.onedoor.event.Event;
import org.onedoor.event.Event.*;
import org.onedoor.log.Fact;
import org.onedoor.log.Folds;
import org.onedoor.log.Hub;
import org.onedoor.log.Which;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Refused;
import org.onedoor.people.Secret;
import org.onedoor.people.Text;
import org.onedoor.people.Thing;
import org.onedoor.room.Petition.NewParty;
import org.springframework.stereotype.Component;

/**
 * What is done with a case. Each method is a command: it looks at the case as it is now, refuses
 * (who may do it and when stands in {@link Act}) or appends one fact, and looks again if somebody
 * was faster.
 */
@Component
public final class Rooms {
  /** Rooms remembered; some kilobytes each. */
  private static final int REMEMBERED = 5_000;

  /** How a case ends, the wished for first. */
  public static final List<String> OUTCOMES =
      List.of("agreement", "reply", "handed_over", "withdrawn", "no_agreement");

  private final Hub hub;
  private final People people;
  private final InstantSource clock;
  private final Numbers numbers;
  private final Folds<CaseRoom> rooms;

  public Rooms(Hub hub, People people, InstantSource clock) {
    this.hub = hub;
    this.people = people;
    this.clock = clock;
    numbers = new Numbers(hub);
    rooms =
        new Folds<>(
            hub,
            REMEMBERED,
            e -> e.event() instanceof Typed ? null : e.about(),
            id -> Which.about(id).but("typed"),
            CaseRoom::none,
            CaseRoom::after);
  }

  /** A case as it stands, for code that asks {@code maySee} itself; may not exist. */
  public CaseRoom get(String id) {
    return rooms.get(id);
  }

  /** A case one may see; else it does not exist. */
  public CaseRoom seen(Officer who, String id) {
    people.mustSee(who, new Thing.Facts(id));
    return get(id);
  }

  /**
   * Writes down a petition; it has its number when this returns. An officer's agency leads what it
   * took in, unless another was named.
   */
  public Entry register(Officer who, Petition petition, @Nullable String once) {
    mustRegister(who);
    var told = Intake.registered(petition, people.directory(), null);
    var own = told.lead() == null && !who.is(CLERK) && !who.is(COORDINATOR);
    return settleRegistered(own ? leadBy(told, who.agency()) : told, who.id(), once);
  }

  /** Throws the refusal for who registers nothing. */
  public void mustRegister(Officer who) {
    if (!mayRegister(who)) throw new Refused(NOT_ALLOWED, "room.mayNotRegister");
  }

  /** Whether somebody takes petitions in at all. */
  public static boolean mayRegister(Officer who) {
    return who.is(CLERK) || who.is(COORDINATOR) || who.is(OFFICER);
  }

  /**
   * As {@link #register}, for whoever holds the data folder or imports: rights were asked before.
   */
  public Entry settleRegistered(Registered told, String by, @Nullable String once) {
    var year = year(told);
    return hub.settle(
        once, () -> new Fact("case/" + Numbers.id(year, numbers.next(year)), 0, told, by, once));
  }

  /** The number after the last one of a year. */
  int nextNumber(int year) {
    return numbers.next(year);
  }

  /** The year a case counts in: that of its own time, in the centre's zone. */
  public int year(Registered told) {
    var at = told.at() == null ? clock.instant() : told.at();
    return at.atZone(people.zone()).getYear();
  }

  /** Puts right what was registered; both versions stay in the history. */
  public Entry correct(
      Officer who,
      String id,
      @Nullable String field,
      @Nullable String was,
      @Nullable String is,
      @Nullable String reason,
      @Nullable String once) {
    var why = Text.must("reason", reason, Text.REASON);
    return change(
        Act.CORRECT,
        who,
        id,
        once,
        in -> Correction.of(in, field, was, is, why, people.directory()));
  }

  public Entry addParty(Officer who, String id, NewParty party, @Nullable String once) {
    var checked = Intake.party("", party);
    return change(
        Act.PARTY,
        who,
        id,
        once,
        in -> {
          if (in.parties().size() >= Intake.MOST_PARTIES)
            throw new Refused(BAD_INPUT, "room.tooManyParties", Intake.MOST_PARTIES).at("parties");
          return new PartyAdded(checked);
        });
  }

  /** A further visit, letter or call on the same case; a closed case stays closed. */
  public Entry contact(
      Officer who,
      String id,
      @Nullable String channel,
      @Nullable String words,
      @Nullable Instant at,
      @Nullable String once) {
    var said = Text.must("words", words, Text.WORDS);
    var by = Intake.oneOf("channel", channel, Intake.CHANNELS);
    if (at != null && Intake.time("at", at).isAfter(clock.instant()))
      throw new Refused(BAD_INPUT, "room.notYet").at("at");
    var contact = new Contact(Secret.random(9), by, said, at);
    return change(Act.CONTACT, who, id, once, _ -> contact);
  }

  public Entry accept(Officer who, String id, @Nullable String once) {
    return change(Act.ACCEPT, who, id, once, _ -> new Accepted(null));
  }

  /** The petition is refused. */
  public Entry decline(Officer who, String id, @Nullable String reason, @Nullable String once) {
    var why = Text.must("reason", reason, Text.REASON);
    return change(Act.DECLINE, who, id, once, _ -> new Declined(why));
  }

  /** "Not ours": takes the officer's agency out; a case without lead waits with the coordinator. */
  public Entry object(Officer who, String id, @Nullable String reason, @Nullable String once) {
    var why = Text.must("reason", reason, Text.REASON);
    return change(Act.OBJECT, who, id, once, in -> new Objected(in.as(who), why));
  }

  public Entry lead(Officer who, String id, @Nullable String agency, @Nullable String once) {
    var named = Intake.agency("agency", agency, people.directory());
    return change(
        Act.LEAD,
        who,
        id,
        once,
        in -> {
          if (named.equals(in.lead())) throw new Refused(NOT_NOW, "room.leadsAlready");
          return new LeadNamed(named);
        });
  }

  /** Calls an agency in: its officers have the room at once. */
  public Entry assist(Officer who, String id, @Nullable String agency, @Nullable String once) {
    var called = Intake.agency("agency", agency, people.directory());
    return change(
        Act.ASSIST,
        who,
        id,
        once,
        in -> {
          if (in.has(called)) throw new Refused(NOT_NOW, "room.inAlready");
          return new AgencyInvited(called);
        });
  }

  /** Lets an agency go: its officers lose the room at once, in open windows too. */
  public Entry release(
      Officer who,
      String id,
      @Nullable String agency,
      @Nullable String reason,
      @Nullable String once) {
    var why = Text.must("reason", reason, Text.REASON);
    var released = agency == null ? "" : agency;
    if (people.directory().agency(agency).isEmpty())
      throw new Refused(BAD_INPUT, "room.unknownAgency", released).at("agency");
    return change(
        Act.RELEASE,
        who,
        id,
        once,
        in -> {
          if (!in.has(released)) throw new Refused(NOT_NOW, "room.notIn");
          return new AgencyReleased(released, why);
        });
  }

  public Entry close(
      Officer who,
      String id,
      @Nullable String outcome,
      @Nullable String summary,
      @Nullable String once) {
    var how = Intake.oneOf("outcome", outcome, OUTCOMES);
    var told = Text.must("summary", summary, Text.WORDS);
    return change(Act.CLOSE, who, id, once, _ -> new Closed(how, told, null));
  }

  /** A closed case goes on as accepted, a declined one as registered. */
  public Entry reopen(Officer who, String id, @Nullable String reason, @Nullable String once) {
    var why = Text.must("reason", reason, Text.REASON);
    return change(Act.REOPEN, who, id, once, _ -> new Reopened(why));
  }

  private Entry change(
      Act act, Officer who, String id, @Nullable String once, Function<CaseRoom, Event> rule) {
    return hub.settle(
        once,
        () -> {
          var in = seen(who, id);
          act.must(who, in);
          return new Fact("case/" + id, in.version(), rule.apply(in), who.id(), once);
        });
  }

  private static Registered leadBy(Registered r, String agency) {
    return new Registered(
        r.title(),
        r.words(),
        r.kind(),
        r.kindGiven(),
        r.channel(),
        agency,
        r.parties(),
        r.needs(),
        r.externalNumber(),
        r.externalSource(),
        r.at());
  }
}
