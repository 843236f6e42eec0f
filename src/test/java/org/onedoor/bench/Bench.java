package org.onedoor.bench;

/** {@code ./onedoor bench NAME}: measures, and says what it measured; asserts nothing. */
public final class Bench {
  private Bench() {}

  public static void main(String[] args) throws Exception {
    switch (args.length == 0 ? "" : args[0]) {
      case "notes" -> NotesBench.run();
      case "found" -> FoundBench.run();
      case "log" -> LogBench.run();
      case "import" -> ImportBench.run(args.length > 1 ? Integer.parseInt(args[1]) : 20_000);
      case "list" -> ListBench.run(args.length > 1 ? Integer.parseInt(args[1]) : 500_000);
      case "" ->
          System.out.println(
              """
              notes         typing together: push to seen by all, CPU, disk, beside a bare relay
              found         from a write to somebody else's search having it
              log           append and read on both logs, beside a bare write and sync
              import [ROWS] rows of a petition file, beside bare inserts
              list [CASES]  lists, searches and rooms among half a million cases\
              """);
      default -> {
        System.err.println(
            "There is no benchmark " + args[0] + ". Without a name they are listed.");
        System.exit(2);
      }
    }
  }
}
