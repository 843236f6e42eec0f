package org.onedoor.room;

import static org.onedoor.people.Refused.Code.BAD_INPUT;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Event.Registered;
import org.onedoor.event.Party;
import org.onedoor.event.Person;
import org.onedoor.people.Directory;
import org.onedoor.people.Refused;
import org.onedoor.people.Secret;
import org.onedoor.people.Text;
import org.onedoor.room.Petition.NewParty;

/** Turns what was entered into a fact, or says which field is wrong and why. */
public final class Intake {
  public static final List<String> CHANNELS =
      List.of("visit", "letter", "phone", "online", "transfer");
  public static final List<String> PARTY_ROLES =
      List.of(
          "petitioner",
          "respondent",
          "representative",
          "guardian",
          "interpreter",
          "witness",
          "other");
  public static final Set<String> PARTY_TYPES = Set.of("person", "organisation");

  /** More than a group visit ever had; a list longer than this belongs into a paper. */
  public static final int MOST_PARTIES = 100;

  public static final int MOST_NEEDS = 100;

  private Intake() {}

  /** The fact that a petition came in. */
  public static Registered registered(Petition p, Directory directory, @Nullable String kindGiven) {
    return new Registered(
        Text.line("title", p.title(), Text.TITLE),
        Text.must("words", p.words(), Text.WORDS),
        kind(p.kind(), directory),
        kindGiven,
        p.channel() == null ? "visit" : oneOf("channel", p.channel(), CHANNELS),
        p.lead() == null ? null : agency("lead", p.lead(), directory),
        parties(p.parties()),
        needs(p.needs()),
        Text.may("externalNumber", p.externalNumber(), Text.NAME),
        Text.may("externalSource", p.externalSource(), Text.NAME),
        p.at() == null ? null : time("at", p.at()));
  }

  static List<Party> parties(List<NewParty> entered) {
    if (entered.size() > MOST_PARTIES)
      throw new Refused(BAD_INPUT, "room.tooManyParties", MOST_PARTIES).at("parties");
    var all = new ArrayList<Party>();
    for (var i = 0; i < entered.size(); i++) all.add(party("parties[" + i + "].", entered.get(i)));
    return all;
  }

  /**
   * Checks one party.
   *
   * @param at what its fields' names begin with in a refusal
   */
  static Party party(String at, NewParty p) {
    return new Party(
        Secret.random(9),
        oneOf(at + "role", p.role(), PARTY_ROLES),
        p.type() == null ? "person" : oneOf(at + "type", p.type(), PARTY_TYPES),
        new Person(
            Text.line(at + "name", p.name(), Text.NAME),
            Text.may(at + "contact", p.contact(), Text.LONGER),
            Text.may(at + "phone", p.phone(), Text.NAME),
            Text.may(at + "idNumber", p.idNumber(), Text.LONGER),
            Text.may(at + "address", p.address(), Text.LONGER)));
  }

  static List<String> needs(List<String> entered) {
    if (entered.size() > MOST_NEEDS)
      throw new Refused(BAD_INPUT, "room.tooManyNeeds", MOST_NEEDS).at("needs");
    return entered.stream().map(n -> Text.line("needs", n, Text.NAME)).distinct().toList();
  }

  static @Nullable String kind(@Nullable String code, Directory directory) {
    if (code == null || code.isBlank()) return null;
    if (!directory.lists(code)) throw new Refused(BAD_INPUT, "room.unknownKind", code).at("kind");
    return code;
  }

  static String agency(String field, @Nullable String id, Directory directory) {
    if (id == null || directory.agency(id).isEmpty())
      throw new Refused(BAD_INPUT, "room.unknownAgency", id == null ? "" : id).at(field);
    var into = directory.partOf(id);
    if (into.isPresent())
      throw new Refused(BAD_INPUT, "room.mergedAgency", id, into.get().name()).at(field);
    return id;
  }

  static String oneOf(String field, @Nullable String value, Collection<String> words) {
    if (value == null || !words.contains(value))
      throw new Refused(
              BAD_INPUT,
              value == null ? "room.missingWord" : "room.unknownWord",
              field,
              String.join(", ", words.stream().sorted().toList()),
              value == null ? "" : value)
          .at(field);
    return value;
  }

  /** A time since 1949, in a year of four digits. */
  public static Instant time(String field, Instant at) {
    if (at.isBefore(Instant.parse("1949-10-01T00:00:00Z"))
        || at.isAfter(Instant.parse("9999-01-01T00:00:00Z")))
      throw new Refused(BAD_INPUT, "room.badTime").at(field);
    return at;
  }
}
