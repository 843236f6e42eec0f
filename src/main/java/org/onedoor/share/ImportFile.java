package org.onedoor.share;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.onedoor.people.Refused;

/**
 * A file of petitions as lines with known names: XLSX, or CSV in UTF-8 (with or without byte-order
 * mark) or GB 18030, the first row holding the names in any order and either language.
 */
final class ImportFile {
  private static final Map<String, List<String>> NAMES =
      Map.ofEntries(
          Map.entry("number", List.of("number", "编号", "留言编号")),
          Map.entry("title", List.of("title", "主题", "留言主题")),
          Map.entry("words", List.of("words", "text", "详情", "留言详情", "narrative")),
          Map.entry("at", List.of("at", "time", "时间", "留言时间")),
          Map.entry("person", List.of("person", "用户", "留言用户")),
          Map.entry("phone", List.of("phone")),
          Map.entry("agency", List.of("agency")),
          Map.entry("kind", List.of("kind", "product", "类别")),
          Map.entry("reply", List.of("reply", "答复意见")),
          Map.entry("replied_at", List.of("replied_at", "答复时间")));

  private final List<String> header;
  private final Map<String, Integer> columns;
  private final List<Line> lines;

  /**
   * One line of the file.
   *
   * @param cells as they stand there
   * @param broken why it is no line at all
   */
  record Line(long number, List<String> cells, @Nullable String broken) {}

  private ImportFile(List<String> header, Map<String, Integer> columns, List<Line> lines) {
    this.header = header;
    this.columns = columns;
    this.lines = lines;
  }

  /**
   * Reads a file.
   *
   * @param mapped names of ours to columns of the file, on top of the known ones
   * @throws Refused UNSUPPORTED for another format, BAD_INPUT without the columns that are needed
   */
  static ImportFile of(byte[] bytes, Map<String, String> mapped) {
    var rows = lines(bytes);
    if (rows.isEmpty()) throw new Refused(Refused.Code.BAD_INPUT, "share.emptyFile");
    var header = rows.getFirst().cells().stream().map(String::strip).toList();
    var columns = columns(header, mapped);
    for (var need : List.of("number", "words"))
      if (!columns.containsKey(need))
        throw new Refused(
                Refused.Code.BAD_INPUT,
                "share.noColumn",
                need,
                String.join(", ", NAMES.getOrDefault(need, List.of())))
            .at(need);
    return new ImportFile(header, columns, rows.subList(1, rows.size()));
  }

  List<String> header() {
    return header;
  }

  List<Line> lines() {
    return lines;
  }

  /** A cell by our name; null where the file has no such column, or nothing there. */
  @Nullable String cell(Line line, String name) {
    var column = columns.get(name);
    if (column == null || column >= line.cells().size()) return null;
    var text = line.cells().get(column).strip();
    return text.isEmpty() ? null : text;
  }

  private static Map<String, Integer> columns(List<String> header, Map<String, String> mapped) {
    var columns = new HashMap<String, Integer>();
    NAMES.forEach((name, known) -> {
      for (var i = 0; i < header.size(); i++)
        if (known.contains(header.get(i).toLowerCase(Locale.ROOT))) {
          columns.putIfAbsent(name, i);
        }
    });
    mapped.forEach((name, column) -> {
      var i = header.indexOf(column);
      if (!NAMES.containsKey(name) || i < 0)
        throw new Refused(
                Refused.Code.BAD_INPUT,
                NAMES.containsKey(name) ? "share.noSuchColumn" : "share.noSuchName",
                NAMES.containsKey(name) ? column : name)
            .at("map");
      columns.put(name, i);
    });
    return columns;
  }

  /** The rows of any table, as they stand there. */
  static List<List<String>> cells(byte[] bytes) {
    return lines(bytes).stream().map(Line::cells).toList();
  }

  private static List<Line> lines(byte[] bytes) {
    return Spreadsheet.is(bytes) ? sheet(bytes) : rows(text(bytes));
  }

  private static List<Line> sheet(byte[] bytes) {
    var rows = new ArrayList<Line>();
    for (var row : Spreadsheet.rows(bytes))
      rows.add(new Line(row.number(), row.cells(), odd(rows, row.cells())));
    return rows;
  }

  @SuppressWarnings("removal") // nothing else takes a line like "a"b as it stands
  private static List<Line> rows(String text) {
    var rows = new ArrayList<Line>();
    try (var csv =
        CsvReader.builder()
            .skipEmptyLines(true)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowExtraCharsAfterClosingQuote(true)
            .maxBufferSize(8 << 20)
            .ofCsvRecord(text)) {
      for (var row : csv) {
        var cells = Formula.unquote(row.getFields());
        rows.add(new Line(row.getStartingLineNumber(), cells, odd(rows, cells)));
      }
    } catch (CsvParseException | IOException e) {
      // a quote that never closes swallows the rest: what came before counts
      var last = rows.isEmpty() ? 1 : rows.getLast().number() + 1;
      rows.add(new Line(last, List.of(), "the rest of the file cannot be read: " + e.getMessage()));
    }
    return rows;
  }

  /** Why a line is none: it has more cells than the file has names. */
  private static @Nullable String odd(List<Line> before, List<String> cells) {
    if (before.isEmpty()) return null;
    var names = before.getFirst().cells().size();
    return cells.size() <= names
        ? null
        : "it has %d cells, but the file has %d names".formatted(cells.size(), names);
  }

  private static String text(byte[] bytes) {
    var start =
        bytes.length > 2
                && bytes[0] == (byte) 0xEF
                && bytes[1] == (byte) 0xBB
                && bytes[2] == (byte) 0xBF
            ? 3
            : 0;
    var body = ByteBuffer.wrap(bytes, start, bytes.length - start);
    for (var charset : List.of(StandardCharsets.UTF_8, Charset.forName("GB18030"))) {
      try {
        return charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(body.duplicate())
            .toString();
      } catch (CharacterCodingException e) {
        // not this one
      }
    }
    throw new Refused(Refused.Code.UNSUPPORTED, "share.badEncoding");
  }
}
