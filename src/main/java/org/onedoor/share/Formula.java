package org.onedoor.share;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Cells that a spreadsheet would compute when somebody opens a CSV file: they leave with an
 * apostrophe before them, as spreadsheets themselves write a text, and come back without it.
 *
 * @see <a href="https://owasp.org/www-community/attacks/CSV_Injection">OWASP, CSV Injection</a>
 */
final class Formula {
  /** Also as Chinese and Japanese keyboards write them. */
  private static final Pattern COMPUTED =
      Pattern.compile("\\s*'*\\s*[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20]|[\\t\\r\\n]");

  private Formula() {}

  static List<String> quote(List<String> cells) {
    return cells.stream().map(c -> COMPUTED.matcher(c).lookingAt() ? "'" + c : c).toList();
  }

  static List<String> unquote(List<String> cells) {
    return cells.stream().map(Formula::unquote).toList();
  }

  private static String unquote(String cell) {
    var rest = cell.startsWith("'") ? cell.substring(1) : cell;
    return COMPUTED.matcher(rest).lookingAt() ? rest : cell;
  }
}
