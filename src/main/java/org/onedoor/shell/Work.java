package org.onedoor.shell;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.onedoor.log.Backup;
import org.onedoor.log.EventLog;
import org.onedoor.log.Head;
import org.onedoor.log.Hub;
import org.onedoor.log.Unavailable;
import org.onedoor.note.Notes;
import org.onedoor.people.People;
import org.onedoor.people.Refused;
import org.onedoor.people.Tokens;
import org.onedoor.room.Batch;
import org.onedoor.room.Rooms;
import org.onedoor.schedule.Sessions;
import org.onedoor.search.CaseIndex;
import org.onedoor.share.Export;
import org.onedoor.share.Import;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** What the commands do; the same whether they hold the folder themselves or ask the server. */
@Component
final class Work {
  /** For whoever holds the data folder. */
  static final String CONSOLE = "console";

  private final Hub hub;
  private final Tokens tokens;
  private final Import imports;
  private final Export export;
  private final Consumer<Say> reindex;

  /** Where the words of a command go. */
  interface Say {
    void line(String text);

    void error(String text);

    void progress(long done, long of);

    /** The rejected lines of an import, as CSV. */
    void rejects(String csv);
  }

  @Autowired
  Work(Hub hub, Tokens tokens, Import imports, Export export, CaseIndex index) {
    this(hub, tokens, imports, export, say -> index.reindex(say::progress));
  }

  private Work(Hub hub, Tokens tokens, Import imports, Export export, Consumer<Say> reindex) {
    this.hub = hub;
    this.tokens = tokens;
    this.imports = imports;
    this.export = export;
    this.reindex = reindex;
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
          reindex.accept(say);
          yield Launch.DONE;
        }
        case "import" -> bring(call, body, say);
        case "backup" -> backup(hub.log(), call, say);
        case "export" -> {
          say.line(export.run(call.path("folder"), say::progress));
          yield Launch.DONE;
        }
        default -> throw new Call.Wrong("unknown command: " + call.command());
      };
    } catch (Refused e) {
      say.error(e.say(Locale.ENGLISH));
      return Launch.FAILED;
    } catch (Backup.No | Unavailable | UncheckedIOException e) {
      say.error(String.valueOf(e.getMessage()));
      return Launch.FAILED;
    } catch (EventLog.Broken e) {
      return broken(e, say);
    }
  }

  static int broken(EventLog.Broken e, Say say) {
    say.error("The chain does not hold. First broken position: " + e.position());
    say.error(String.valueOf(e.getMessage()));
    say.line(Long.toString(e.position()));
    return Launch.FAILED;
  }

  /** A copy that can be restored; its head is the last line. */
  private static int backup(EventLog log, Call call, Say say) {
    var done = Backup.write(log, call.path("file"), say::progress);
    say.line(done.file().toString());
    say.line(done.head().toString());
    return Launch.DONE;
  }

  static int verify(EventLog log, @Nullable String since, Say say) {
    try {
      var end = log.head().position();
      var head = log.verify(since == null ? null : Head.parse(since), at -> say.progress(at, end));
      say.line(head.toString());
      return Launch.DONE;
    } catch (EventLog.Broken e) {
      return broken(e, say);
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
            (done, of, _) -> say.progress(done, of));
    if (result.rejects() != null) say.rejects(result.rejects());
    say.line(
        "imported %d, known %d, rejected %d"
            .formatted(result.imported(), result.known(), result.rejected()));
    return Launch.DONE;
  }

  /** The same on a folder no server runs on. */
  static Work on(Hub hub, InstantSource clock, Path index) {
    var people = new People(hub);
    var rooms = new Rooms(hub, people, clock);
    var notes = new Notes(hub, people);
    return new Work(
        hub,
        new Tokens(hub, people),
        new Import(people, new Batch(hub, rooms)),
        new Export(hub, people, rooms, notes, new Sessions(hub, people, clock), clock),
        say -> {
          try (var made = CaseIndex.of(hub, rooms, people, notes, index)) {
            made.reindex(say::progress);
          }
        });
  }
}
