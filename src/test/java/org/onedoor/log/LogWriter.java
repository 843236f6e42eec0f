package org.onedoor.log;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.onedoor.event.Event.Contact;

/**
 * Appends with several threads until it dies, and says what was acknowledged: {@code LogWriter
 * FOLDER THREADS}. A line is {@code entry POSITION STREAM VERSION}, {@code keep KEY VALUE}, or
 * {@code unavailable WHY}.
 */
final class LogWriter {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private LogWriter() {}

  public static void main(String[] args) {
    var clock = InstantSource.system();
    var folder = DataFolder.open(Path.of(args[0]));
    var log = new SqliteLog(folder.database(), clock);
    OUT.println("ready");
    for (var t = 0; t < Integer.parseInt(args[1]); t++) {
      var stream = "case/2026-%04d".formatted(t);
      Thread.ofPlatform().start(() -> write(log, stream));
    }
  }

  /** Three facts at a time, so that half a list would show. */
  private static void write(EventLog log, String stream) {
    while (true) {
      try {
        var version = log.version(stream);
        var facts = new ArrayList<Fact>();
        for (var k = 0; k < 3; k++) {
          var words = "words ".repeat(10) + k;
          facts.add(
              new Fact(stream, version + k, new Contact("" + k, "visit", words, null), "clerk"));
        }
        for (var entry : log.append(facts)) say("entry", entry.position(), stream, entry.version());
        log.keep().put("writer", stream, "" + (version + 3), null);
        say("keep", stream, version + 3);
      } catch (Unavailable e) {
        say("unavailable", e.getMessage());
        LockSupport.parkNanos(20_000_000);
      }
    }
  }

  private static void say(Object... words) {
    OUT.println(String.join(" ", List.of(words).stream().map(Object::toString).toList()));
  }
}
