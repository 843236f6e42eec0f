package org.onedoor.share;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Event.Closed;
import org.onedoor.event.Event.Registered;
import org.onedoor.people.Directory;
import org.onedoor.people.People;
import org.onedoor.people.Refused;
import org.onedoor.people.Text;
import org.onedoor.room.Batch;
import org.onedoor.room.Batch.Told;
import org.onedoor.room.Intake;
import org.onedoor.room.Petition;
import org.onedoor.room.Petition.NewParty;
import org.springframework.stereotype.Component;

/**
 * Cases from another system's file. A line comes in once, by its external number; a bad line is put
 * aside with its reason and stops nobody; what was interrupted is taken up by doing it again.
 */
@Component
public final class Import {
  /** Petitions under one sync of the disk, and characters in them. */
  private static final int TOGETHER = 500;

  private static final int TOGETHER_LONG = 1_000_000;

  private static final int TITLE_FROM_WORDS = 60;

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("u-M-d").withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("u-M-d'T'H:mm[:ss]")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private final People people;
  private final Batch batch;

  /** How far it is. */
  public interface Progress {
    void at(int done, int of, Result soFar);
  }

  /**
   * What came of it.
   *
   * @param rejects the lines that were put aside, as CSV with a column {@code reason}; null: none
   */
  public record Result(int imported, int known, int rejected, @Nullable String rejects) {}

  public Import(People people, Batch batch) {
    this.people = people;
    this.batch = batch;
  }

  /**
   * Imports a file.
   *
   * @param source which system it is from; numbers are unique per source
   * @param dryRun say what would come of it and write nothing
   * @throws Refused if the file as a whole cannot be taken
   */
  public Result run(
      byte[] bytes,
      Map<String, String> mapped,
      String source,
      boolean dryRun,
      String by,
      Progress progress) {
    return run(ImportFile.of(bytes, mapped), source, dryRun, by, progress);
  }

  Result run(ImportFile file, String source, boolean dryRun, String by, Progress progress) {
    var directory = people.directory();
    var rejects = new ArrayList<List<String>>();
    var told = new ArrayList<Told>();
    var seen = new HashSet<String>();
    var imported = 0;
    var known = 0;
    var done = 0;
    var length = 0;
    for (var line : file.lines()) {
      done++;
      try {
        var one = told(file, line, source, directory);
        if (!seen.add(one.once())) known++;
        else {
          told.add(one);
          length += length(one);
        }
      } catch (Refused e) {
        rejects.add(reject(file, line, e.say(Locale.ENGLISH)));
      }
      if (told.size() == TOGETHER
          || length > TOGETHER_LONG
          || done % TOGETHER == 0
          || done == file.lines().size()) {
        if (!told.isEmpty()) {
          var fresh = dryRun ? batch.fresh(told).size() : batch.append(told, by);
          imported += fresh;
          known += told.size() - fresh;
        }
        told.clear();
        length = 0;
        var soFar = new Result(imported, known, rejects.size(), null);
        progress.at(done, file.lines().size(), soFar);
      }
    }
    return new Result(imported, known, rejects.size(), csv(file, rejects));
  }

  private static int length(Told one) {
    var closed = one.closed();
    return one.registered().words().length() + (closed == null ? 0 : closed.summary().length());
  }

  private Told told(ImportFile file, ImportFile.Line line, String source, Directory directory) {
    if (line.broken() != null)
      throw new Refused(Refused.Code.BAD_INPUT, "share.broken", line.broken());
    var number = Text.line("number", file.cell(line, "number"), Text.NAME);
    var words = Text.must("words", file.cell(line, "words"), Text.WORDS);
    var title = file.cell(line, "title");
    var kind = file.cell(line, "kind");
    var person = file.cell(line, "person");
    var petition =
        new Petition(
            title == null ? beginning(words) : title.replaceAll("\\s+", " "),
            words,
            kind != null && directory.lists(kind) ? kind : null,
            "online",
            agency(file.cell(line, "agency"), directory),
            person == null && file.cell(line, "phone") == null
                ? List.of()
                : List.of(
                    new NewParty(
                        person == null ? file.cell(line, "phone") : person,
                        "petitioner",
                        "person",
                        null,
                        file.cell(line, "phone"),
                        null,
                        null)),
            List.of(),
            number,
            source,
            time("at", file.cell(line, "at")));
    var given = Text.may("kind", kind, Text.LONGER);
    Registered registered = Intake.registered(petition, directory, given);
    var key = petition.externalKey();
    if (key == null) throw new IllegalStateException("a line without a number was let through");
    return new Told(registered, closed(file, line), key);
  }

  private @Nullable Closed closed(ImportFile file, ImportFile.Line line) {
    var reply = Text.may("reply", file.cell(line, "reply"), Text.WORDS);
    return reply == null
        ? null
        : new Closed("reply", reply, time("replied_at", file.cell(line, "replied_at")));
  }

  private static @Nullable String agency(@Nullable String said, Directory directory) {
    if (said == null) return null;
    return directory.agencyList().stream()
        .filter(a ->
            a.id().equalsIgnoreCase(said)
                || a.name().en().equalsIgnoreCase(said)
                || said.equals(a.name().zh()))
        .map(a -> a.id())
        .findFirst()
        .orElse(null);
  }

  private static String beginning(String words) {
    var line = words.replaceAll("\\s+", " ");
    var most = Math.min(TITLE_FROM_WORDS, line.codePointCount(0, line.length()));
    return line.substring(0, line.offsetByCodePoints(0, most));
  }

  /** A time with an offset, or one of the centre's zone; a day is its beginning. */
  private @Nullable Instant time(String field, @Nullable String text) {
    if (text == null) return null;
    var iso = text.replace('/', '-').replace(' ', 'T');
    try {
      if (!iso.contains("T"))
        return Intake.time(
            field, LocalDate.parse(iso, DAY).atStartOfDay(people.zone()).toInstant());
      var read = TIME.parseBest(iso, OffsetDateTime::from, LocalDateTime::from);
      return Intake.time(
          field,
          read instanceof OffsetDateTime o
              ? o.toInstant()
              : ((LocalDateTime) read).atZone(people.zone()).toInstant());
    } catch (DateTimeException e) {
      throw new Refused(Refused.Code.BAD_INPUT, "share.badTime", field, text).at(field);
    }
  }

  private static List<String> reject(ImportFile file, ImportFile.Line line, String why) {
    var cells = new ArrayList<>(line.cells());
    while (cells.size() < file.header().size()) cells.add("");
    cells.add(why);
    return cells;
  }

  private static @Nullable String csv(ImportFile file, List<List<String>> rejects) {
    if (rejects.isEmpty()) return null;
    var out = new StringWriter();
    try (var csv = CsvWriter.builder().build(out)) {
      var header = new ArrayList<>(file.header());
      header.add("reason");
      csv.writeRecord(Formula.quote(header));
      for (var line : rejects) csv.writeRecord(Formula.quote(line));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // into memory it never happens
    }
    return out.toString();
  }
}
