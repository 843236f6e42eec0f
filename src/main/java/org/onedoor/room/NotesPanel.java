package org.onedoor.room;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextField;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Event.NoteOpened;
import org.onedoor.look.Bilingual;
import org.onedoor.look.Empty;
import org.onedoor.look.Icon;
import org.onedoor.note.NoteEditor;
import org.onedoor.note.Notes;
import org.onedoor.people.Access.NoteHead;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Thing;
import org.onedoor.people.Words;

/** The notes of a case one may read, as tabs that say who reads them, and the open one. */
final class NotesPanel extends Div {
  private final Officer who;
  private final People people;
  private final Notes notes;
  private final Div tabs = new Div();
  private final Div sheet = new Div();
  private String caseId = "";
  private String open = "";
  private @Nullable NoteEditor editor;
  private List<String> shown = List.of();
  private boolean mayBegin;

  NotesPanel(Officer who, People people, Notes notes) {
    this.who = who;
    this.people = people;
    this.notes = notes;
    addClassName("notes");
    tabs.addClassName("ntabs");
    tabs.getElement()
        .setAttribute("role", "navigation")
        .setAttribute("aria-label", getTranslation("room.notes"));
    sheet.addClassName("sheetbox");
    add(tabs, sheet);
  }

  /** Opens a note of a case; without one that one may read, the first. */
  void open(String caseId, String noteId, String find) {
    this.caseId = caseId;
    shown = List.of();
    add(tabs, sheet); // of a room that was taken away the sheet stood elsewhere
    var readable = readable();
    var chosen =
        readable.stream()
            .filter(n -> n.id().equals(noteId))
            .findFirst()
            .or(() -> readable.stream().findFirst());
    open = chosen.map(NoteHead::id).orElse("");
    sheet.removeAll();
    editor = chosen.map(n -> new NoteEditor(n, who, people, getLocale(), find)).orElse(null);
    sheet.add(editor == null ? nothing() : editor);
    show();
  }

  /** Of what one may not see any more only the words that were not sent are left. */
  Component left() {
    return sheet;
  }

  /** Looks again which notes there are; the open one is not touched as long as one may read it. */
  void show() {
    var readable = readable();
    readable.stream().filter(n -> n.id().equals(open)).findFirst().ifPresent(this::readBy);
    if (!open.isEmpty() && readable.stream().noneMatch(n -> n.id().equals(open))) open = "";
    var ids = readable.stream().map(NoteHead::id).toList();
    var begin = people.access(caseId).open() && people.mayRead(who, caseId, "joint", null);
    if (ids.equals(shown) && begin == mayBegin && tabs.getComponentCount() > 0) return;
    shown = ids;
    mayBegin = begin;
    if (open.isEmpty()
        && !ids.isEmpty()
        && sheet.getChildren().noneMatch(NoteEditor.class::isInstance)) {
      open(caseId, ids.getFirst(), "");
      return;
    }
    tabs.removeAll();
    readable.forEach(n -> tabs.add(tab(n)));
    if (begin) {
      var add = new NativeButton("", e -> begin());
      add.add(Icon.PLUS.draw(), new Span(getTranslation("room.newNote")));
      add.addClassNames("btn", "q");
      add.setId("new-note");
      tabs.add(add);
    }
  }

  /** The agencies and how many people may read a note: as long as it stands over the text. */
  private void readBy(NoteHead note) {
    if (editor == null) return;
    var readers =
        people.directory().staff().stream()
            .filter(o -> people.maySee(o, new Thing.Note(caseId, note.id())))
            .toList();
    var agencies =
        readers.stream()
            .map(Officer::agency)
            .distinct()
            .map(a -> people.directory().agencyName(a, getLocale()))
            .toList();
    editor.readBy(getTranslation("note.readers", Words.row(getLocale(), agencies), readers.size()));
  }

  private List<NoteHead> readable() {
    var all = new ArrayList<>(people.access(caseId).notes().values());
    all.removeIf(n -> !people.maySee(who, new Thing.Note(caseId, n.id())));
    all.sort(Comparator.comparingLong(NoteHead::opened));
    return all;
  }

  private Component tab(NoteHead note) {
    var tab = new Anchor("cases/" + caseId + "/notes/" + note.id(), "");
    tab.getElement().setAttribute("router-link", true);
    var title = new Bilingual(note.title());
    var small = new Span(readers(note));
    small.addClassNames("s", "m");
    tab.add((note.audience().equals("agency") ? Icon.HOUSE : Icon.DOOR).draw(), title, small);
    tab.addClassNames("ntab", note.audience());
    if (note.id().equals(open)) {
      tab.addClassName("on");
      tab.getElement().setAttribute("aria-current", "true");
    }
    return tab;
  }

  private String readers(NoteHead note) {
    if (note.agency() == null) return getTranslation("note.tab.joint");
    return getTranslation(
        "note.tab.agency",
        people.directory().officersOf(note.agency()).stream()
            .filter(o -> people.maySee(o, new Thing.Note(caseId, note.id())))
            .count(),
        people.directory().agencyName(note.agency(), getLocale()));
  }

  private Component nothing() {
    if (!people.mayRead(who, caseId, "joint", null))
      return new Empty(getTranslation("room.noNotes"), getTranslation("room.notesNotYours"));
    return new Empty(getTranslation("room.noNotes"), getTranslation("room.noNotesHow"));
  }

  private void begin() {
    var title = new TextField(getTranslation("room.noteTitle"));
    title.setValue(shown.isEmpty() ? getTranslation("room.firstNote") : "");
    var audience = new RadioButtonGroup<String>(getTranslation("room.noteAudience"));
    var own = people.directory().agencyName(who.agency(), getLocale());
    var choices = new ArrayList<>(List.of("joint"));
    if (people.mayRead(who, caseId, "agency", who.agency())) choices.add("agency");
    audience.setItems(choices);
    audience.setValue("joint");
    audience.setItemLabelGenerator(a -> getTranslation("room.audience." + a, own));
    new AskDialog(
            getTranslation("room.newNote"),
            "",
            Map.of("title", title, "audience", audience),
            List.of(title, audience),
            () -> {
              var entry =
                  notes.open(who, caseId, title.getValue(), audience.getValue(), null, null, null);
              var id = ((NoteOpened) entry.event()).id();
              UI.getCurrent().navigate("cases/" + caseId + "/notes/" + id);
            })
        .open();
  }
}
