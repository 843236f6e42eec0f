package org.onedoor.people;

import static org.onedoor.people.Refused.Code.BAD_INPUT;
import static org.onedoor.people.Refused.Code.NOT_ALLOWED;
import static org.onedoor.people.Refused.Code.NOT_FOUND;
import static org.onedoor.people.Refused.Code.NOT_NOW;
import static org.onedoor.people.Role.ADMIN;
import static org.onedoor.people.Role.COORDINATOR;
import static org.onedoor.people.Role.DIRECTOR;

import java.util.List;
import java.util.function.Function;
import org.onedoor.event.Event;
import org.onedoor.event.Event.*;
import org.onedoor.event.Kind;
import org.onedoor.event.Label;
import org.onedoor.log.Fact;
import org.onedoor.log.Hub;
import org.springframework.stereotype.Component;

/**
 * The centre's own affairs: its agencies, accounts, halls and lists. Nothing is taken away or
 * written anew: who is renamed or merged keeps the past under the old name.
 *
 * <p>Easy to get wrong: an administrator decides who comes in and as what, but sees no case; the
 * one way in is to give an account a role, and that stands in the log.
 */
@Component
public final class Administration {
  /** Colours an agency may have: 1 to this. */
  public static final int COLOURS = 10;

  private final Hub hub;
  private final People people;
  private final SignIns signIns;
  private final Invitations invitations;

  public Administration(Hub hub, People people, SignIns signIns, Invitations invitations) {
    this.hub = hub;
    this.people = people;
    this.signIns = signIns;
    this.invitations = invitations;
  }

  /** Whether somebody keeps agencies and accounts. */
  public static boolean keepsPeople(Officer who) {
    return who.is(ADMIN);
  }

  /** Whether somebody keeps halls. */
  public static boolean keepsHalls(Officer who) {
    return who.is(ADMIN) || who.is(COORDINATOR);
  }

  /** Whether somebody keeps the class list. */
  public static boolean keepsLists(Officer who) {
    return keepsHalls(who) || who.is(DIRECTOR);
  }

  public void nameCentre(Officer who, Label name, String language) {
    must(keepsPeople(who));
    var proper = Proper.label(name);
    var speaks = Proper.language(language);
    add(who, now -> new CentreNamed(proper, now.zone().getId(), speaks));
  }

  public void addAgency(Officer who, AgencyAdded agency) {
    must(keepsPeople(who));
    var proper = Proper.agency(agency);
    add(
        who,
        now -> {
          mustBeNew(now.agencies().containsKey(proper.id()), proper.id());
          return proper;
        });
  }

  public void changeAgency(Officer who, AgencyAdded agency) {
    must(keepsPeople(who));
    var proper = Proper.agency(agency);
    add(
        who,
        now -> {
          mustBeThere(now.agencies().containsKey(proper.id()));
          return new AgencyChanged(proper.id(), proper.name(), proper.letters(), proper.colour());
        });
  }

  /** One agency becomes part of another: its officers and its cases are the other's from now on. */
  public void mergeAgency(Officer who, String id, String into) {
    must(keepsPeople(who));
    add(
        who,
        now -> {
          mustBeThere(now.agencyIds().contains(id));
          if (id.equals(into) || !now.agencyIds().contains(into))
            throw new Refused(BAD_INPUT, "people.badMerge").at("into");
          return new AgencyMerged(id, into);
        });
  }

  /** Opens an account and returns the secret of a link for its owner. */
  public String openAccount(Officer who, AccountOpened account) {
    must(keepsPeople(who));
    var proper = Proper.account(account);
    add(
        who,
        now -> {
          mustBeNew(now.accounts().containsKey(proper.id()), proper.id());
          mustHaveAgency(now, proper.agency());
          return proper;
        });
    return invitations.make(proper.id(), who.id());
  }

  public void changeAccount(Officer who, AccountOpened account) {
    must(keepsPeople(who));
    var proper = Proper.account(account);
    add(
        who,
        now -> {
          var was = there(now, proper.id());
          if (!was.agency().equals(proper.agency())) mustHaveAgency(now, proper.agency());
          if (!proper.roles().contains(ADMIN.word())) mustLeaveAnAdministrator(now, proper.id());
          return new AccountChanged(
              proper.id(), proper.name(), proper.agency(), proper.roles(), proper.abilities());
        });
  }

  /** A new link for the owner of an account; an older one opens no more. */
  public String invite(Officer who, String account) {
    must(keepsPeople(who));
    if (there(people.directory(), account).disabled())
      throw new Refused(NOT_NOW, "people.isDisabled");
    return invitations.make(account, who.id());
  }

  /** Nobody gets in by it any more, open windows and programs included. */
  public void disable(Officer who, String account) {
    must(keepsPeople(who));
    add(
        who,
        now -> {
          if (there(now, account).disabled()) throw new Refused(NOT_NOW, "people.isDisabled");
          mustLeaveAnAdministrator(now, account);
          return new AccountDisabled(account);
        });
    invitations.forget(account);
    signIns.endAll(account, null);
  }

  public void enable(Officer who, String account) {
    must(keepsPeople(who));
    add(
        who,
        now -> {
          if (!there(now, account).disabled()) throw new Refused(NOT_NOW, "people.isEnabled");
          return new AccountEnabled(account);
        });
  }

  /** Ends every sign-in of an account; its owner may sign in again. */
  public void signOut(Officer who, String account) {
    must(keepsPeople(who) || who.id().equals(account));
    there(people.directory(), account);
    signIns.endAll(account, null);
    add(who, _ -> new SignedOut(account));
  }

  public void addHall(Officer who, HallAdded hall) {
    must(keepsHalls(who));
    var proper = Proper.hall(hall);
    add(
        who,
        now -> {
          mustBeNew(now.halls().containsKey(proper.id()), proper.id());
          return proper;
        });
  }

  public void changeHall(Officer who, HallAdded hall) {
    must(keepsHalls(who));
    var h = Proper.hall(hall);
    add(
        who,
        now -> {
          mustBeThere(now.halls().containsKey(h.id()));
          return new HallChanged(
              h.id(), h.name(), h.seats(), h.stepFree(), h.waitingRooms(), h.equipment());
        });
  }

  /** It is booked no more; sessions booked there stay. */
  public void closeHall(Officer who, String id) {
    must(keepsHalls(who));
    add(
        who,
        now -> {
          mustBeThere(now.opens(id));
          return new HallClosed(id);
        });
  }

  /** Puts another class list in place of today's; cases keep the class they were given. */
  public void listKinds(Officer who, List<Kind> kinds) {
    must(keepsLists(who));
    var proper = Proper.kinds(kinds);
    add(who, _ -> new KindsListed(proper));
  }

  private void add(Officer who, Function<Directory, Event> rule) {
    hub.settle(() -> {
      var now = people.directory();
      return new Fact(People.STREAM, now.version(), rule.apply(now), who.id());
    });
  }

  private static void must(boolean allowed) {
    if (!allowed) throw new Refused(NOT_ALLOWED, "people.notAdministrator");
  }

  private static void mustBeNew(boolean known, String id) {
    if (known) throw new Refused(BAD_INPUT, "people.idTaken", id).at("id");
  }

  private static void mustBeThere(boolean there) {
    if (!there) throw new Refused(NOT_FOUND, "people.notFound");
  }

  private static Account there(Directory now, String account) {
    var there = now.accounts().get(account);
    if (there == null) throw new Refused(NOT_FOUND, "people.notFound");
    return there;
  }

  private static void mustHaveAgency(Directory now, String agency) {
    if (!now.agencyIds().contains(agency))
      throw new Refused(BAD_INPUT, "people.badAgency", agency).at("agency");
  }

  /** A centre without one could never have one again. */
  private static void mustLeaveAnAdministrator(Directory now, String account) {
    if (now.staff().stream().noneMatch(o -> o.is(ADMIN) && !o.id().equals(account)))
      throw new Refused(NOT_NOW, "people.lastAdministrator").at("roles");
  }
}
