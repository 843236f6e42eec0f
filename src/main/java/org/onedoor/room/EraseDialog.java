package org.onedoor.room;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.onedoor.event.Reworded;
import org.onedoor.look.Reading;
import org.onedoor.look.WideText;
import org.onedoor.people.Officer;
import org.onedoor.people.Text;

/** Proposes an erasure: of whom, why, and how the free texts are to read then. */
final class EraseDialog {
  /** Chosen instead of a party. */
  private static final String CASE = "";

  private final Officer who;
  private final Erasures erasures;
  private final CaseRoom room;
  private final Reading reading = new Reading();
  private final Select<String> whom = new Select<>();
  private final Div texts = new Div();
  private final WideText reason = new WideText(texts.getTranslation("room.reason"), Text.REASON);
  private final Map<FreeText, WideText> areas = new LinkedHashMap<>();

  private EraseDialog(Officer who, Erasures erasures, CaseRoom room, Map<String, String> parties) {
    this.who = who;
    this.erasures = erasures;
    this.room = room;
    var choices = new ArrayList<String>();
    for (var p : room.parties()) if (p.person() != null) choices.add(p.id());
    if (erasures.overdue(room)) choices.add(CASE);
    whom.setLabel(texts.getTranslation("room.eraseWhom"));
    whom.setItems(choices);
    whom.setItemLabelGenerator(
        id -> id.equals(CASE) ? texts.getTranslation("room.eraseCase") : parties.get(id));
    whom.addValueChangeListener(e -> look(e.getValue()));
  }

  static AskDialog of(Officer who, Erasures erasures, CaseRoom room, Map<String, String> parties) {
    var dialog = new EraseDialog(who, erasures, room, parties);
    var asked =
        new AskDialog(
            dialog.texts.getTranslation("room.do.erase"),
            dialog.texts.getTranslation("room.ask.erase"),
            Map.of("party", dialog.whom, "reason", dialog.reason),
            List.of(dialog.whom, dialog.reason, dialog.texts),
            dialog::propose);
    asked.setWidth("40rem");
    return asked;
  }

  private void look(String party) {
    areas.clear();
    texts.removeAll();
    if (party != null && !party.equals(CASE))
      reading.ask(() -> erasures.suggestions(who, room.id(), party), this::show);
  }

  /** Texts that name the party stand in the open, the others can be looked through. */
  private void show(List<Erasures.Suggestion> suggestions) {
    var others = new ArrayList<Component>();
    for (var s : suggestions) {
      var area = new WideText(texts.getTranslation("room.text." + s.text().field()), Text.WORDS);
      area.setValue(s.without());
      areas.put(s.text(), area);
      if (s.changes()) {
        area.setHelperText(
            texts.getTranslation(
                "look.of", texts.getTranslation("room.wasLabel"), s.text().text()));
        texts.add(area);
      } else {
        others.add(area);
      }
    }
    if (!others.isEmpty()) {
      var more = new Details(texts.getTranslation("room.otherTexts", others.size()));
      others.forEach(more::add);
      texts.add(more);
    }
  }

  private void propose() {
    var words = new ArrayList<Reworded>();
    areas.forEach((text, area) -> {
      if (!area.getValue().equals(text.text())) words.add(text.as(area.getValue()));
    });
    var party = whom.getValue();
    erasures.propose(
        who,
        room.id(),
        CASE.equals(party) ? null : party == null ? "" : party,
        reason.getValue(),
        words);
  }
}
