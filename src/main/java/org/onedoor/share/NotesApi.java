package org.onedoor.share;

import static org.onedoor.people.Refused.Code.NOT_ALLOWED;
import static org.onedoor.people.Refused.Code.NOT_NOW;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashMap;
import java.util.Map;
import org.onedoor.event.Event.NoteOpened;
import org.onedoor.note.Notes;
import org.onedoor.people.People;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /notes} and the notes of a case. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Notes")
class NotesApi {
  private final People people;
  private final Notes notes;

  NotesApi(People people, Notes notes) {
    this.people = people;
    this.notes = notes;
  }

  @PostMapping("/cases/{id}/notes")
  @Promise(
      value = "Opens a note in a case.",
      takes = Sent.NewNote.class,
      gives = Given.Made.class,
      status = 201,
      refuses = {NOT_ALLOWED, NOT_NOW})
  ResponseEntity<?> openNote(Caller caller, @PathVariable String id, Body body) {
    return caller.writes(
        body,
        once ->
            notes.open(
                caller.who(), id, body.text("title"), body.text("audience"), null, null, once),
        entry -> Answer.of(201, Map.of("id", ((NoteOpened) entry.event()).id())));
  }

  @GetMapping("/notes/{id}")
  @Promise(value = "A note and its text.", gives = Given.Note.class)
  Map<String, Object> note(Caller caller, @PathVariable String id) {
    var head = notes.seen(caller.who(), id);
    var caseId = notes.caseOf(id).orElseThrow();
    var note = notes.note(caseId, id);
    var said = new LinkedHashMap<String, Object>();
    said.put("id", id);
    said.put("case", caseId);
    said.put("title", head.title());
    said.put("audience", head.audience());
    if (head.agency() != null) said.put("agency", head.agency());
    if (!head.readers().isEmpty()) said.put("readers", head.readers());
    synchronized (note) {
      said.put("version", note.version());
      said.put("text", note.text());
    }
    said.put(
        "authors",
        note.writers().stream()
            .flatMap(a -> people.officer(a).stream())
            .map(o ->
                Map.of("id", o.id(), "name", o.name().in(caller.locale()), "agency", o.agency()))
            .toList());
    return said;
  }
}
