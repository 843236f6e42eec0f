package org.onedoor.log;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A {@link LogWriter} in a process of its own. */
final class Writer implements AutoCloseable {
  final Process process;
  private final BufferedReader out;
  private final List<String> said = new ArrayList<>();

  /**
   * Starts one.
   *
   * @param under what it is run by, as a debugger would be
   */
  Writer(Path dir, int threads, String... under) throws IOException {
    var command = new ArrayList<>(List.of(under));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            LogWriter.class.getName(),
            dir.toString(),
            "" + threads));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Reads what it says until so many lines were such. */
  Writer until(int count, Predicate<String> such) throws IOException {
    for (var seen = 0; seen < count; ) {
      var line = out.readLine();
      if (line == null) throw new AssertionError("it ended: " + said);
      said.add(line);
      if (such.test(line)) seen++;
    }
    return this;
  }

  /** Kills it as a power cut would end it, and returns all it said in whole lines. */
  List<String> kill() throws IOException {
    end(); // by its handle, so that the pipe stays open
    var rest = new StringBuilder();
    for (var c = out.read(); c >= 0; c = out.read()) rest.append((char) c);
    var whole = rest.substring(0, rest.lastIndexOf("\n") + 1);
    said.addAll(whole.lines().toList());
    return said;
  }

  /** With what runs under it, which would go on for ever. */
  private void end() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.toHandle().destroyForcibly();
  }

  @Override
  public void close() {
    end();
  }
}
