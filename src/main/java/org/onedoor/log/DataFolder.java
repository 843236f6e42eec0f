package org.onedoor.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The folder that holds a centre, owned by one process at a time: the lock falls with the process,
 * however it dies.
 */
public final class DataFolder implements AutoCloseable {
  private final Path dir;
  private final FileChannel lock;

  private DataFolder(Path dir, FileChannel lock) {
    this.dir = dir;
    this.lock = lock;
  }

  /**
   * Takes the folder, making it if need be.
   *
   * @throws InUse if another process has it
   */
  public static DataFolder open(Path dir) {
    try {
      Files.createDirectories(dir);
      var lock =
          FileChannel.open(
              dir.resolve("onedoor.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(lock)) {
        lock.close();
        throw new InUse(dir);
      }
      return new DataFolder(dir, lock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path database() {
    return dir.resolve("onedoor.db");
  }

  public Path index() {
    return dir.resolve("index");
  }

  /** What a command needs to reach the running server: its address and a secret, for the owner. */
  public static Path key(Path dir) {
    return dir.resolve("local.key");
  }

  public Path dir() {
    return dir;
  }

  private static boolean locked(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
