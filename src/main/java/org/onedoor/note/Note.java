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

  /** And no more than so many units of what they put in. */
  private static final int RECENT_UNITS = 2_000_000;

  /** Every so many updates the text's sum goes along, so that a difference is found soon. */
  static final int CHECK = 50;

  private final StringBuilder text = new StringBuilder();
  private final Deque<Shown> recent = new ArrayDeque<>();
  private final Map<String, Client> clients = new HashMap<>();
  private final Set<String> writers = new LinkedHashSet<>();
  private final Authors authors = new Authors();
  private int version;
  private int entries;
  private long units;
  private Instant changed = Instant.EPOCH;

  /** An update as everybody sees it. */
  record Shown(ChangeSet change, String client, int number, String by, Instant at) {}

  /** How many updates of a client are stored, and whose client it is. */
  private record Client(int next, String by) {}

  /** Takes in an entry of its stream; one it has is passed over. */
  synchronized void take(Entry entry) {
    if (entry.version() <= entries) return;
    entries = entry.version();
    changed = entry.at();
    for (var shown : shown(entry)) {
      shown.change().apply(text);
      version++;
      clients.put(shown.client(), new Client(shown.number() + 1, shown.by()));
      writers.add(shown.by());
      authors.after(shown.change(), shown.by());
      recent.add(shown);
      units += shown.change().inserted();
      while (recent.size() > RECENT || (units > RECENT_UNITS && recent.size() > 1))
        units -= recent.remove().change().inserted();
    }
  }

  /** The updates of an entry of a note's stream. */
  static List<Shown> shown(Entry entry) {
    if (!(entry.event() instanceof Typed typed)) return List.of();
    var all = new ArrayList<Shown>(typed.u().size());
    for (var u : typed.u()) {
      var by = u.by() == null ? entry.by() : u.by();
      all.add(new Shown(ChangeSet.parse(u.c()), u.i(), u.s(), by, entry.at()));
    }
    return all;
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

  public synchronized Instant changed() {
    return changed;
  }

  /** Who wrote in it, in the order in which they began. */
  public synchronized List<String> writers() {
    return List.copyOf(writers);
  }

  /** Who wrote which stretch of the text. */
  synchronized List<Authors.Run> authors() {
    return authors.runs();
  }

  /** How many updates of a client are stored. */
  synchronized int next(String client) {
    var known = clients.get(client);
    return known == null ? 0 : known.next();
  }

  /** Whether a client is nobody else's. */
  synchronized boolean mayBe(String client, String account) {
    var known = clients.get(client);
    return known == null || known.by().equals(account);
  }

  /** Whether the updates since a version are still at hand. */
  synchronized boolean has(int since) {
    return since >= version - recent.size() && since <= version;
  }

  /** The updates from a version on that is still at hand. */
  synchronized List<Shown> since(int from) {
    var all = new ArrayList<Shown>(version - from);
    var newest = recent.descendingIterator();
    for (var n = from; n < version; n++) all.add(newest.next());
    return all.reversed();
  }

  /** CRC-32C of the text's UTF-16LE. */
  synchronized long sum() {
    var crc = new CRC32C();
    crc.update(text.toString().getBytes(StandardCharsets.UTF_16LE));
    return crc.getValue();
  }

  /** The sum, if a multiple of {@link #CHECK} updates was reached or passed since; else -1. */
  synchronized long sumIfPassed(int from) {
    return version / CHECK > from / CHECK ? sum() : -1;
  }

  /** A copy of the text to try changes on. */
  synchronized StringBuilder copy() {
    return new StringBuilder(text);
  }
}
