package org.onedoor.search;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.onedoor.event.Entry;
import org.onedoor.event.Event.Erased;
import org.onedoor.log.Following;
import org.onedoor.log.Hub;
import org.onedoor.log.Which;
import org.onedoor.note.Notes;
import org.onedoor.people.People;
import org.onedoor.room.Rooms;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * The index as a follower of the log: it collects briefly which cases changed, writes their
 * documents anew, and stores its position in the commit. Delete the folder and it is rebuilt.
 *
 * <p>Easy to get wrong: a right may be withdrawn before the documents say so. Such cases are named
 * in {@link Narrowed} from the moment the fact is folded until they are written, and every query
 * leaves them out.
 */
@Component
public final class CaseIndex implements AutoCloseable, MeterBinder {
  private static final Duration COMMIT = Duration.ofSeconds(3);

  /** How often a rebuild tells how far it is. */
  private static final Duration STEP = Duration.ofMillis(200);

  /** How long a closing waits for what is being written. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final System.Logger LOG = System.getLogger("onedoor.index");

  private final Hub hub;
  private final CaseDocument documents;
  private final IndexWriter writer;
  private final Commits commits;
  private final SearcherManager searchers;
  private final Narrowed narrowed = new Narrowed();
  private final Bell bell = new Bell();
  private final Following listening;
  private final Thread worker;
  private final Dirt dirt;
  private final Shown shown;

  private volatile boolean open = true;

  public CaseIndex(Hub hub, CaseDocument documents, @Qualifier("indexFolder") Path folder) {
    this.hub = hub;
    this.documents = documents;
    try {
      writer = IndexFolder.open(folder);
      searchers = new SearcherManager(writer, new SearcherFactory());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    commits = new Commits(hub, writer);
    shown = new Shown(commits.begin());
    dirt = new Dirt(indexed());
    hub.fold(this::hear);
    narrowed.since(hub, indexed());
    listening = hub.listen("index", dirt::hear, dirt::missed);
    worker = Thread.ofPlatform().daemon().name("index").start(this::work);
  }

  /** An index of this folder without the rest of a server; close it. */
  public static CaseIndex of(Hub hub, Rooms rooms, People people, Notes notes, Path folder) {
    return new CaseIndex(hub, new CaseDocument(rooms, people, notes), folder);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("onedoor.index.lag", this, i -> Math.max(0, hub.folded() - i.indexed()))
        .description("Facts that cannot be found yet")
        .register(registry);
  }

  private void hear(Entry entry) {
    narrowed.hear(entry);
    if (entry.event() instanceof Erased) commits.erased(entry.position());
  }

  private void work() {
    var lastCommit = System.nanoTime();
    CompletableFuture<?> committing = CompletableFuture.completedFuture("nothing yet");
    while (open) {
      try {
        if (!dirt.await(indexed(), COMMIT)) continue;
        var all = dirt.takeMissed(); // before asking what was forgotten, or that is missed itself
        if (shown.forgotten()) {
          committing.join(); // or it would say that what is dropped here is there
          begin();
          all = true;
        }
        if (all) catchUp();
        flush();
        if (commits.toPurge(indexed())) {
          committing.join();
          commits.purge(indexed(), searchers);
        }
        if (committing.isDone() && System.nanoTime() - lastCommit > COMMIT.toNanos()) {
          // it waits for the disk, and nobody's words should wait for that to be found
          committing = CompletableFuture.runAsync(this::tryToCommit, Thread::startVirtualThread);
          lastCommit = System.nanoTime();
        }
      } catch (InterruptedException e) {
        return;
      } catch (IOException | RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "the index could not be written; tried again", e);
        dirt.missed();
      }
    }
    committing.join(); // or files are closed under it
  }

  private void catchUp() throws IOException {
    for (var more = true; more && open; ) {
      try (var entries = hub.read(Which.all(), indexed())) {
        more = dirt.catchUp(indexed(), entries.iterator());
      }
      flush();
    }
  }

  /** Writes what is dirty and shows it. */
  private void flush() throws IOException {
    var load = dirt.take();
    hub.await(load.upTo()); // what is durable may not be folded yet, and documents are of folds
    for (var id : load.cases()) {
      var all = documents.of(id);
      if (all.isEmpty()) writer.deleteDocuments(new Term("case", id));
      else writer.updateDocuments(new Term("case", id), all);
    }
    for (var note : load.notes().entrySet())
      if (!load.cases().contains(note.getValue())) {
        var found = documents.note(note.getValue(), note.getKey());
        if (found.isPresent()) writer.updateDocument(new Term("note", note.getKey()), found.get());
      }
    searchers.maybeRefreshBlocking();
    narrowed.written(load.upTo()); // before those who wait are let go, or they still miss a case
    shown.reach(load.upTo());
    if (!load.cases().isEmpty()) bell.ring();
  }

  private void tryToCommit() {
    try {
      commits.commit(indexed());
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "the index could not be committed; tried again", e);
    }
  }

  private void begin() throws IOException {
    writer.deleteAll();
    shown.restart();
  }

  /** The position everything up to which can be found. */
  public long indexed() {
    return shown.position();
  }

  /** Waits until a position can be found, at most so long: who wrote something finds it. */
  public void await(long position, Duration most) {
    try {
      shown.await(position, most);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Drops everything and makes it anew from the log; returns when it is there again. */
  public void reindex(Progress progress) {
    var end = hub.head().position();
    shown.forget();
    dirt.missed();
    try {
      while (open && !shown.await(end, STEP)) progress.at(shown.forgotten() ? 0 : indexed(), end);
      progress.at(end, end);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How far a rebuild is. */
  public interface Progress {
    void at(long done, long of);
  }

  /** Tells when lists may look different, at most once a second. The watcher must not block. */
  public Following watch(Runnable watcher) {
    return bell.watch(watcher);
  }

  /** Asks the index; the answer must not leave the function as a searcher. */
  <T> T ask(Asking<T> asking) {
    try {
      var leftOut = narrowed.cases(); // before the searcher, which may be the older one of two
      var searcher = searchers.acquire();
      try {
        return asking.of(searcher, leftOut);
      } finally {
        searchers.release(searcher);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  interface Asking<T> {
    /**
     * Asks.
     *
     * @param leftOut cases whose circle became smaller and whose documents may not say so yet
     */
    T of(IndexSearcher searcher, Set<String> leftOut) throws IOException;
  }

  @Override
  public void close() {
    open = false;
    bell.close();
    listening.close();
    dirt.missed(); // wakes it; an interrupt would close files under it
    try {
      if (!worker.join(PATIENCE)) return; // still at work: what is committed is enough to go on
      commits.commit(indexed());
      searchers.close();
      writer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
