package org.onedoor.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Files and folders only their owner reads: whoever can read them reads every case. */
public final class OwnersOnly {
  private OwnersOnly() {}

  /** Makes a folder, if there is none. */
  public static Path folder(Path dir) throws IOException {
    if (Files.isDirectory(dir)) return dir;
    Files.createDirectories(dir);
    only(dir, "rwx------");
    return dir;
  }

  /** Makes an empty file. */
  public static Path file(Path file) throws IOException {
    Files.createFile(file);
    only(file, "rw-------");
    return file;
  }

  private static void only(Path path, String permissions) throws IOException {
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix"))
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }
}
