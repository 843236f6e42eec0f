package org.onedoor.desk;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.onedoor.people.People;
import org.onedoor.people.Text;
import org.onedoor.room.Intake;
import org.onedoor.room.Petition;

/** What is written down when somebody comes: the person's own words first. */
final class PetitionPanel extends Div {
  private final People people;
  private final Consumer<Boolean> changed;
  private final TextArea words = new TextArea();
  private final TextField title = new TextField();
  private final RadioButtonGroup<String> channel = new RadioButtonGroup<>();
  private final ComboBox<String> kind = new ComboBox<>();
  private final ComboBox<String> lead = new ComboBox<>();
  private final TextField interpreter = new TextField();
  private final Checkbox stepFree = new Checkbox();
  private final Div partyRows = new Div();
  private final List<PartyPanel> parties = new ArrayList<>();

  /**
   * An empty one.
   *
   * @param changed told whenever something was entered, and whether it was words or names
   */
  PetitionPanel(People people, Consumer<Boolean> changed) {
    this.people = people;
    this.changed = changed;
    words.setId("words");
    title.setId("title");
    interpreter.setId("interpreter");
    words.setLabel(getTranslation("desk.ownWords"));
    words.setHelperText(getTranslation("desk.ownWordsHow"));
    words.setMinRows(4);
    words.setMaxLength(Text.WORDS);
    words.setRequiredIndicatorVisible(true);
    live(words);
    words.setAutofocus(true);
    var add = new Button(getTranslation("desk.addParty"), e -> party(null).focus());
    add.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    var who = new Div(new H2(getTranslation("desk.who")), partyRows, add);
    channel.setLabel(getTranslation("desk.channel"));
    channel.setItems(Intake.CHANNELS);
    channel.setItemLabelGenerator(c -> getTranslation("room.channel." + c));
    channel.setValue("visit");
    channel.addClassName("seg");
    channel.addValueChangeListener(e -> changed.accept(false));
    title.setLabel(getTranslation("desk.title"));
    title.setMaxLength(Text.TITLE);
    title.setRequiredIndicatorVisible(true);
    title.setWidthFull();
    live(title);
    kind.setLabel(getTranslation("desk.kind"));
    kind.setItems(people.directory().kinds().stream().map(k -> k.code()).toList());
    kind.setItemLabelGenerator(
        c -> people.directory().kind(c).map(k -> k.name().in(getLocale())).orElse(c));
    kind.setClearButtonVisible(true);
    kind.addValueChangeListener(e -> changed.accept(false));
    lead.setLabel(getTranslation("desk.lead"));
    lead.setItems(people.directory().agencyIds());
    lead.setItemLabelGenerator(a -> people.directory().agencyName(a, getLocale()));
    lead.setClearButtonVisible(true);
    lead.setHelperText(getTranslation("desk.leadHow"));
    lead.addValueChangeListener(e -> changed.accept(false));
    interpreter.setLabel(getTranslation("desk.interpreter"));
    interpreter.setHelperText(getTranslation("desk.interpreterHow"));
    live(interpreter);
    stepFree.setLabel(getTranslation("desk.stepFree"));
    stepFree.addValueChangeListener(e -> changed.accept(false));
    var needs = new Div(interpreter, stepFree);
    needs.addClassName("row");
    words.setWidthFull();
    kind.setWidthFull();
    lead.setWidthFull();
    add(words, who, channel, title, kind, lead, needs);
    addClassName("form");
  }

  private void live(TextField field) {
    field.setValueChangeMode(ValueChangeMode.LAZY);
    field.addValueChangeListener(e -> changed.accept(true));
  }

  private void live(TextArea field) {
    field.setValueChangeMode(ValueChangeMode.LAZY);
    field.addValueChangeListener(e -> changed.accept(true));
  }

  private PartyPanel party(Petition.@Nullable NewParty given) {
    var row = new PartyPanel(given, () -> changed.accept(true), this::without);
    parties.add(row);
    row.number(parties.size());
    partyRows.add(row);
    return row;
  }

  private void without(PartyPanel row) {
    parties.remove(row);
    partyRows.remove(row);
    changed.accept(true);
  }

  /** What stands in it now, not checked. */
  Petition entered() {
    var needs = new ArrayList<String>();
    if (!interpreter.getValue().isBlank())
      needs.add("interpreter:" + interpreter.getValue().strip());
    if (stepFree.getValue()) needs.add("step-free");
    return new Petition(
        title.getValue(),
        words.getValue(),
        kind.getValue(),
        channel.getValue(),
        lead.getValue(),
        parties.stream().filter(p -> !p.blank()).map(PartyPanel::entered).toList(),
        needs,
        null,
        null,
        null);
  }

  /** Fills in what was kept. */
  void fill(Optional<Petition> draft) {
    draft.ifPresent(d -> {
      words.setValue(d.words() == null ? "" : d.words());
      title.setValue(d.title() == null ? "" : d.title());
      if (d.channel() != null) channel.setValue(d.channel());
      if (d.kind() != null && people.directory().lists(d.kind())) kind.setValue(d.kind());
      if (d.lead() != null && people.directory().agencyIds().contains(d.lead()))
        lead.setValue(d.lead());
      for (var need : d.needs()) {
        if (need.equals("step-free")) stepFree.setValue(true);
        if (need.startsWith("interpreter:"))
          interpreter.setValue(need.substring("interpreter:".length()));
      }
      d.parties().forEach(this::party);
    });
    if (parties.isEmpty()) party(null);
  }

  /** Where to say what is wrong, by the name in the refusal. */
  Map<String, Component> fields() {
    var fields = new HashMap<String, Component>();
    fields.put("words", words);
    fields.put("title", title);
    fields.put("kind", kind);
    fields.put("channel", channel);
    fields.put("lead", lead);
    fields.put("needs", interpreter);
    var n = 0;
    for (var party : parties) {
      if (party.blank()) continue;
      fields.putAll(party.fields("parties[" + n++ + "]."));
    }
    return fields;
  }
}
