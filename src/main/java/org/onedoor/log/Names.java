package org.onedoor.log;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.SQLException;

/**
 * Texts that many entries share (streams, cases, accounts, kinds) stand in the file once, numbered.
 *
 * <p>Easy to get wrong: the writer must have one of its own and forget it when a transaction fails,
 * because the numbers given in it are given again.
 */
final class Names {
  /** Names remembered in each direction; together a few megabytes. */
  private static final int REMEMBERED = 20_000;

  private final String textOf;
  private final String numberOf;
  private final String add;
  private final Cache<Long, String> texts = Caffeine.newBuilder().maximumSize(REMEMBERED).build();
  private final Cache<String, Long> numbers = Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  /** The names in a table of {@code id} and {@code text}. */
  Names(String table) {
    textOf = "SELECT text FROM " + table + " WHERE id = ?";
    numberOf = "SELECT id FROM " + table + " WHERE text = ?";
    add = "INSERT INTO " + table + "(text) VALUES(?) ON CONFLICT DO NOTHING";
  }

  /** The text of a number; empty if it was taken from the file, which the chain then tells. */
  String text(Db db, long number) throws SQLException {
    var text = texts.getIfPresent(number);
    if (text == null) {
      text = db.one(textOf, r -> r.getString(1), number).orElse("");
      texts.put(number, text);
    }
    return text;
  }

  /** The number of a text, which is given one if it has none yet. */
  long number(Db db, String text) throws SQLException {
    var number = numbers.getIfPresent(text);
    if (number == null) {
      // what is not remembered is most often new
      number =
          db.update(add, text) > 0
              ? db.number("SELECT last_insert_rowid()")
              : db.number(numberOf, text);
      numbers.put(text, number);
    }
    return number;
  }
}
