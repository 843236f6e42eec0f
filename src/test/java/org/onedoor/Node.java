package org.onedoor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs one of our TypeScript tests' programs with the Node.js that builds the frontend. */
public final class Node {
  private Node() {}

  /** Runs it to its end; it must end well. Returns what it said. */
  public static String run(String script, String... args) throws Exception {
    var command =
        new ArrayList<>(List.of(System.getProperty("node", "node"), "--no-warnings", script));
    command.addAll(List.of(args));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(said).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}
