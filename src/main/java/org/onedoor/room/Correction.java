package org.onedoor.room;

import static org.onedoor.people.Refused.Code.BAD_INPUT;
import static org.onedoor.people.Refused.Code.CHANGED;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Event.Corrected;
import org.onedoor.people.Directory;
import org.onedoor.people.Refused;
import org.onedoor.people.Text;

/** A field put right: what was seen must still be there. */
public final class Correction {
  /** What can be put right: a field of the case, or one of a party by its id. */
  public static final String FIELDS =
      "^(title|words|kind|channel|needs"
          + "|parties\\.[^.]+\\.(name|contact|phone|idNumber|address|role))$";

  private Correction() {}

  /** The fact, if what was seen is still there and what shall be is good. */
  static Corrected of(
      CaseRoom in,
      @Nullable String field,
      @Nullable String was,
      @Nullable String is,
      String why,
      Directory directory) {
    if (field == null) throw new Refused(BAD_INPUT, "people.missing", "field").at("field");
    var dot = field.startsWith("parties.") ? field.lastIndexOf('.') : -1;
    var party = dot > 8 ? field.substring(8, dot) : null;
    var name = party == null ? field : field.substring(dot + 1);
    if (!field.matches(FIELDS) || (party != null && in.party(party).isEmpty()))
      throw new Refused(BAD_INPUT, "room.unknownField", field).at("field");
    var now = party == null ? own(in, name) : ofParty(in, party, name);
    if (!Objects.equals(
        now, was == null || was.isBlank() ? null : was.replace("\r\n", "\n").strip()))
      throw new Refused(CHANGED, "room.changed").at("was").with("was", was).with("is", now);
    return new Corrected(name, party, now, checked(name, is, directory), why);
  }

  /** What stands in a field now. */
  static @Nullable String now(CaseRoom in, String field) {
    if (!field.startsWith("parties.")) return own(in, field);
    var dot = field.lastIndexOf('.');
    return ofParty(in, field.substring(8, dot), field.substring(dot + 1));
  }

  private static @Nullable String own(CaseRoom in, String name) {
    return switch (name) {
      case "title" -> in.title();
      case "words" -> in.words();
      case "kind" -> in.kind();
      case "channel" -> in.channel();
      default -> in.needs().isEmpty() ? null : String.join("\n", in.needs());
    };
  }

  private static @Nullable String ofParty(CaseRoom in, String id, String name) {
    var party = in.party(id).orElseThrow();
    var person = party.person();
    if (name.equals("role")) return party.role();
    if (person == null) return null;
    return switch (name) {
      case "name" -> person.name();
      case "contact" -> person.contact();
      case "phone" -> person.phone();
      case "idNumber" -> person.idNumber();
      default -> person.address();
    };
  }

  private static @Nullable String checked(String name, @Nullable String is, Directory directory) {
    return switch (name) {
      case "title" -> Text.line("is", is, Text.TITLE);
      case "words" -> Text.must("is", is, Text.WORDS);
      case "kind" -> Intake.kind(is, directory);
      case "channel" -> Intake.oneOf("is", is, Intake.CHANNELS);
      case "role" -> Intake.oneOf("is", is, Intake.PARTY_ROLES);
      case "name" -> Text.line("is", is, Text.NAME);
      case "needs" -> {
        var text = Text.may("is", is, 20 * Text.NAME);
        yield text == null ? null : String.join("\n", Intake.needs(List.of(text.split("\n"))));
      }
      case "phone" -> Text.may("is", is, Text.NAME);
      default -> Text.may("is", is, Text.LONGER);
    };
  }
}
