package org.onedoor.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.onedoor.event.Event.Unknown;

/**
 * What some callers' facts will be if they stand right behind a head: rows, one after the other,
 * and what each caller is to hear. Nothing of it is true before the rows stand.
 */
final class MongoPlan implements Fit.Known<RuntimeException> {
  private final MongoEnds ends;
  private final Map<String, Entry> known;
  private final Map<String, Fit.End> moved = new HashMap<>();
  private final List<Entry> entries = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private final List<Document> documents = new ArrayList<>();
  private Head head;

  /**
   * Begins behind a head.
   *
   * @param known what was appended before under keys these facts have
   */
  MongoPlan(Head head, MongoEnds ends, Map<String, Entry> known) {
    this.head = head;
    this.ends = ends;
    this.known = new HashMap<>(known);
  }

  /** Adds one caller's facts, all or none, and says what they are answered once they stand. */
  List<Entry> add(List<Draft> drafts, Instant now) {
    var fresh = new ArrayList<Row>();
    var answer = Fit.each(drafts, this, draft -> next(draft, now, fresh));
    documents.addAll(MongoRows.documents(fresh));
    return answer;
  }

  private Entry next(Draft draft, Instant now, List<Row> fresh) {
    var row = draft.after(head, Chain.micros(now));
    var entry = row.entry(draft.event());
    var unknown = draft.event() instanceof Unknown || end(row.stream()).unknown();
    moved.put(row.stream(), new Fit.End(row.version(), unknown));
    if (row.once() != null) known.put(row.once(), entry);
    head = row.head();
    fresh.add(row);
    rows.add(row);
    entries.add(entry);
    return entry;
  }

  @Override
  public Optional<Entry> once(String key) {
    return Optional.ofNullable(known.get(key));
  }

  @Override
  public Fit.End end(String stream) {
    var end = moved.get(stream);
    return end == null ? ends.of(stream) : end;
  }

  /** How many rows there are so far. */
  int size() {
    return rows.size();
  }

  List<Document> documents() {
    return documents;
  }

  /** The first of those facts among the first rows that were to stand together. */
  List<Long> firsts(int count) {
    return documents.subList(0, count).stream()
        .filter(d -> d.containsKey("open"))
        .map(d -> d.getLong("_id"))
        .toList();
  }

  /** The rows from one on. */
  List<Row> from(int first) {
    return rows.subList(first, rows.size());
  }

  /** The first entries, which stand now, and with them the streams' new ends. */
  List<Entry> stand(int count) {
    for (var row : rows.subList(0, count)) {
      var end = moved.get(row.stream());
      ends.moved(row.stream(), row.version(), end != null && end.unknown());
    }
    return List.copyOf(entries.subList(0, count));
  }

  /** Where the log ends once the first rows stand. */
  @Nullable Head head(int count) {
    return count == 0 ? null : rows.get(count - 1).head();
  }
}
