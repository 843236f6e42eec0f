package org.onedoor.shell;

import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.onedoor.log.EventLog;
import org.onedoor.log.Head;
import org.onedoor.log.Hub;
import org.onedoor.people.People;
import org.onedoor.people.Refused;
import org.onedoor.people.Tokens;
import org.onedoor.room.Batch;
import org.onedoor.room.Rooms;
import org.onedoor.search.CaseIndex;
import org.onedoor.share.Import;
import org.springframework.stereotype.Component;

/** What the commands do; the same whether they hold the folder themselves or ask the server. */
@Component
final class Work {
  /** For whoever holds the data folder. */
  static final String CONSOLE = "console";

  private final Hub hub;
  private final Tokens tokens;
  private final Import imports;
  private final @Nullable CaseIndex index;

  /** Where the words of a command go. */
  interface Say {
    void line(String text);

    void error(String text);

    void progress(long done, long of);

    /** The rejected lines of an import, as CSV. */
    void rejects(String csv);
  }

  Work(Hub hub, Tokens tokens, Import imports, @Nullable CaseIndex index) {
    this.hub = hub;
    this.tokens = tokens;
    this.imports = imports;
    this.index = index;
  }

  /**
   * Does one command.
   *
   * @param body the file, where the command takes one
   * @return the exit code
   */
  int run(Call call, byte[] body, Say say) {
    try {
      return switch (call.command()) {
        case "token" -> {
          say.line(tokens.make(call.word("account"), CONSOLE));
          yield Launch.DONE;
        }
        case "verify" -> verify(hub.log(), call.maybe("since"), say);
        case "reindex" -> {
          if (index != null) index.reindex(say::progress);
          yield Launch.DONE;
        }
        case "import" -> bring(call, body, say);
        default -> throw new Call.Wrong("unknown command: " + call.command());
      };
    } catch (Refused e) {
      say.error(e.say(Locale.ENGLISH));
      return Launch.FAILED;
    }
  }

  static int verify(EventLog log, @Nullable String since, Say say) {
    try {
      var end = log.head().position();
      var head = log.verify(since == null ? null : Head.parse(since), at -> say.progress(at, end));
      say.line(head.toString());
      return Launch.DONE;
    } catch (EventLog.Broken e) {
      say.error("The chain does not hold. First broken position: " + e.position());
      say.error(String.valueOf(e.getMessage()));
      say.line(Long.toString(e.position()));
      return Launch.FAILED;
    } catch (IllegalArgumentException e) {
      throw new Call.Wrong("--since needs a head as verify prints it, POSITION:HEX.");
    }
  }

  private int bring(Call call, byte[] body, Say say) {
    var result =
        imports.run(
            body,
            call.mapped(),
            call.option("source", ""),
            call.has("dry-run"),
            CONSOLE,
            say::progress);
    if (result.rejects() != null) say.rejects(result.rejects());
    say.line(
        "imported %d, known %d, rejected %d"
            .formatted(result.imported(), result.known(), result.rejected()));
    return Launch.DONE;
  }

  /** The same on a folder no server runs on, where nothing needs an index. */
  static Work on(Hub hub, InstantSource clock) {
    var people = new People(hub);
    var rooms = new Rooms(hub, people, clock);
    return new Work(
        hub, new Tokens(hub, people), new Import(hub, people, new Batch(hub, rooms)), null);
  }
}
