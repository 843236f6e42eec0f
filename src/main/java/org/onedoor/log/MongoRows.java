package org.onedoor.log;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.nin;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.MongoException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.onedoor.event.Payload;

/**
 * Entries as documents, one each, the position as {@code _id}.
 *
 * <p>Facts that stand together or not at all cannot be written as one document, and what is written
 * one by one may break off. So the first of them carries the others in {@code rest}: from the
 * moment it stands, all of them do, and whoever finds them incomplete writes what is missing.
 */
final class MongoRows {
  /** Others' rows looked at one by one; of more only the last. */
  static final int FEW = 2_000;

  private final MongoCollection<Document> entries;

  /** For what may be lost with a primary. */
  private final MongoCollection<Document> quick;

  MongoRows(MongoCollection<Document> entries) {
    this.entries = entries;
    quick = entries.withWriteConcern(WriteConcern.W1);
  }

  // ---- writing ----

  /** The documents of facts that stand together. */
  static List<Document> documents(List<Row> together) {
    var documents = together.stream().map(MongoRows::document).toList();
    if (documents.size() > 1) {
      var last = together.getLast().position();
      for (var document : documents) document.append("last", last);
      var rest = documents.stream().skip(1).map(Document::new).toList();
      documents.getFirst().append("open", true).append("rest", rest);
    }
    return documents;
  }

  private static Document document(Row row) {
    var document =
        new Document("_id", row.position())
            .append("stream", row.stream())
            .append("version", row.version())
            .append("at", row.at())
            .append("by", row.by())
            .append("type", row.type())
            .append("hash", row.hash());
    if (row.about() != null) document.append("about", row.about());
    if (row.once() != null) document.append("once", row.once());
    if (row.anew() != null) document.append("restated", row.anew().position());
    say(document, row.said());
    if (!row.personal().isEmpty())
      document.append(
          "personal",
          row.personal().stream()
              .map(p -> say(new Document("party", p.party()), p.said()))
              .toList());
    return document;
  }

  private static Document say(Document document, Said said) {
    if (said.salt() != null) document.append("salt", said.salt());
    if (said.payload() != null) document.append("payload", said.payload());
    if (said.digest() != null) document.append("digest", said.digest());
    return document;
  }

  /** The end of the log, after writing what somebody left incomplete there. */
  Head end() {
    for (; ; ) {
      var last = entries.find().projection(include("hash", "last")).sort(descending("_id")).first();
      if (last == null) return Head.EMPTY;
      if (!incomplete(last)) return head(last);
      finish();
    }
  }

  /** Whether facts that belong to this one are still missing after it. */
  static boolean incomplete(Document last) {
    return number(last, "last") > number(last, "_id");
  }

  /** Writes what is missing of facts that stand together, and lets go of their second copies. */
  void finish() {
    for (var first : entries.find(eq("open", true))) {
      for (var missing : first.getList("rest", Document.class, List.of())) insert(missing);
      whole(List.of(first.getLong("_id")));
    }
  }

  private void insert(Document document) {
    try {
      entries.insertOne(document);
    } catch (MongoException e) {
      if (!MongoBase.duplicate(e)) throw e; // whoever wrote it meant the same
    }
  }

  /** Lets go of the second copies, once everything stands that was to stand together. */
  void whole(List<Long> firsts) {
    if (!firsts.isEmpty())
      quick.updateMany(
          in("_id", firsts), Updates.combine(Updates.unset("open"), Updates.unset("rest")));
  }

  // ---- reading ----

  static Head head(Document document) {
    return new Head(number(document, "_id"), bytes(document, "hash"));
  }

  Optional<Document> at(long position) {
    return Optional.ofNullable(
        entries.find(eq("_id", position)).projection(include("hash")).first());
  }

  /** Stream, version, kind and hash of some of what stands after a position. */
  List<Document> ends(long after) {
    return entries
        .find(gt("_id", after))
        .projection(include("stream", "version", "type", "hash"))
        .sort(ascending("_id"))
        .limit(FEW)
        .into(new ArrayList<>());
  }

  Set<String> done(Collection<String> keys) {
    var done = new HashSet<String>();
    for (var row : entries.find(in("once", keys)).projection(include("once")))
      done.add(row.getString("once"));
    return done;
  }

  List<Row> once(List<String> keys) {
    return rows(in("once", keys), ascending("_id"), keys.size());
  }

  /** Those of the streams that have any entry. */
  List<String> begun(List<String> streams) {
    var begun = new ArrayList<String>();
    for (var first :
        entries.find(and(in("stream", streams), eq("version", 1))).projection(include("stream")))
      begun.add(first.getString("stream"));
    return begun;
  }

  /** How many entries a stream has. */
  int version(String stream) {
    var last =
        entries
            .find(eq("stream", stream))
            .projection(include("version"))
            .sort(descending("stream", "version"))
            .first();
    return last == null ? 0 : (int) number(last, "version");
  }

  /** Whether a stream holds an entry of a kind this program does not know. */
  boolean unknownIn(String stream) {
    var strange = and(eq("stream", stream), nin("type", Payload.kinds().keySet()));
    return entries.find(strange).projection(include("_id")).first() != null;
  }

  /** Some rows after a position, none beyond another, and none beyond a hole. */
  List<Row> page(long after, long upTo) {
    return rows(and(gt("_id", after), lte("_id", upTo)), ascending("_id"), Paged.SIZE);
  }

  /** The entries of a {@code Which} after a position and up to another. */
  Iterator<Entry> entries(Which which, long after, long upTo) {
    var one = which.stream() != null && !which.stream().endsWith("/");
    return new Paged(last -> {
      var filters = new ArrayList<>(filters(which));
      filters.add(lte("_id", upTo));
      filters.add(gt("_id", one || last == null ? after : last.position()));
      // one stream is read in order of version, which its index has
      if (one && last != null) filters.add(gt("version", last.version()));
      var order = one ? ascending("stream", "version") : ascending("_id");
      return MongoBase.reading(() -> rows(and(filters), order, Paged.SIZE)).stream()
          .map(Row::entry)
          .toList();
    });
  }

  private static List<Bson> filters(Which which) {
    var filters = new ArrayList<Bson>();
    var stream = which.stream();
    if (stream != null && stream.endsWith("/")) {
      filters.add(gte("stream", stream));
      filters.add(lt("stream", stream.substring(0, stream.length() - 1) + '0')); // 0 follows /
    } else if (stream != null) {
      filters.add(eq("stream", stream));
    }
    if (which.about() != null) filters.add(eq("about", which.about()));
    if (!which.kinds().isEmpty()) filters.add(in("type", which.kinds()));
    if (!which.not().isEmpty()) filters.add(nin("type", which.not()));
    return filters;
  }

  private List<Row> rows(Bson filter, Bson order, int most) {
    var rows = new ArrayList<Row>();
    for (var document : entries.find(filter).sort(order).limit(most)) rows.add(row(document));
    return rows;
  }

  /** A stream's restatements, oldest first. */
  List<Row> restatements(String stream) {
    var which = and(eq("stream", stream), eq("type", "restated"));
    return rows(which, ascending("stream", "version"), 0);
  }

  /** A document as a row; what was taken from it or is of another kind, the chain tells. */
  Row row(Document d) {
    return new Row(
        number(d, "_id"),
        text(d, "stream"),
        (int) number(d, "version"),
        number(d, "at"),
        text(d, "by"),
        d.get("about") instanceof String about ? about : null,
        d.get("once") instanceof String once ? once : null,
        text(d, "type"),
        said(d),
        personal(d),
        anew(number(d, "restated")),
        bytes(d, "hash"));
  }

  private Row.@Nullable Anew anew(long position) {
    if (position == 0) return null;
    var there = entries.find(eq("_id", position)).projection(include("payload")).first();
    return Row.Anew.of(position, there == null ? null : maybe(there, "payload"));
  }

  private static List<Row.Personal> personal(Document d) {
    var personal = new ArrayList<Row.Personal>();
    if (d.get("personal") instanceof List<?> all)
      for (var one : all)
        if (one instanceof Document p) personal.add(new Row.Personal(text(p, "party"), said(p)));
    return personal;
  }

  private static Said said(Document d) {
    return new Said(maybe(d, "salt"), maybe(d, "payload"), maybe(d, "digest"));
  }

  private static long number(Document d, String field) {
    return d.get(field) instanceof Number n ? n.longValue() : 0;
  }

  private static String text(Document d, String field) {
    return d.get(field) instanceof String s ? s : "";
  }

  private static byte[] bytes(Document d, String field) {
    var bytes = maybe(d, field);
    return bytes == null ? new byte[0] : bytes;
  }

  private static byte @Nullable [] maybe(Document d, String field) {
    return d.get(field) instanceof Binary b ? b.getData() : null;
  }
}
