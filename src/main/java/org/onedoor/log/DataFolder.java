package org.onedoor.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds a centre, owned by one process at a time: the lock falls with the process,
 * however it dies.
 *
 * <p>Easy to get wrong: such a lock also falls when the process that has it closes any other
 * opening of the lock file, so the file is never opened twice.
 */
public final class DataFolder implements AutoCloseable {
  /** The name of the database in a folder. */
  public static final String DATABASE = "onedoor.db";

  /** The folders of this process. */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path dir;
  private final Path real;
  private final FileChannel lock;

  private DataFolder(Path dir, Path real, FileChannel lock) {
    this.dir = dir;
    this.real = real;
    this.lock = lock;
  }

  /**
   * Takes the folder, making it if need be.
   *
   * @throws InUse if it is taken
   * @throws Unavailable if it cannot be made or written
   */
  public static DataFolder open(Path dir) {
    try {
      OwnersOnly.folder(dir);
      var real = dir.toRealPath();
      if (!OWN.add(real)) throw new InUse(dir);
      var lock = lock(real);
      if (lock == null) throw new InUse(dir);
      return new DataFolder(dir, real, lock);
    } catch (IOException e) {
      throw new Unavailable("The data folder " + dir + " cannot be used: " + e.getMessage(), e);
    }
  }

  /** The lock of a folder nobody in this process has, or null if another process has it. */
  private static @Nullable FileChannel lock(Path real) throws IOException {
    FileChannel channel = null;
    var locked = false;
    try {
      channel =
          FileChannel.open(
              real.resolve("onedoor.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      locked = channel.tryLock() != null;
      return locked ? channel : null;
    } finally {
      if (!locked) {
        OWN.remove(real);
        if (channel != null) channel.close();
      }
    }
  }

  public Path database() {
    return dir.resolve(DATABASE);
  }

  public Path index() {
    return dir.resolve("index");
  }

  /** What a command needs to reach the running server: its address and a secret, for the owner. */
  public static Path key(Path dir) {
    return dir.resolve("local.key");
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      OWN.remove(real);
    }
  }

  /** Another process has the folder. */
  public static final class InUse extends RuntimeException {
    InUse(Path dir) {
      super(
          "A OneDoor server is already running on "
              + dir
              + ". Stop it first, or name another folder with --data.");
    }
  }
}
