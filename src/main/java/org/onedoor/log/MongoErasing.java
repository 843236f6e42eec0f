package org.onedoor.log;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.ne;

import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Event.Erased;

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

  void erase(String stream, int upTo, @Nullable String party, String reason, String by) {
    if (rows.unknownIn(stream)) throw new ReadOnlyStream(stream);
    rows.finish(); // second copies say it too
    var last = Math.min(upTo, rows.version(stream));
    if (updates(stream, last, party).isEmpty()) return;
    var note =
        new Document("_id", new ObjectId())
            .append("stream", stream)
            .append("upTo", last)
            .append("party", party)
            .append("reason", reason)
            .append("by", by);
    base.erasing.insertOne(note);
    finish(note);
  }

  /** Works off what was begun and broke off. */
  void finish() {
    rows.finish();
    base.erasing.find().into(new ArrayList<>()).forEach(this::finish);
  }

  private void finish(Document note) {
    var stream = note.getString("stream");
    var upTo = note.getInteger("upTo");
    var party = note.getString("party");
    var erased = new Erased(stream, upTo, party, note.getString("reason"));
    wipe(erased);
    for (var done = false; !done; ) {
      var version = rows.version(stream);
      var once = "erased:" + note.getObjectId("_id").toHexString();
      try {
        commits.append(
            List.of(Draft.of(new Fact(stream, version, erased, note.getString("by"), once))));
        done = true;
      } catch (Conflict e) {
        // somebody wrote to it meanwhile; what that says is not erased
      }
    }
    base.erasing.deleteOne(eq("_id", note.getObjectId("_id")));
  }

  /** Takes away what a fact of erasure says is gone. */
  void wipe(Erased fact) {
    for (var update : updates(fact.stream(), fact.upTo(), fact.party()))
      base.entries.updateOne(eq("_id", update.position()), update.what());
  }

  private record Update(long position, Bson what) {}

  /** What takes away what is still said. Field by field: others may be erasing beside this. */
  private List<Update> updates(String stream, int upTo, @Nullable String party) {
    var all = new ArrayList<Update>();
    var which = and(eq("stream", stream), lte("version", upTo), ne("type", "erased"));
    for (var document : base.entries.find(which)) {
      var row = MongoRows.row(document);
      var changes = new ArrayList<Bson>();
      for (var n = 0; n < row.personal().size(); n++) {
        var p = row.personal().get(n);
        if (!p.said().erased() && (party == null || party.equals(p.party())))
          take("personal." + n + ".", p.said(), changes);
      }
      if (party == null && !row.said().erased()) take("", row.said(), changes);
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
