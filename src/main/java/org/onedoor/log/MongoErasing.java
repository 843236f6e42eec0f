package org.onedoor.log;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.or;

import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.onedoor.event.Event;
import org.onedoor.event.Event.Erased;
import org.onedoor.event.Payload;
import org.onedoor.event.Utf8;

/**
 * Takes away what entries say. That is many writes, so it is first noted what is to be done; a note
 * that is still there when a log is opened is worked off.
 *
 * <p>Easy to get wrong is the order: the bytes go before the fact of erasure is appended, because
 * whoever hears of that fact reads anew what is left.
 */
final class MongoErasing {
  private final MongoBase base;
  private final MongoRows rows;
  private final MongoCommits commits;

  MongoErasing(MongoBase base, MongoRows rows, MongoCommits commits) {
    this.base = base;
    this.rows = rows;
    this.commits = commits;
  }

  /** Notes what is to be erased and does it; or refuses, and nothing is erased. */
  void erase(List<Erasure> all, String by) {
    rows.finish(); // second copies say it too
    var notes = new ArrayList<Document>();
    for (var what : all) {
      var version = rows.version(what.stream());
      what.mustFit(new Fit.End(version, rows.unknownIn(what.stream())));
      var fact =
          Restating.fact(what, Math.min(what.upTo(), version), rows.restatements(what.stream()));
      if (!what.restated().isEmpty() || !updates(fact).isEmpty()) notes.add(note(what, fact, by));
    }
    if (notes.isEmpty()) return;
    base.erasing.insertMany(notes);
    notes.forEach(this::finish);
  }

  /** The facts to be appended, as they would stand in the log. */
  private static Document note(Erasure what, Erased fact, String by) {
    return new Document("_id", new ObjectId())
        .append("stream", what.stream())
        .append("by", by)
        .append("anew", Restating.facts(what).stream().map(Restating::text).toList())
        .append("erased", Restating.text(fact));
  }

  /** Works off what was begun and broke off. */
  void finish() {
    rows.finish();
    base.erasing.find().into(new ArrayList<>()).forEach(this::finish);
  }

  private void finish(Document note) {
    var id = note.getObjectId("_id").toHexString();
    var anew = note.getList("anew", String.class, List.of());
    for (var n = 0; n < anew.size(); n++)
      append(note, event("restated", anew.get(n)), "restated:" + id + ":" + n);
    var fact = (Erased) event("erased", note.getString("erased"));
    wipe(fact);
    append(note, fact, "erased:" + id);
    base.erasing.deleteOne(eq("_id", note.getObjectId("_id")));
  }

  private static Event event(String name, String text) {
    return new Payload(name, Utf8.bytes(text), new LinkedHashMap<>()).event();
  }

  /** Once, however often this is done, and however much others write to the stream meanwhile. */
  private void append(Document note, Event event, String once) {
    var stream = note.getString("stream");
    for (; ; ) {
      var fact = new Fact(stream, rows.version(stream), event, note.getString("by"), once);
      try {
        commits.append(List.of(Draft.of(fact)));
        return;
      } catch (Conflict e) {
        // somebody wrote to it meanwhile; what that says is not erased
      }
    }
  }

  /** Takes away what a fact of erasure says is gone. */
  void wipe(Erased fact) {
    for (var update : updates(fact))
      base.entries.updateOne(eq("_id", update.position()), update.what());
    Restating.places(rows.restatements(fact.stream()), fact.versions())
        .forEach((version, position) ->
            base.entries.updateOne(
                and(eq("stream", fact.stream()), eq("version", version)),
                Updates.set("restated", position)));
  }

  private record Update(long position, Bson what) {}

  /** What takes away what is still said. Field by field: others may be erasing beside this. */
  private List<Update> updates(Erased fact) {
    var all = new ArrayList<Update>();
    var versions = or(lte("version", fact.upTo()), in("version", fact.versions()));
    for (var document :
        base.entries.find(and(eq("stream", fact.stream()), versions, ne("type", "erased")))) {
      var row = rows.row(document);
      var changes = new ArrayList<Bson>();
      for (var n = 0; n < row.personal().size(); n++) {
        var p = row.personal().get(n);
        if (fact.takes(row.version(), p.party()) && !p.said().erased())
          take("personal." + n + ".", p.said(), changes);
      }
      if (fact.takes(row.version(), null) && !row.said().erased()) take("", row.said(), changes);
      if (!changes.isEmpty()) all.add(new Update(row.position(), Updates.combine(changes)));
    }
    return all;
  }

  private static void take(String where, Said said, List<Bson> changes) {
    changes.add(Updates.unset(where + "salt"));
    changes.add(Updates.unset(where + "payload"));
    changes.add(Updates.set(where + "digest", said.chained()));
  }
}
