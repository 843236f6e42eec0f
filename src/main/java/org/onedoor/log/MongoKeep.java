package org.onedoor.log;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Utf8;

/**
 * {@link Keep} as a collection beside the log. The database removes what has expired within a
 * minute or so; here it is looked at again on reading.
 */
final class MongoKeep implements Keep {
  /** Follows every text that can be written. */
  private static final String END = Character.toString(Character.MAX_CODE_POINT);

  private final MongoCollection<Document> keep;
  private final InstantSource clock;

  MongoKeep(MongoCollection<Document> keep, InstantSource clock) {
    this.keep = keep;
    this.clock = clock;
  }

  @Override
  public void put(String shelf, String key, String value, @Nullable Instant until) {
    var document = document(shelf, key, value, until);
    writing(() -> {
      for (; ; ) {
        try {
          return keep.replaceOne(place(shelf, key), document, new ReplaceOptions().upsert(true));
        } catch (MongoException e) {
          if (!MongoBase.duplicate(e)) throw e; // two upserts at once: now there is one to replace
        }
      }
    });
  }

  @Override
  public Optional<String> putIfAbsent(
      String shelf, String key, String value, @Nullable Instant until) {
    var document = document(shelf, key, value, until);
    return writing(() -> {
      for (; ; ) {
        try {
          keep.insertOne(new Document(document));
          return Optional.<String>empty();
        } catch (MongoException e) {
          if (!MongoBase.duplicate(e)) throw e;
        }
        var there = keep.find(and(place(shelf, key), alive())).first();
        if (there != null) return Optional.of(there.getString("value"));
        keep.deleteOne(and(place(shelf, key), lte("until", now())));
      }
    });
  }

  @Override
  public Optional<String> get(String shelf, String key) {
    return MongoBase.reading(
            () -> Optional.ofNullable(keep.find(and(place(shelf, key), alive())).first()))
        .map(d -> d.getString("value"));
  }

  @Override
  public void drop(String shelf, String key) {
    writing(() -> keep.deleteOne(place(shelf, key)));
  }

  @Override
  public void forget(String shelf, String text) {
    writing(() -> {
      for (var kept : keep.find(eq("shelf", shelf)))
        if (kept.getString("value").contains(text)) keep.deleteOne(eq("_id", kept.get("_id")));
      return true;
    });
  }

  @Override
  public Stream<Kept> all(String shelf, String keyPrefix) {
    var begins = and(gte("key", keyPrefix), lt("key", keyPrefix + END));
    return MongoBase.reading(() ->
        keep
            .find(and(eq("shelf", shelf), begins, alive()))
            .sort(Sorts.ascending("shelf", "key"))
            .map(MongoKeep::kept)
            .into(new ArrayList<>())
            .stream());
  }

  /** Everything on all shelves. */
  List<Kept> all() {
    return MongoBase.reading(() -> keep.find(alive()).map(MongoKeep::kept).into(new ArrayList<>()));
  }

  /** These and nothing else. */
  void only(List<Kept> kept) {
    var wanted = new HashSet<Kept>(kept);
    for (var there : all()) if (!wanted.remove(there)) drop(there.shelf(), there.key());
    for (var k : wanted) put(k.shelf(), k.key(), k.value(), k.until());
  }

  private static <T> T writing(Supplier<T> work) {
    return MongoBase.trying("the log cannot be written", work);
  }

  private static Bson place(String shelf, String key) {
    return and(eq("shelf", shelf), eq("key", key));
  }

  private Bson alive() {
    return or(eq("until", null), gt("until", now()));
  }

  private Date now() {
    return Date.from(clock.instant());
  }

  private static Document document(
      String shelf, String key, String value, @Nullable Instant until) {
    for (var text : new String[] {shelf, key, value}) Utf8.bytes(text); // or it would be another
    return new Document("shelf", shelf)
        .append("key", key)
        .append("value", value)
        .append("until", until == null ? null : Date.from(until));
  }

  private static Kept kept(Document d) {
    var until = d.getDate("until");
    return new Kept(
        d.getString("shelf"),
        d.getString("key"),
        d.getString("value"),
        until == null ? null : until.toInstant());
  }
}
