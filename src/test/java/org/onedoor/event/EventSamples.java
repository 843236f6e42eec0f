package org.onedoor.event;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was written once and must load for ever: a file per kind of event, an array of samples in
 * each. A sample is never changed; when an event gains a field, a sample with it is added.
 */
public final class EventSamples {
  private static final Path FOLDER = Path.of("src/test/resources/events");
  private static final JsonMapper JSON = JsonMapper.shared();

  private EventSamples() {}

  /**
   * One event as it stood in the log.
   *
   * @param name the stored name of its kind, which is the name of the file
   * @param open its fields
   * @param personal particulars by party
   * @param again its fields as they are written today, where fields were added since
   */
  record Sample(
      String name, int number, JsonNode open, JsonNode personal, @Nullable JsonNode again) {
    Payload payload() {
      var parties = new LinkedHashMap<String, byte[]>();
      personal.properties().forEach(p -> parties.put(p.getKey(), bytes(p.getValue())));
      return new Payload(name, bytes(open), parties);
    }

    JsonNode writtenToday() {
      return again == null ? open : again;
    }

    @Override
    public String toString() {
      return name + " " + number;
    }
  }

  /** Every sample as an event, by its name and number. */
  public static SequencedMap<String, Event> all() {
    var all = new LinkedHashMap<String, Event>();
    samples().forEach(s -> all.put(s.toString(), s.payload().event()));
    return all;
  }

  static List<Sample> samples() {
    var all = new ArrayList<Sample>();
    files()
        .forEach((name, text) -> {
          for (var node : JSON.readTree(text))
            all.add(
                new Sample(
                    name, all.size(), node.get("open"), node.path("personal"), node.get("again")));
        });
    return all;
  }

  private static TreeMap<String, String> files() {
    try (var files = Files.list(FOLDER)) {
      var texts = new TreeMap<String, String>();
      for (var file : files.toList())
        texts.put(file.getFileName().toString().replace(".json", ""), Files.readString(file));
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode tree(byte[] json) {
    return JSON.readTree(json);
  }

  private static byte[] bytes(JsonNode node) {
    return JSON.writeValueAsBytes(node);
  }
}
