package org.onedoor.people;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Event;
import org.onedoor.event.Event.AccountOpened;
import org.onedoor.event.Event.AgencyAdded;
import org.onedoor.event.Event.CentreNamed;
import org.onedoor.event.Event.HallAdded;
import org.onedoor.event.Event.KindsListed;
import org.onedoor.event.Kind;
import org.onedoor.event.Label;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A centre as it is set up: typed into the wizard, or read from one JSON file whose shape is that
 * of the demo's {@code centre.json}.
 */
public record Founding(
    CentreNamed centre,
    List<AgencyAdded> agencies,
    List<AccountOpened> accounts,
    List<HallAdded> halls,
    List<Kind> kinds) {

  /** All of it in the order in which it stands in the log. */
  public List<Event> facts() {
    var all = new ArrayList<Event>();
    all.add(centre);
    all.addAll(agencies);
    all.addAll(accounts);
    all.addAll(halls);
    if (!kinds.isEmpty()) all.add(new KindsListed(kinds));
    return all;
  }

  /**
   * Reads such a file.
   *
   * @throws Refused BAD_INPUT if it is no JSON object
   */
  public static Founding read(byte[] json) {
    try {
      var node = JsonMapper.shared().readTree(json);
      if (!node.isObject()) throw new Refused(Refused.Code.BAD_INPUT, "people.badFile");
      return of(node);
    } catch (JacksonException e) {
      throw new Refused(Refused.Code.BAD_INPUT, "people.badFile");
    }
  }

  /** The same of what was read already. */
  public static Founding of(JsonNode node) {
    return new Founding(
        new CentreNamed(
            label(node), text(node, "zone", "Asia/Shanghai"), text(node, "language", "en")),
        all(node, "agencies").stream()
            .map(a ->
                new AgencyAdded(
                    text(a, "id", ""),
                    label(a),
                    new Label(text(a, "letters", ""), maybe(a, "letter")),
                    a.path("colour").asInt(1)))
            .toList(),
        all(node, "accounts").stream()
            .map(a ->
                new AccountOpened(
                    text(a, "id", ""),
                    label(a),
                    text(a, "agency", ""),
                    Set.copyOf(texts(a, "roles"))))
            .toList(),
        all(node, "halls").stream()
            .map(h ->
                new HallAdded(
                    text(h, "id", ""),
                    label(h),
                    h.path("seats").asInt(0),
                    h.path("stepFree").asBoolean(false),
                    h.path("waitingRooms").asInt(0),
                    texts(h, "equipment")))
            .toList(),
        all(node, "kinds").stream()
            .map(k -> new Kind(text(k, "code", ""), label(k), maybe(k, "parent")))
            .toList());
  }

  private static Label label(JsonNode node) {
    var name = node.path("name");
    return new Label(text(name, "en", ""), maybe(name, "zh"));
  }

  private static String text(JsonNode node, String name, String otherwise) {
    var text = maybe(node, name);
    return text == null ? otherwise : text;
  }

  private static @Nullable String maybe(JsonNode node, String name) {
    var value = node.path(name);
    return value.isString() ? value.stringValue() : null;
  }

  private static List<JsonNode> all(JsonNode node, String name) {
    return StreamSupport.stream(node.path(name).spliterator(), false).toList();
  }

  private static List<String> texts(JsonNode node, String name) {
    return all(node, name).stream().map(n -> n.asString("")).toList();
  }
}
