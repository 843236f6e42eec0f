package org.onedoor.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.onedoor.log.Backup;
import org.onedoor.log.Copy;
import org.onedoor.log.DataFolder;
import org.onedoor.log.EventLog;
import org.onedoor.log.Logs;

/** What moves a whole centre: from one database to another, or back from a backup. */
final class Moving {
  private Moving() {}

  /** {@code copy FROM TO}: both may be read meanwhile, but nobody may have the second one open. */
  static int copy(Call call, Work.Say say) {
    if (call.words().size() != 2) throw new Call.Wrong("copy needs two logs, FROM and TO.");
    var from = log(call.words().getFirst());
    var to = log(call.words().getLast());
    if (!Logs.exists(from)) throw new Call.Wrong("There is no log at " + from + ".");
    try (var _ = owned(to);
        var source = Logs.open(from, InstantSource.system());
        var target = Logs.open(to, InstantSource.system())) {
      say.line(Copy.run(source, target, say::progress).toString());
      return Launch.DONE;
    } catch (Copy.Different e) {
      say.error(String.valueOf(e.getMessage()));
      return Launch.FAILED;
    } catch (EventLog.Broken e) {
      return Work.broken(e, say);
    }
  }

  /** The folder of a log in a file, taken as long as it is written. */
  private static AutoCloseableQuietly owned(String url) {
    if (Logs.shared(url)) return () -> {};
    var parent = Logs.file(url).toAbsolutePath().getParent();
    return DataFolder.open(parent == null ? Path.of(".") : parent)::close;
  }

  private interface AutoCloseableQuietly extends AutoCloseable {
    @Override
    void close();
  }

  /** A log as people name it: an address, a database file {@code ….db}, or a data folder. */
  private static String log(String named) {
    if (Logs.known(named)) return named;
    var path = Path.of(named).toAbsolutePath();
    return Logs.in(path.toString().endsWith(".db") ? path : path.resolve(DataFolder.DATABASE));
  }

  /** {@code restore FILE}: into a data folder where nothing is, or an empty MongoDB. */
  static int restore(Call call, Work.Say say) {
    var backup = call.path("backup");
    var later = new ArrayList<EventLog>();
    try (var folder = DataFolder.open(call.data())) {
      for (var named : call.all("erasures")) {
        if (!Logs.exists(log(named))) throw new Call.Wrong("There is no log at " + named + ".");
        later.add(Logs.open(log(named), InstantSource.system()));
      }
      return restore(call, backup, folder, later, say);
    } catch (Backup.No | Copy.Different e) {
      say.error(String.valueOf(e.getMessage()));
      return Launch.FAILED;
    } catch (EventLog.Broken e) {
      return Work.broken(e, say);
    } finally {
      later.forEach(EventLog::close);
    }
  }

  private static int restore(
      Call call, Path backup, DataFolder folder, List<EventLog> later, Work.Say say) {
    forget(folder.index()); // that of what was here before
    var again = Backup.restore(backup, folder.database(), later, say::progress);
    if (Logs.shared(call.log())) {
      try (var from = Logs.open(Logs.in(folder.database()), InstantSource.system());
          var to = Logs.open(call.log(), InstantSource.system())) {
        Copy.run(from, to, say::progress);
      }
      for (var end : List.of("", "-wal", "-shm"))
        forget(folder.database().resolveSibling(DataFolder.DATABASE + end));
    }
    if (again > 0) say.error("Erased again, as after this backup: " + again);
    else if (later.isEmpty())
      say.error(
          "Erasures made after this backup are only done again where they are known: newer backups beside it, or a log named with --erasures.");
    try (var log = Logs.open(call.log(), InstantSource.system())) {
      say.line(log.head().toString());
    }
    return Launch.DONE;
  }

  private static void forget(Path what) {
    try (var files = Files.exists(what) ? Files.walk(what) : Stream.<Path>empty()) {
      for (var path : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
