package org.onedoor.share;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.onedoor.people.Refused;

/**
 * The first sheet of an XLSX file as rows of texts. Of a formula what it gave last time is read, it
 * is never computed.
 *
 * <p>Easy to get wrong: such a file is a ZIP, and a small one may unpack to any size. So it is
 * unpacked once without keeping anything before it is read.
 */
final class Spreadsheet {
  /** Unpacked; a hundred times what a year of petitions needs. */
  private static final long MOST_BYTES = 256L << 20;

  private static final int MOST_PARTS = 1_000;

  /** Columns that are looked at; what stands beyond belongs to nobody's petition. */
  private static final int MOST_COLUMNS = 500;

  private Spreadsheet() {}

  static boolean is(byte[] bytes) {
    return bytes.length > 3 && bytes[0] == 'P' && bytes[1] == 'K' && bytes[2] == 3;
  }

  /** A row as it is numbered on the screen. */
  record Texts(int number, List<String> cells) {}

  /**
   * Reads the rows that have anything in them.
   *
   * @throws Refused TOO_LARGE if it unpacks to more than is taken, UNSUPPORTED if it cannot be read
   */
  static List<Texts> rows(byte[] bytes) {
    mustFit(bytes);
    try (var book =
            new ReadableWorkbook(new ByteArrayInputStream(bytes), new ReadingOptions(true, true));
        var rows = book.getFirstSheet().openStream()) {
      return rows.map(Spreadsheet::texts).filter(t -> !t.cells().isEmpty()).toList();
    } catch (Refused e) {
      throw e;
    } catch (IOException | RuntimeException e) { // whatever a made-up file makes it stumble over
      throw new Refused(Refused.Code.UNSUPPORTED, "share.badSheet");
    }
  }

  private static void mustFit(byte[] bytes) {
    var buffer = new byte[1 << 16];
    var sum = 0L;
    // as the reader itself goes by the archive's directory
    try (var zip =
        ZipFile.builder().setSeekableByteChannel(new SeekableInMemoryByteChannel(bytes)).get()) {
      var parts = Collections.list(zip.getEntries());
      if (parts.size() > MOST_PARTS) throw tooLarge();
      for (var part : parts)
        try (var in = zip.getInputStream(part)) {
          for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            sum += n;
            if (sum > MOST_BYTES) throw tooLarge();
          }
        }
    } catch (IOException | IllegalArgumentException e) {
      throw new Refused(Refused.Code.UNSUPPORTED, "share.badSheet");
    }
  }

  private static Refused tooLarge() {
    return new Refused(Refused.Code.TOO_LARGE, "share.sheetTooLarge");
  }

  private static Texts texts(Row row) {
    var cells = new ArrayList<String>();
    for (var cell : row) {
      if (cell == null) cells.add("");
      else if (cell.getColumnIndex() >= MOST_COLUMNS) break;
      else {
        while (cells.size() < cell.getColumnIndex()) cells.add("");
        cells.add(text(cell));
      }
    }
    while (!cells.isEmpty() && cells.getLast().isBlank()) cells.removeLast();
    return new Texts(row.getRowNum(), cells);
  }

  private static String text(Cell cell) {
    if (cell.getType() == CellType.NUMBER && isTime(cell)) return cell.asDate().toString();
    if (cell.getType() == CellType.NUMBER) return cell.asNumber().toPlainString();
    if (cell.getType() == CellType.FORMULA || cell.getType() == CellType.ERROR) {
      var last = cell.getRawValue();
      return last == null ? "" : last;
    }
    return cell.getText();
  }

  /** A number that is shown as a day or a time of day. */
  private static boolean isTime(Cell cell) {
    var format = cell.getDataFormatString();
    return format != null
        && format.replaceAll("\"[^\"]*\"|\\[[^\\]]*\\]|\\\\.", "").matches("(?i).*[ymdhs].*")
        && !format.equalsIgnoreCase("General");
  }
}
