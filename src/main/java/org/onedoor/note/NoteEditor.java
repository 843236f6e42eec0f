package org.onedoor.note;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.onedoor.people.Access.NoteHead;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Words;
import tools.jackson.databind.json.JsonMapper;

/** The typing end of a note; it speaks with the server over a socket of its own. */
@Tag("note-editor")
@JsModule("./note/note-editor.ts")
@NpmPackage(value = "@codemirror/state", version = "6.7.6")
@NpmPackage(value = "@codemirror/view", version = "6.43.15")
@NpmPackage(value = "@codemirror/commands", version = "6.11.1")
@NpmPackage(value = "@codemirror/collab", version = "6.1.1")
public final class NoteEditor extends Component {
  private static final List<String> WORDS =
      List.of(
          "saved",
          "savedNothing",
          "sending",
          "offline",
          "offlineNow",
          "offlineStrip",
          "readOnly",
          "differs",
          "offlineUnkept",
          "back",
          "kept",
          "tooLong",
          "tooOld",
          "reset",
          "discard",
          "you");

  /** An editor for a note somebody may read. */
  public NoteEditor(NoteHead note, Officer who, People people, Locale locale, String find) {
    var words = new LinkedHashMap<String, String>();
    // filled in by the browser: the placeholders go there as they are
    for (var key : WORDS) words.put(key, Words.say(locale, "note." + key, "{0}", "{1}"));
    words.put("label", Words.say(locale, "note.label", note.title()));
    words.put("4401", Words.say(locale, "note.signedOut"));
    words.put("4403", Words.say(locale, "note.withdrawn"));
    words.put("4404", Words.say(locale, "note.gone"));
    words.put("4400", Words.say(locale, "note.elsewhere"));
    words.put("4410", Words.say(locale, "note.elsewhere"));
    var agency = people.directory().agency(note.agency());
    var name = agency.map(a -> a.name().in(locale)).orElse("");
    var element = getElement();
    element.setProperty("wordsJson", JsonMapper.shared().writeValueAsString(words));
    element.setProperty("account", who.id());
    element.setProperty("kind", note.audience());
    element.setProperty(
        "agencyClass", agency.map(a -> "a" + ((a.colour() - 1) % 10 + 1)).orElse(""));
    element.setProperty("headText", Words.say(locale, "note.head." + note.audience(), name));
    element.setProperty("footText", Words.say(locale, "note.foot." + note.audience(), name));
    element.setProperty("find", find);
    element.setProperty("noteId", note.id());
  }

  /** Names who reads the note now. */
  public void readBy(String who) {
    getElement().setProperty("whoText", who);
  }
}
