package org.onedoor.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.NRTCachingDirectory;
import org.onedoor.event.Entry;
import org.onedoor.event.Event.*;
import org.onedoor.log.Following;
import org.onedoor.log.Hub;
import org.onedoor.log.Which;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * The index as a follower of the log: it collects briefly which cases changed, writes their
 * documents anew, and stores its position in the commit. Delete the folder and it is rebuilt.
 *
 * <p>Easy to get wrong: a right may be withdrawn before the documents say so. Such cases are named
 * in {@link #narrowed()} from the moment the fact is folded until they are written, and every query
 * leaves them out.
 */
@Component
public final class CaseIndex implements AutoCloseable {
  /** Raised when documents change their shape; an older index is made anew. */
  private static final String FORMAT = "4";

  private static final Duration COLLECT = Duration.ofMillis(60);

  /** A note being typed in is written anew this often: each time costs its whole text. */
  private static final Duration COLLECT_TYPING = Duration.ofMillis(300);

  private static final Duration COMMIT = Duration.ofSeconds(3);

  /** Cases written between two looks at the rest while catching up. */
  private static final int CATCH_UP = 2_000;

  private static final String[] NARROWING = {
    "released", "objected", "lead", "closed", "declined", "session_cancelled", "erased"
  };

  private static final System.Logger LOG = System.getLogger("onedoor.index");

  private final Hub hub;
  private final CaseDocument documents;
  private final IndexWriter writer;
  private final SearcherManager searchers;
  private final Map<String, Long> narrowed = new ConcurrentHashMap<>();
  private final Set<Runnable> watchers = ConcurrentHashMap.newKeySet();
  private final Following listening;
  private final Thread worker;
  private final AtomicLong listWork = new AtomicLong();

  /** Guards what is dirty; the worker waits on it. */
  private final Object dirt = new Object();

  private final Set<String> dirtyCases = new HashSet<>();
  private final Map<String, String> dirtyNotes = new HashMap<>();
  private long heard;
  private boolean missed = true;

  /** Everything is to be dropped and made anew. */
  private volatile boolean anew;

  /** Guards what has been indexed; searches after an own write wait on it. */
  private final Object shown = new Object();

  private long indexed;
  private volatile boolean open = true;

  public CaseIndex(Hub hub, CaseDocument documents, @Qualifier("indexFolder") Path folder) {
    this.hub = hub;
    this.documents = documents;
    try {
      writer = writer(open(folder), folder);
      searchers = new SearcherManager(writer, new SearcherFactory());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    indexed = committed();
    heard = indexed;
    hub.fold(this::narrow);
    narrowSince(indexed);
    listening = hub.listen("index", this::hear, this::missed);
    worker = Thread.ofPlatform().daemon().name("index").start(this::work);
  }

  /** What is shown and not yet committed stays in memory: it is soon merged away. */
  private static Directory open(Path folder) throws IOException {
    return new NRTCachingDirectory(FSDirectory.open(folder), 5, 60);
  }

  private static IndexWriter writer(Directory directory, Path folder) throws IOException {
    try {
      return new IndexWriter(directory, config());
    } catch (IOException | IllegalArgumentException e) {
      // it is only a fold: what cannot be opened is made anew
      LOG.log(System.Logger.Level.WARNING, "the index is damaged and is made anew", e);
      for (var file : directory.listAll()) directory.deleteFile(file);
      return new IndexWriter(open(folder), config());
    }
  }

  private static IndexWriterConfig config() {
    return new IndexWriterConfig(new Tokens(true)).setRAMBufferSizeMB(64);
  }

  private long committed() {
    var data = writer.getLiveCommitData();
    if (data != null)
      for (var e : data)
        if (e.getKey().equals("position") && e.getValue().startsWith(FORMAT + ":"))
          return Math.min(
              Long.parseLong(e.getValue().substring(FORMAT.length() + 1)), hub.head().position());
    try {
      writer.deleteAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return 0;
  }

  /** Cases whose circle became smaller and whose documents do not say so yet. */
  Set<String> narrowed() {
    return narrowed.keySet();
  }

  /** What lost a reader since the last commit counts from the first query on. */
  private void narrowSince(long position) {
    try (var entries = hub.read(Which.all().only(NARROWING), position)) {
      entries.forEach(this::narrow);
    }
  }

  private void narrow(Entry entry) {
    if (entry.about() == null) return;
    switch (entry.event()) {
      case AgencyReleased _,
          Objected _,
          LeadNamed _,
          Closed _,
          Declined _,
          SessionCancelled _,
          Erased _ ->
          narrowed.put(entry.about(), entry.position());
      default -> {}
    }
  }

  private void hear(Entry entry) {
    synchronized (dirt) {
      if (entry.position() <= heard) return;
      mark(entry);
      heard = entry.position();
      dirt.notifyAll();
    }
  }

  private void mark(Entry entry) {
    var about = entry.about();
    if (about == null) return;
    if (entry.event() instanceof Typed)
      dirtyNotes.put(entry.stream().substring(entry.stream().lastIndexOf('/') + 1), about);
    else dirtyCases.add(about);
  }

  /** The queue overflowed (an import, a slow disk): what was missed is read from the log. */
  private void missed() {
    synchronized (dirt) {
      missed = true;
      dirt.notifyAll();
    }
  }

  private void work() {
    var lastCommit = System.nanoTime();
    CompletableFuture<?> committing = CompletableFuture.completedFuture("nothing yet");
    while (open) {
      try {
        if (!await()) continue;
        if (anew) {
          committing.join(); // or it would say that what is dropped here is there
          begin();
        }
        if (takeMissed()) catchUp();
        flush();
        if (committing.isDone() && System.nanoTime() - lastCommit > COMMIT.toNanos()) {
          // it waits for the disk, and nobody's words should wait for that to be found
          committing = CompletableFuture.runAsync(this::tryToCommit, Thread::startVirtualThread);
          lastCommit = System.nanoTime();
        }
      } catch (InterruptedException e) {
        return;
      } catch (IOException | RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "the index could not be written; tried again", e);
        missed();
      }
    }
  }

  /** Waits for something to do, and then a moment for more of it. */
  @SuppressWarnings("WaitNotInLoop") // a spurious wake-up only looks once more
  private boolean await() throws InterruptedException {
    synchronized (dirt) {
      if (dirtyCases.isEmpty() && dirtyNotes.isEmpty() && !missed && heard == indexed())
        dirt.wait(COMMIT.toMillis());
      var some = !dirtyCases.isEmpty() || !dirtyNotes.isEmpty() || missed || heard > indexed();
      if (some && !missed) collect();
      return some;
    }
  }

  /** A moment for more to come; whoever types keeps nobody's case waiting. */
  @SuppressWarnings("WaitNotInLoop") // woken early it only writes earlier
  private void collect() throws InterruptedException {
    var until = System.nanoTime() + COLLECT_TYPING.toNanos();
    while (dirtyCases.isEmpty() && !missed && open) {
      var left = Duration.ofNanos(until - System.nanoTime()).toMillis();
      if (left <= 0) return;
      dirt.wait(left);
    }
    dirt.wait(COLLECT.toMillis());
  }

  private boolean takeMissed() {
    synchronized (dirt) {
      var was = missed;
      missed = false;
      return was;
    }
  }

  private void catchUp() throws IOException {
    while (true) {
      var from = indexed();
      var full = false;
      synchronized (dirt) {
        heard = Math.min(heard, from);
        try (var entries = hub.read(Which.all(), from)) {
          for (var i = entries.iterator(); i.hasNext(); ) {
            var entry = i.next();
            mark(entry);
            heard = entry.position();
            full = dirtyCases.size() >= CATCH_UP;
            if (full) break;
          }
        }
      }
      flush();
      if (!full) return;
    }
  }

  /** Writes what is dirty and shows it. */
  private void flush() throws IOException {
    Set<String> cases;
    Map<String, String> notes;
    long upTo;
    synchronized (dirt) {
      cases = Set.copyOf(dirtyCases);
      notes = Map.copyOf(dirtyNotes);
      upTo = heard;
      dirtyCases.clear();
      dirtyNotes.clear();
    }
    hub.await(upTo); // what is durable may not be folded yet, and documents are made from folds
    for (var id : cases) {
      var all = documents.of(id);
      if (all.isEmpty()) writer.deleteDocuments(new Term("case", id));
      else writer.updateDocuments(new Term("case", id), all);
    }
    for (var note : notes.entrySet())
      if (!cases.contains(note.getValue())) {
        var found = documents.note(note.getValue(), note.getKey());
        if (found.isPresent()) writer.updateDocument(new Term("note", note.getKey()), found.get());
      }
    searchers.maybeRefreshBlocking();
    synchronized (shown) {
      indexed = Math.max(indexed, upTo);
      shown.notifyAll();
    }
    narrowed.values().removeIf(position -> position <= upTo);
    if (!cases.isEmpty()) tellWatchers();
  }

  private void tryToCommit() {
    try {
      commit();
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "the index could not be committed; tried again", e);
    }
  }

  /** What is written meanwhile may be in it too: after a crash it is written once more. */
  private void commit() throws IOException {
    if (!writer.hasUncommittedChanges()) return;
    writer.setLiveCommitData(Map.of("position", FORMAT + ":" + indexed()).entrySet());
    writer.commit();
  }

  private void begin() throws IOException {
    writer.deleteAll();
    synchronized (shown) {
      indexed = 0;
      anew = false;
    }
  }

  /** The position everything up to which can be found. */
  public long indexed() {
    synchronized (shown) {
      return indexed;
    }
  }

  /** Waits until a position can be found, at most so long: who wrote something finds it. */
  public void await(long position, Duration most) {
    var until = System.nanoTime() + most.toNanos();
    synchronized (shown) {
      while (indexed < position) {
        var left = Duration.ofNanos(until - System.nanoTime()).toMillis();
        if (left <= 0) return;
        try {
          shown.wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  /** Drops everything and makes it anew from the log; returns when it is there again. */
  public void reindex(Progress progress) {
    var end = hub.head().position();
    anew = true;
    missed();
    try {
      synchronized (shown) {
        while ((anew || indexed < end) && open) {
          shown.wait(200);
          progress.at(anew ? 0 : indexed, end);
        }
      }
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
    watchers.add(watcher);
    return () -> watchers.remove(watcher);
  }

  private void tellWatchers() {
    if (listWork.getAndIncrement() > 0) return;
    Thread.ofVirtual()
        .start(() -> {
          do {
            var before = listWork.get();
            for (var watcher : watchers) tell(watcher);
            try {
              Thread.sleep(Duration.ofSeconds(1)); // the pace of lists, not a wait for something
            } catch (InterruptedException e) {
              return;
            }
            if (listWork.compareAndSet(before, 0)) return;
          } while (open);
        });
  }

  private static void tell(Runnable watcher) {
    try {
      watcher.run();
    } catch (RuntimeException e) { // a screen that is just closed must not keep it from the others
      LOG.log(System.Logger.Level.DEBUG, "a list could not be told", e);
    }
  }

  /** Asks the index; the answer must not leave the function as a searcher. */
  <T> T ask(Asking<T> asking) {
    try {
      var searcher = searchers.acquire();
      try {
        return asking.of(searcher);
      } finally {
        searchers.release(searcher);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  interface Asking<T> {
    T of(IndexSearcher searcher) throws IOException;
  }

  @Override
  public void close() {
    open = false;
    listening.close();
    worker.interrupt();
    try {
      worker.join(5_000);
      commit();
      searchers.close();
      writer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
