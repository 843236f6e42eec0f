package org.onedoor.room;

import com.vaadin.flow.component.combobox.ComboBox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.onedoor.look.WideText;
import org.onedoor.people.Officer;
import org.onedoor.people.Text;

/** Puts right what was registered: which field, what shall stand there, and why. */
final class CorrectDialog {
  private static final List<String> OF_CASE = List.of("title", "words", "channel", "needs");
  private static final List<String> OF_PARTY = List.of("name", "phone", "contact", "address");

  private final Officer who;
  private final Rooms rooms;
  private final Reveals reveals;
  private final CaseRoom room;
  private final ComboBox<String> field = new ComboBox<>();
  private final WideText is = new WideText(say("room.isLabel"), Text.WORDS);
  private final WideText reason = new WideText(say("room.reason"), Text.REASON);

  private CorrectDialog(Officer who, Rooms rooms, Reveals reveals, CaseRoom room) {
    this.who = who;
    this.rooms = rooms;
    this.reveals = reveals;
    this.room = room;
    var fields = new ArrayList<>(OF_CASE);
    for (var p : room.parties()) for (var f : OF_PARTY) fields.add("parties." + p.id() + "." + f);
    field.setLabel(say("room.fieldOf"));
    field.setItems(fields);
    field.setItemLabelGenerator(this::name);
    field.addValueChangeListener(e -> {
      var now = shown(e.getValue());
      is.setValue(now == null ? "" : now);
      is.setHelperText(now == null ? null : say("look.of", say("room.wasLabel"), now));
    });
  }

  static AskDialog of(Officer who, Rooms rooms, Reveals reveals, CaseRoom room) {
    var dialog = new CorrectDialog(who, rooms, reveals, room);
    return new AskDialog(
        dialog.say("room.do.correct"),
        "",
        Map.of(
            "field",
            dialog.field,
            "is",
            dialog.is,
            "was",
            dialog.is,
            "kind",
            dialog.is,
            "reason",
            dialog.reason),
        List.of(dialog.field, dialog.is, dialog.reason),
        dialog::correct);
  }

  private String say(String key, Object... args) {
    return field.getTranslation(key, args);
  }

  private String name(String field) {
    if (!field.startsWith("parties.")) return say("room.field." + field);
    var parts = field.split("\\.");
    var party = room.party(parts[1]);
    return say("look.of", party.map(p -> p.name()).orElse(""), say("room.field." + parts[2]));
  }

  /** What a field says now, to whom it may be shown; that a particular was is written down. */
  private @Nullable String shown(@Nullable String field) {
    if (field == null) return null;
    var particular = field.matches("parties\\..*\\.(phone|idNumber|address)");
    return !particular || reveals.open(who, room.id(), "room") ? Correction.now(room, field) : null;
  }

  private void correct() {
    var wanted = field.getValue();
    rooms.correct(
        who,
        room.id(),
        wanted,
        wanted == null ? null : Correction.now(room, wanted),
        is.getValue(),
        reason.getValue(),
        null);
  }
}
