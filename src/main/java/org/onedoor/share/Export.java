package org.onedoor.share;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.onedoor.log.Hub;
import org.onedoor.log.Ledger;
import org.onedoor.log.OwnersOnly;
import org.onedoor.log.Which;
import org.onedoor.note.Notes;
import org.onedoor.people.Access.NoteHead;
import org.onedoor.people.People;
import org.onedoor.people.Refused;
import org.onedoor.room.Reveals;
import org.onedoor.room.Rooms;
import org.onedoor.room.Timeline;
import org.onedoor.schedule.Sessions;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything a centre has written, in files another program or a person can read: the chain entry
 * by entry, and each case as its room shows it. For whoever holds the data folder, who could read
 * it anyway; passwords and tokens are in none of them.
 */
@Component
public final class Export {
  private static final String README =
      """
      Everything this centre has written.

      entries.jsonl  every entry of the log, one a line, with what the hash chain is computed from:
                     "at" is microseconds since 1970, salts, digests and hashes are hexadecimal,
                     "payload" is the stored text; salt and payload are missing where it was erased
      head.txt       where the chain ends: POSITION:HEX, as OneDoor's "verify" prints it
      directory.json  the centre, its agencies, accounts, halls and classes
      cases.jsonl    every case as its room shows it: the parties, what happened, the texts of all
                     notes with who wrote in them, the sessions. Written a moment after the entries,
                     so it may know a little more.

      docs/verify_export.py of OneDoor's sources checks the chain and needs nothing but Python.
      """;

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Hub hub;
  private final People people;
  private final Rooms rooms;
  private final Notes notes;
  private final Sessions sessions;
  private final Told told;
  private final History history;

  public Export(
      Hub hub, People people, Rooms rooms, Notes notes, Sessions sessions, InstantSource clock) {
    this.hub = hub;
    this.people = people;
    this.rooms = rooms;
    this.notes = notes;
    this.sessions = sessions;
    var reveals = new Reveals(hub, people, clock);
    told = new Told(people, reveals, clock);
    history = new History(people, new Timeline(hub, people), reveals, told);
  }

  /**
   * Writes it all.
   *
   * @param dir a folder that does not exist or is empty
   * @param progress is told how far it is, of how many
   * @return the head of the chain in it
   * @throws Refused BAD_INPUT if something is in the folder
   */
  public String run(Path dir, BiConsumer<Long, Long> progress) {
    try {
      if (!empty(dir)) throw new Refused(Refused.Code.BAD_INPUT, "share.folderNotEmpty", dir);
      OwnersOnly.folder(dir);
      var head = hub.head();
      try (var out = file(dir, "entries.jsonl")) {
        Ledger.write(hub.log(), head, out, progress);
      }
      try (var out = file(dir, "directory.json")) {
        out.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(directory()));
      }
      try (var out = file(dir, "cases.jsonl")) {
        cases(out);
      }
      try (var out = file(dir, "README.txt")) {
        out.write(README);
      }
      // last, so that it stands for all of it being there
      try (var out = file(dir, "head.txt")) {
        out.write(head + "\n");
      }
      return head.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean empty(Path dir) throws IOException {
    if (!Files.exists(dir)) return true;
    if (!Files.isDirectory(dir)) return false;
    try (var in = Files.list(dir)) {
      return in.findAny().isEmpty();
    }
  }

  private static BufferedWriter file(Path dir, String name) throws IOException {
    return Files.newBufferedWriter(OwnersOnly.file(dir.resolve(name)), StandardCharsets.UTF_8);
  }

  private Map<String, Object> directory() {
    var directory = people.directory();
    var all = new LinkedHashMap<String, Object>();
    all.put("centre", directory.centre());
    all.put("zone", directory.zone().getId());
    all.put("agencies", directory.agencies().values());
    all.put("officers", directory.officers().values());
    all.put("halls", directory.halls().values());
    all.put("kinds", directory.kinds());
    return all;
  }

  private void cases(BufferedWriter out) throws IOException {
    try (var registered = hub.read(Which.all().only("registered"), 0)) {
      for (var i = registered.iterator(); i.hasNext(); ) {
        var id = Objects.requireNonNull(i.next().about());
        out.append(JSON.writeValueAsString(aCase(id))).append('\n');
      }
    }
  }

  private Map<String, @Nullable Object> aCase(String id) {
    var all = told.aCase(rooms.get(id), true, _ -> true);
    all.put(
        "notes", people.access(id).notes().values().stream().map(head -> note(id, head)).toList());
    all.put("sessions", sessions.calendar().of(id).stream().map(told::session).toList());
    try (var entries = hub.read(Which.about(id).but("typed"), 0)) {
      all.put("entries", entries.map(e -> history.entry(e, Locale.ENGLISH, true)).toList());
    }
    return all;
  }

  private Map<String, Object> note(String caseId, NoteHead head) {
    var note = notes.note(caseId, head.id());
    var all = new LinkedHashMap<String, Object>();
    all.put("id", head.id());
    all.put("title", head.title());
    all.put("audience", head.audience());
    if (head.agency() != null) all.put("agency", head.agency());
    if (!head.readers().isEmpty()) all.put("readers", head.readers());
    all.put("text", note.text());
    all.put("writers", note.writers());
    return all;
  }
}
