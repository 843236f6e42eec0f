package org.onedoor.note;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.onedoor.event.Update;

/** The note as it will be when what is being written is in. */
final class Page {
  private final Desk desk;
  private final Note note;
  private final StringBuilder text;
  private final List<Note.Shown> ahead = new ArrayList<>();
  private final int version;
  private final int entries;

  Page(Desk desk) {
    this.desk = desk;
    note = desk.note;
    synchronized (note) {
      text = note.copy();
      version = note.version();
      entries = note.entries();
    }
  }

  /** How many entries the note's stream has without what is ahead. */
  int entries() {
    return entries;
  }

  int version() {
    return version + ahead.size();
  }

  int next(String client) {
    var next = note.next(client);
    for (var u : ahead) if (u.client().equals(client)) next = u.number() + 1;
    return next;
  }

  List<Update> add(Push push, int known) {
    var before = text.toString();
    try {
      var since = new ArrayList<>(desk.since(Math.min(push.base(), version)));
      since.addAll(ahead.subList(Math.max(0, push.base() - version), ahead.size()));
      var moved = Rebase.over(push.changes(), push.client(), push.first(), since);
      if (moved.size() != push.first() + push.changes().size() - known)
        throw new ChangeSet.Bad("some of these are older than their base");
      for (var change : moved) change.apply(text);
      if (text.length() > Notes.MOST) {
        undo(before);
        push.answer().refused("TOO_LONG", "note.tooLong");
        return List.of();
      }
      var updates = new ArrayList<Update>();
      for (var change : moved) {
        var number = known + updates.size();
        updates.add(new Update(change.json(), push.client(), number));
        ahead.add(new Note.Shown(change, push.client(), number, push.who().id(), Instant.EPOCH));
      }
      return updates;
    } catch (ChangeSet.Bad e) {
      undo(before);
      push.answer().refused("BAD_CHANGE", "note.badChange");
      return List.of();
    }
  }

  private void undo(String before) {
    text.setLength(0);
    text.append(before);
  }
}
