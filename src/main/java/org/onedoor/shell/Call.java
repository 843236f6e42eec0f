package org.onedoor.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.onedoor.log.DataFolder;
import org.onedoor.log.Logs;

/** What was asked on the command line. */
record Call(String command, List<String> words, Map<String, List<String>> options) {
  private static final Set<String> FLAGS = Set.of("demo", "dry-run");

  /** The options each command knows; {@code data} goes with all. */
  private static final Map<String, Set<String>> KNOWN =
      Map.of(
          "start", Set.of("demo", "host", "port", "log"),
          "import", Set.of("map", "source", "dry-run", "log", "url", "token"),
          "export", Set.of("log"),
          "token", Set.of("log"),
          "verify", Set.of("since", "log"),
          "reindex", Set.of("log"),
          "backup", Set.of("log"),
          "restore", Set.of("log", "erasures"),
          "copy", Set.of());

  /** The call makes no sense. */
  static final class Wrong extends RuntimeException {
    Wrong(String why) {
      super(why);
    }
  }

  static Call parse(String[] args) {
    if (args.length == 0 || !KNOWN.containsKey(args[0]))
      throw new Wrong("unknown command" + (args.length == 0 ? "" : ": " + args[0]));
    var known = KNOWN.getOrDefault(args[0], Set.of());
    var words = new ArrayList<String>();
    var options = new HashMap<String, List<String>>();
    for (var i = 1; i < args.length; i++) {
      if (!args[i].startsWith("--")) {
        words.add(args[i]);
        continue;
      }
      var name = args[i].substring(2);
      if (!known.contains(name) && !name.equals("data"))
        throw new Wrong(args[0] + " knows no option --" + name + ".");
      if (FLAGS.contains(name)) options.put(name, List.of());
      else if (i + 1 == args.length) throw new Wrong("--" + name + " needs a value.");
      else options.computeIfAbsent(name, _ -> new ArrayList<>()).add(args[++i]);
    }
    return new Call(args[0], words, options);
  }

  Path data() {
    return Path.of(option("data", "data")).toAbsolutePath();
  }

  /**
   * Where the log is: what {@code --log} says, else the environment (a password is then in no list
   * of processes), else the data folder's own.
   */
  String log() {
    var own = Logs.in(data().resolve(DataFolder.DATABASE));
    var log = option("log", System.getenv().getOrDefault("ONEDOOR_LOG", own));
    if (!Logs.shared(log) && !log.equals(own))
      throw new Wrong("--log needs mongodb://HOSTS/NAME; a log in a file lies in the data folder.");
    return log;
  }

  boolean has(String option) {
    return options.containsKey(option);
  }

  String option(String name, String otherwise) {
    var given = maybe(name);
    return given == null ? otherwise : given;
  }

  @Nullable String maybe(String name) {
    var given = options.get(name);
    return given == null || given.isEmpty() ? null : given.getLast();
  }

  /** For a command that takes options only. */
  void noWords() {
    if (!words.isEmpty()) throw new Wrong(command + " takes no " + String.join(" ", words) + ".");
  }

  /** The one word the command needs. */
  String word(String what) {
    if (words.size() != 1) throw new Wrong(command + " needs one " + what + ".");
    return words.getFirst();
  }

  /** The one word the command needs, as a place seen from where it was called. */
  Path path(String what) {
    return Path.of(word(what)).toAbsolutePath();
  }

  /** Everything given for an option that may be given several times. */
  List<String> all(String option) {
    return options.getOrDefault(option, List.of());
  }

  /** {@code --map NAME=COLUMN …} */
  Map<String, String> mapped() {
    var mapped = new HashMap<String, String>();
    for (var pair : all("map")) {
      var equals = pair.indexOf('=');
      if (equals < 1) throw new Wrong("--map needs NAME=COLUMN, not " + pair + ".");
      mapped.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return mapped;
  }
}
