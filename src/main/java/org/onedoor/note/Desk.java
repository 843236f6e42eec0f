package org.onedoor.note;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ObjIntConsumer;
import org.onedoor.event.Entry;
import org.onedoor.log.Hub;
import org.onedoor.log.Which;

/** A note on which somebody works: who watches it, and what waits to be written into it. */
final class Desk {
  private final Hub hub;
  final String caseId;
  final String noteId;
  final Note note = new Note();
  final ReentrantLock writing = new ReentrantLock();
  private final Queue<Push> waiting = new ArrayDeque<>();
  final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private boolean folded;
  private volatile boolean erased;

  /** Told of each entry of a note after it is folded. */
  interface Watcher {
    void typed(String frame);

    /** What it was shown is no more. */
    void erased(boolean restated);
  }

  Desk(Hub hub, String caseId, String noteId) {
    this.hub = hub;
    this.caseId = caseId;
    this.noteId = noteId;
  }

  /**
   * The updates from a version on, however long ago that was. Reads the log where memory does not
   * reach so far back, so it is not for whoever holds this desk.
   */
  List<Note.Shown> since(int from) {
    var all = new ArrayList<Note.Shown>();
    var reached = old(from, all);
    synchronized (note) {
      if (note.has(reached)) all.addAll(note.since(reached));
      else throw new IllegalStateException("typed faster than the log can be read");
    }
    return all;
  }

  /** Adds what memory does not have any more, and says up to which version that is. */
  private int old(int from, List<Note.Shown> all) {
    if (note.has(from)) return from;
    var upTo = note.version();
    read((shown, version) -> {
      if (version >= from && version < upTo) all.add(shown);
    });
    return upTo;
  }

  /** The frame of some stored updates. */
  String frame(int from, List<Note.Shown> updates) {
    var to = from + updates.size();
    if (to / Note.CHECK == from / Note.CHECK) return Frames.updates(from, updates, -1);
    var then = new Note();
    try (var entries = hub.read(Which.stream(stream()), 0)) {
      for (var i = entries.iterator(); i.hasNext() && then.version() < to; ) then.take(i.next());
    }
    return Frames.updates(from, updates, then.version() == to ? then.sum() : -1);
  }

  private void read(ObjIntConsumer<Note.Shown> each) {
    var version = 0;
    try (var entries = hub.read(Which.stream(stream()), 0)) {
      for (var i = entries.iterator(); i.hasNext(); )
        for (var shown : Note.shown(i.next())) each.accept(shown, version++);
    }
  }

  String stream() {
    return Notes.stream(caseId, noteId);
  }

  synchronized Desk open() {
    if (folded) return this;
    try (var entries = hub.read(Which.stream(stream()), 0)) {
      entries.forEach(note::take);
    }
    folded = true;
    return this;
  }

  synchronized void take(Entry entry) {
    if (!folded) return; // whoever folds it reads this entry from the log
    var from = note.version();
    note.take(entry);
    if (note.version() == from || watchers.isEmpty()) return;
    var frame = Frames.updates(from, note.since(from), note.sumIfPassed(from));
    watchers.forEach(w -> w.typed(frame));
  }

  /**
   * What was typed is gone.
   *
   * @param restated whether something stands in its place
   */
  synchronized void erased(boolean restated) {
    erased = true;
    watchers.forEach(w -> w.erased(restated));
  }

  boolean isErased() {
    return erased;
  }

  void add(Push push) {
    synchronized (waiting) {
      waiting.add(push);
    }
  }

  boolean nothingWaits() {
    synchronized (waiting) {
      return waiting.isEmpty();
    }
  }

  List<Push> takeWaiting() {
    synchronized (waiting) {
      var all = List.copyOf(waiting);
      waiting.clear();
      return all;
    }
  }

  /** What is stored of a push already is echoed again. */
  void again(Push push) {
    var stored = since(Math.min(push.base(), note.version()));
    var from = note.version() - stored.size();
    for (var i = 0; i < stored.size(); i++) {
      var u = stored.get(i);
      if (u.client().equals(push.client())
          && u.number() >= push.first()
          && u.number() < push.first() + push.changes().size())
        push.answer().again(frame(from + i, List.of(u)));
    }
  }
}
