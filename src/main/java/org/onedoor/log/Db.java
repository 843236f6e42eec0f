package org.onedoor.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection with its statements prepared once; used by one thread at a time. The statements
 * are those of this package, of which there are few.
 */
final class Db implements AutoCloseable {
  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  Db(Connection connection) {
    this.connection = connection;
  }

  void execute(String sql) throws SQLException {
    prepared(sql).execute();
  }

  int update(String sql, @Nullable Object... args) throws SQLException {
    return bound(sql, args).executeUpdate();
  }

  <T> List<T> list(String sql, Reading<T> each, @Nullable Object... args) throws SQLException {
    try (var rows = bound(sql, args).executeQuery()) {
      var all = new ArrayList<T>();
      while (rows.next()) all.add(each.of(rows));
      return all;
    }
  }

  <T> Optional<T> one(String sql, Reading<T> each, @Nullable Object... args) throws SQLException {
    try (var rows = bound(sql, args).executeQuery()) {
      return rows.next() ? Optional.of(each.of(rows)) : Optional.empty();
    }
  }

  /** The whole number in the first column of the first row. */
  long number(String sql, @Nullable Object... args) throws SQLException {
    return one(sql, r -> r.getLong(1), args).orElse(0L);
  }

  private PreparedStatement bound(String sql, @Nullable Object... args) throws SQLException {
    var statement = prepared(sql);
    for (var i = 0; i < args.length; i++) statement.setObject(i + 1, args[i]);
    return statement;
  }

  private PreparedStatement prepared(String sql) throws SQLException {
    var statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    return statement;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
