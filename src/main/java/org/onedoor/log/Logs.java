package org.onedoor.log;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** Where a log is: {@code sqlite:FILE} or {@code mongodb://HOSTS/DATABASE}. */
public final class Logs {
  private static final String SQLITE = "sqlite:";

  private Logs() {}

  /** The address of a log in a file. */
  public static String in(Path file) {
    return SQLITE + file;
  }

  /** Whether an address is of a kind there is. */
  public static boolean known(String url) {
    return url.startsWith(SQLITE) || shared(url);
  }

  /** Whether several servers may have this log at once. */
  public static boolean shared(String url) {
    return url.startsWith("mongodb://") || url.startsWith("mongodb+srv://");
  }

  /** Whether there is anything at an address; one that cannot be looked at from here may be. */
  public static boolean exists(String url) {
    return shared(url) || Files.exists(file(url));
  }

  /** The file of a log that lies in one. */
  public static Path file(String url) {
    return Path.of(url.substring(SQLITE.length()));
  }

  /**
   * Opens or makes a log. That in a file belongs to whoever has the {@link DataFolder}.
   *
   * @throws NewerFormat if a newer program wrote it
   * @throws Unavailable if it cannot be opened
   */
  public static EventLog open(String url, InstantSource clock) {
    return shared(url) ? new MongoLog(url, clock) : new SqliteLog(file(url), clock);
  }
}
