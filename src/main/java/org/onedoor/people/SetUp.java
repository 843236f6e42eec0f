package org.onedoor.people;

import static org.onedoor.people.Refused.Code.BAD_INPUT;
import static org.onedoor.people.Refused.Code.NOT_NOW;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Event;
import org.onedoor.event.Event.AccountOpened;
import org.onedoor.event.Event.AgencyAdded;
import org.onedoor.event.Event.CentreNamed;
import org.onedoor.event.Event.HallAdded;
import org.onedoor.event.Event.PasswordSet;
import org.onedoor.log.Fact;
import org.onedoor.log.Hub;
import org.onedoor.log.Keep;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Founding a centre in an empty log: whoever started the server has a link that opens once, and who
 * follows it is the first administrator. It is done in one stroke: a centre that is half set up
 * does not exist.
 */
@Component
public final class SetUp {
  /** How long a link opens; a new one is made at each start until the centre is there. */
  private static final Duration LASTS = Duration.ofDays(1);

  private static final String SHELF = "set-up";
  private static final String DRAFT = "set-up-draft";

  private final Hub hub;
  private final Keep keep;
  private final People people;
  private final Accounts accounts;
  private final Invitations invitations;
  private final InstantSource clock;

  public SetUp(
      Hub hub, People people, Accounts accounts, Invitations invitations, InstantSource clock) {
    this.hub = hub;
    keep = hub.keep();
    this.people = people;
    this.accounts = accounts;
    this.invitations = invitations;
    this.clock = clock;
  }

  public boolean needed() {
    return !people.directory().founded();
  }

  /** The secret of a link. */
  public String link() {
    var secret = Secret.random();
    keep.put(SHELF, Secret.hash(secret), "", clock.instant().plus(LASTS));
    return secret;
  }

  public boolean opens(String secret) {
    return needed() && keep.get(SHELF, Secret.hash(secret)).isPresent();
  }

  /**
   * Founds the centre.
   *
   * @param administrator which of the accounts is the one of whoever does this
   * @return of every other account the secret of a link for its owner
   * @throws Refused at the field it is about, named like {@code agencies[2].id}
   */
  public Map<String, String> found(
      String secret,
      Founding entered,
      String administrator,
      @Nullable String password,
      @Nullable String again) {
    if (!opens(secret)) throw new Refused(NOT_NOW, "people.setUpAlready");
    var proper = proper(entered);
    accounts.keep(administrator, people(proper, administrator, password, again));
    hub.settleAll(() -> {
      if (!needed()) throw new Refused(NOT_NOW, "people.setUpAlready");
      var facts = new ArrayList<Fact>();
      for (var event : proper.facts()) facts.add(fact(facts.size(), event, administrator));
      facts.add(fact(facts.size(), new PasswordSet(administrator), administrator));
      return facts;
    });
    keep.drop(SHELF, Secret.hash(secret));
    keep.drop(DRAFT, DRAFT);
    var links = new LinkedHashMap<String, String>();
    for (var account : proper.accounts())
      if (!account.id().equals(administrator))
        links.put(account.id(), invitations.make(account.id(), administrator));
    return links;
  }

  /** What was entered so far; without a password. */
  public void keep(Founding entered) {
    keep.put(DRAFT, DRAFT, JsonMapper.shared().writeValueAsString(entered), null);
  }

  public Optional<Founding> draft() {
    return keep.get(DRAFT, DRAFT).map(d -> JsonMapper.shared().readValue(d, Founding.class));
  }

  private static Fact fact(int version, Event event, String by) {
    return new Fact(People.STREAM, version, event, by);
  }

  /** What was entered, put in order. */
  public static Founding proper(Founding f) {
    var agencies = agencies(f.agencies());
    var halls = each("halls", f.halls(), Proper::hall);
    mustDiffer("halls", halls.stream().map(HallAdded::id).toList());
    return new Founding(
        centre(f.centre()),
        agencies,
        accounts(f.accounts(), agencies),
        halls,
        Proper.kinds(f.kinds()));
  }

  public static CentreNamed centre(CentreNamed c) {
    return new CentreNamed(
        Proper.label(c.name()), Proper.zone(c.zone()), Proper.language(c.language()));
  }

  public static List<AgencyAdded> agencies(List<AgencyAdded> entered) {
    if (entered.isEmpty()) throw new Refused(BAD_INPUT, "people.noAgency").at("agencies");
    var agencies = each("agencies", entered, Proper::agency);
    mustDiffer("agencies", agencies.stream().map(AgencyAdded::id).toList());
    return agencies;
  }

  private static List<AccountOpened> accounts(
      List<AccountOpened> entered, List<AgencyAdded> agencies) {
    var ids = agencies.stream().map(AgencyAdded::id).toList();
    var accounts = each("accounts", entered, a -> account(a, ids));
    mustDiffer("accounts", accounts.stream().map(AccountOpened::id).toList());
    return accounts;
  }

  /**
   * The password of the first administrator, who must be one of the accounts.
   *
   * @throws Refused at an account's field, {@code password} or {@code again}
   */
  public static String people(
      Founding f, String administrator, @Nullable String password, @Nullable String again) {
    if (accounts(f.accounts(), agencies(f.agencies())).stream()
        .noneMatch(a -> a.id().equals(administrator) && a.roles().contains(Role.ADMIN.word())))
      throw new Refused(BAD_INPUT, "people.noAdministrator").at("accounts[0].roles");
    return Passwords.must(administrator, password, again);
  }

  private static AccountOpened account(AccountOpened a, List<String> agencies) {
    var proper = Proper.account(a);
    if (!agencies.contains(a.agency()))
      throw new Refused(BAD_INPUT, "people.badAgency", a.agency()).at("agency");
    return proper;
  }

  private static <T> List<T> each(String list, List<T> all, UnaryOperator<T> proper) {
    var done = new ArrayList<T>();
    for (var one : all) {
      try {
        done.add(proper.apply(one));
      } catch (Refused e) {
        throw e.at(list + "[" + done.size() + "]." + e.field());
      }
    }
    return List.copyOf(done);
  }

  private static void mustDiffer(String list, List<String> ids) {
    var seen = new HashSet<String>();
    for (var i = 0; i < ids.size(); i++)
      if (!seen.add(ids.get(i)))
        throw new Refused(BAD_INPUT, "people.twice", ids.get(i)).at(list + "[" + i + "].id");
  }
}
