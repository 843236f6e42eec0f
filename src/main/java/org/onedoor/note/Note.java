package org.onedoor.note;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.onedoor.event.Entry;
import org.onedoor.event.Event.Typed;

/**
 * A note as it stands: the fold of its stream. It keeps its text in one buffer that is changed in
 * place, so all methods hold its lock; the newest updates are kept for those who come back.
 */
public final class Note {
  /** As far back as somebody may come back without being given the whole text. */
  static final int RECENT = 5_000;

  /** Every so many updates the text's sum goes along, so that a difference is found soon. */
  static final int CHECK = 50;

  private final StringBuilder text = new StringBuilder();
  private final Deque<Shown> recent = new ArrayDeque<>();
  private final Map<String, Integer> next = new HashMap<>();
  private final Set<String> authors = new LinkedHashSet<>();
  private int version;
  private int entries;
  private long position;
  private Instant changed = Instant.EPOCH;

  /** An update as everybody sees it. */
  record Shown(ChangeSet change, String client, int number, String by, Instant at) {}

  /** Takes in an entry of its stream; one it has is passed over. */
  synchronized void take(Entry entry) {
    if (entry.version() <= entries) return;
    entries = entry.version();
    position = entry.position();
    changed = entry.at();
    if (!(entry.event() instanceof Typed typed)) return;
    for (var u : typed.u()) {
      var change = ChangeSet.parse(u.c());
      change.apply(text);
      version++;
      next.put(u.i(), u.s() + 1);
      var by = u.by() == null ? entry.by() : u.by();
      authors.add(by);
      recent.add(new Shown(change, u.i(), u.s(), by, entry.at()));
      if (recent.size() > RECENT) recent.remove();
    }
  }

  public synchronized String text() {
    return text.toString();
  }

  public synchronized int length() {
    return text.length();
  }

  /** The number of updates so far. */
  public synchronized int version() {
    return version;
  }

  /** How many entries its stream has. */
  synchronized int entries() {
    return entries;
  }

  synchronized long position() {
    return position;
  }

  public synchronized Instant changed() {
    return changed;
  }

  /** Who wrote in it, in the order in which they began. */
  public synchronized List<String> authors() {
    return List.copyOf(authors);
  }

  /** How many updates of a client are stored. */
  synchronized int next(String client) {
    return next.getOrDefault(client, 0);
  }

  /** Whether the updates since a version are still at hand. */
  synchronized boolean has(int since) {
    return since >= version - recent.size() && since <= version;
  }

  /** The updates from a version on. */
  synchronized List<Shown> since(int from) {
    if (from == version) return List.of();
    var skip = recent.size() - (version - from);
    var all = new ArrayList<Shown>(Math.max(0, version - from));
    var i = 0;
    for (var u : recent) if (i++ >= skip) all.add(u);
    return all;
  }

  /** CRC-32C of the text's UTF-16LE. */
  synchronized long sum() {
    var crc = new CRC32C();
    crc.update(text.toString().getBytes(StandardCharsets.UTF_16LE));
    return crc.getValue();
  }

  /** A copy of the text to try changes on. */
  synchronized StringBuilder copy() {
    return new StringBuilder(text);
  }
}
