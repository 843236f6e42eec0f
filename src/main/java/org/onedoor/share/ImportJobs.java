package org.onedoor.share;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.onedoor.log.Hub;
import org.onedoor.log.Unavailable;
import org.onedoor.people.Refused;
import org.onedoor.people.Secret;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Imports that run while their caller goes on: one after the other, told by how far they are. What
 * is known of one is kept beside the log, so that another server, or this one after its death, can
 * tell of it; a job that is not heard of for a while has died, and may be done again.
 */
@Component
final class ImportJobs implements AutoCloseable {
  private static final String SHELF = "import";
  private static final Duration KEPT = Duration.ofDays(1);
  private static final Duration SILENT = Duration.ofMinutes(2);

  /** Rejected lines that are kept for whoever asks, in characters. */
  private static final int MOST_REJECTS = 2_000_000;

  private final Hub hub;
  private final Import imports;
  private final InstantSource clock;
  private final ExecutorService one =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("import").factory());

  /**
   * How far a job is.
   *
   * @param by whose it is; nobody else hears of it
   * @param state waiting, running, done or failed
   * @param rejects the lines that were put aside, as CSV with a column {@code reason}
   * @param why it failed
   * @param upTo the position up to which its cases stand
   */
  record Job(
      String by,
      int done,
      int of,
      int imported,
      int known,
      int rejected,
      String state,
      @Nullable String rejects,
      @Nullable String why,
      long upTo,
      Instant at) {}

  ImportJobs(Hub hub, Import imports, InstantSource clock) {
    this.hub = hub;
    this.imports = imports;
    this.clock = clock;
  }

  /** Begins one, or finds it where it was begun before. */
  String start(ImportFile file, String source, boolean dryRun, String by, @Nullable String once) {
    var id = once == null ? Secret.random(16) : Secret.hash("import:" + once).substring(0, 32);
    var waiting =
        job(by, 0, file.lines().size(), new Import.Result(0, 0, 0, null), "waiting", null);
    var known = hub.keep().putIfAbsent(SHELF, id, json(waiting), clock.instant().plus(KEPT));
    if (known.isEmpty()) one.submit(() -> run(id, file, source, dryRun, by));
    return id;
  }

  private void run(String id, ImportFile file, String source, boolean dryRun, String by) {
    var of = file.lines().size();
    try {
      var result =
          imports.run(
              file,
              source,
              dryRun,
              by,
              (done, _, soFar) -> keep(id, job(by, done, of, soFar, "running", null)));
      keep(id, job(by, of, of, result, "done", null));
    } catch (RuntimeException e) {
      var why = e instanceof Refused r ? r.say(Locale.ENGLISH) : String.valueOf(e.getMessage());
      System.getLogger("onedoor.import").log(System.Logger.Level.WARNING, "an import failed", e);
      keep(id, job(by, 0, of, new Import.Result(0, 0, 0, null), "failed", why));
    }
  }

  /** A job of one's own; nothing if there is none. */
  @Nullable Job find(String id, String by) {
    var kept = hub.keep().get(SHELF, id);
    if (kept.isEmpty()) return null;
    var job = JsonMapper.shared().readValue(kept.get(), Job.class);
    if (!job.by().equals(by)) return null;
    var over = job.state().equals("done") || job.state().equals("failed");
    if (over || job.at().plus(SILENT).isAfter(clock.instant())) return job;
    var died = new Import.Result(job.imported(), job.known(), job.rejected(), null);
    return job(by, job.done(), job.of(), died, "failed", "the server stopped; import it again");
  }

  private Job job(
      String by, int done, int of, Import.Result so, String state, @Nullable String why) {
    var rejects = so.rejects();
    return new Job(
        by,
        done,
        of,
        so.imported(),
        so.known(),
        so.rejected(),
        state,
        rejects == null || rejects.length() <= MOST_REJECTS
            ? rejects
            : rejects.substring(0, rejects.lastIndexOf('\n', MOST_REJECTS) + 1),
        why,
        hub.head().position(),
        clock.instant());
  }

  private void keep(String id, Job job) {
    try {
      hub.keep().put(SHELF, id, json(job), clock.instant().plus(KEPT));
    } catch (Unavailable e) {
      // the import itself says so
    }
  }

  private static String json(Job job) {
    return JsonMapper.shared().writeValueAsString(job);
  }

  @Override
  public void close() {
    one.shutdownNow();
  }
}
