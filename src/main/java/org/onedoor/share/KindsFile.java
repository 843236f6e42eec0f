package org.onedoor.share;

import static org.onedoor.people.Refused.Code.BAD_INPUT;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.onedoor.event.Kind;
import org.onedoor.event.Label;
import org.onedoor.people.Refused;

/**
 * A class list as CSV or XLSX, in one of two shapes: a line for each class ({@code code, name,
 * name_zh, parent}, parents first), or a line for each class of the lowest level with its parents
 * beside it ({@code level1, level2, level3}). In the second the names make the codes, so reading
 * the same list again changes nothing.
 */
public final class KindsFile {
  private static final List<String> LEVELS = List.of("level1", "level2", "level3");

  private KindsFile() {}

  /**
   * Reads one.
   *
   * @throws Refused BAD_INPUT if it has neither shape, UNSUPPORTED if it cannot be read
   */
  public static List<Kind> read(byte[] bytes) {
    var rows = ImportFile.cells(bytes);
    if (rows.isEmpty()) throw new Refused(BAD_INPUT, "share.emptyFile");
    var header = rows.getFirst().stream().map(h -> h.strip().toLowerCase(Locale.ROOT)).toList();
    var rest = rows.subList(1, rows.size());
    if (header.contains("level1")) return byLevels(header, rest);
    if (header.contains("code") && header.contains("name")) return byCode(header, rest);
    throw new Refused(BAD_INPUT, "share.noClasses");
  }

  private static List<Kind> byCode(List<String> header, List<List<String>> rows) {
    var all = new ArrayList<Kind>();
    for (var row : rows) {
      var zh = cell(header, row, "name_zh");
      var parent = cell(header, row, "parent");
      all.add(
          new Kind(
              cell(header, row, "code"),
              new Label(cell(header, row, "name"), zh.isEmpty() ? null : zh),
              parent.isEmpty() ? null : parent));
    }
    return all;
  }

  private static List<Kind> byLevels(List<String> header, List<List<String>> rows) {
    Map<String, Kind> all = new LinkedHashMap<>();
    for (var row : rows) {
      String parent = null;
      for (var level : LEVELS) {
        var name = cell(header, row, level);
        if (name.isEmpty()) break;
        var code =
            (parent == null ? "" : parent + ".") + name.replaceAll("[^\\p{L}\\p{N}_-]+", "-");
        all.putIfAbsent(code, new Kind(code, new Label(name, null), parent));
        parent = code;
      }
    }
    return List.copyOf(all.values());
  }

  private static String cell(List<String> header, List<String> row, String name) {
    var at = header.indexOf(name);
    return at < 0 || at >= row.size() ? "" : row.get(at).strip();
  }
}
