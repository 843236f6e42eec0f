package org.onedoor.desk;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.KeyModifier;
import com.vaadin.flow.component.Shortcuts;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Aside;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.onedoor.look.Notice;
import org.onedoor.look.Reading;
import org.onedoor.look.WhileOpen;
import org.onedoor.people.Me;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Refused;
import org.onedoor.people.Text;
import org.onedoor.room.Intake;
import org.onedoor.room.Petition;
import org.onedoor.room.Rooms;
import org.onedoor.search.CaseIndex;
import org.onedoor.search.EarlierCases;

/**
 * Writing a petition down at any window, by keyboard alone: the person's own words first. What is
 * typed is kept as a draft of the account; cases of the same person or matter appear beside it.
 */
@Route("register")
@RolesAllowed({"CLERK", "COORDINATOR", "OFFICER"})
public final class RegisterView extends Div implements HasDynamicTitle {
  private static final int EARLIER = 6;

  private final Officer who;
  private final People people;
  private final Rooms rooms;
  private final EarlierCases search;
  private final Drafts drafts;
  private final TextArea words = new TextArea();
  private final TextField title = new TextField();
  private final RadioButtonGroup<String> channel = new RadioButtonGroup<>();
  private final ComboBox<String> kind = new ComboBox<>();
  private final ComboBox<String> lead = new ComboBox<>();
  private final TextField interpreter = new TextField();
  private final Checkbox stepFree = new Checkbox();
  private final Div partyRows = new Div();
  private final List<PartyPanel> parties = new ArrayList<>();
  private final Div earlier = new Div();
  private final Span kept = new Span();
  private final Reading reading = new Reading();
  private final Reading keeping = new Reading();

  public RegisterView(
      Me me, People people, Rooms rooms, EarlierCases search, CaseIndex index, Drafts drafts) {
    who = me.get();
    this.people = people;
    this.rooms = rooms;
    this.search = search;
    this.drafts = drafts;
    var head = new Div(new H1(getTranslation("desk.registerTitle")));
    head.addClassName("head");
    var two = new Div(form(), aside());
    two.addClassName("two");
    add(head, two);
    fill(drafts.load(who.id()));
    WhileOpen.look(this, index::watch, this::look);
    Shortcuts.addShortcutListener(this, this::register, Key.ENTER, KeyModifier.CONTROL);
  }

  private Component form() {
    words.setId("words");
    title.setId("title");
    interpreter.setId("interpreter");
    words.setLabel(getTranslation("desk.ownWords"));
    words.setHelperText(getTranslation("desk.ownWordsHow"));
    words.setMinHeight("140px");
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
    channel.addValueChangeListener(e -> changed(false));
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
    kind.addValueChangeListener(e -> changed(false));
    lead.setLabel(getTranslation("desk.lead"));
    lead.setItems(people.directory().agencyIds());
    lead.setItemLabelGenerator(this::agencyName);
    lead.setClearButtonVisible(true);
    lead.setHelperText(getTranslation("desk.leadHow"));
    lead.addValueChangeListener(e -> changed(false));
    interpreter.setLabel(getTranslation("desk.interpreter"));
    interpreter.setHelperText(getTranslation("desk.interpreterHow"));
    live(interpreter);
    stepFree.setLabel(getTranslation("desk.stepFree"));
    stepFree.addValueChangeListener(e -> changed(false));
    var needs = new Div(interpreter, stepFree);
    needs.addClassName("row");
    var send = new Button(getTranslation("desk.registerNow"), e -> register());
    send.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    send.setId("register");
    kept.addClassNames("m", "s");
    kept.getElement().setAttribute("role", "status");
    var hint = new Span(getTranslation("desk.ctrlEnter"));
    hint.addClassNames("m", "s");
    var foot = new Div(send, hint, kept);
    foot.addClassNames("row", "foot");
    words.setWidthFull();
    kind.setWidthFull();
    lead.setWidthFull();
    var form = new Div(words, who, channel, title, kind, lead, needs, foot);
    form.addClassName("form");
    return form;
  }

  private Component aside() {
    earlier.getElement().setAttribute("aria-live", "polite");
    var hint = new Paragraph(getTranslation("desk.earlierHow"));
    hint.addClassNames("m", "s");
    var aside = new Aside(new Section(new H2(getTranslation("desk.earlier")), earlier, hint));
    aside.addClassName("aside");
    return aside;
  }

  private void live(TextField field) {
    field.setValueChangeMode(ValueChangeMode.LAZY);
    field.addValueChangeListener(e -> changed(true));
  }

  private void live(TextArea field) {
    field.setValueChangeMode(ValueChangeMode.LAZY);
    field.addValueChangeListener(e -> changed(true));
  }

  private PartyPanel party(Petition.@Nullable NewParty given) {
    var row = new PartyPanel(given, () -> changed(true), this::without);
    parties.add(row);
    row.number(parties.size());
    partyRows.add(row);
    return row;
  }

  private void without(PartyPanel row) {
    parties.remove(row);
    partyRows.remove(row);
    changed(true);
  }

  private String agencyName(String id) {
    return people.directory().agency(id).map(a -> a.name().in(getLocale())).orElse(id);
  }

  private Petition entered() {
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

  private void fill(Optional<Petition> draft) {
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

  /** Keeps the draft, off the screen's thread, and looks for earlier cases where words changed. */
  private void changed(boolean words) {
    if (!isAttached()) return;
    var petition = entered();
    keeping.ask(
        () -> drafts.save(who.id(), petition),
        () -> kept.setText(getTranslation("desk.draftKept")));
    if (words) look();
  }

  /** Looks for earlier cases of the person or matter; keeps nothing. */
  private void look() {
    if (!isAttached()) return;
    var petition = entered();
    var locale = getLocale();
    reading.ask(() -> look(petition, locale), this::show);
  }

  private List<EarlierCases.Earlier> look(Petition p, Locale locale) {
    var first = p.parties().isEmpty() ? null : p.parties().getFirst();
    return search.of(
        who,
        first == null ? null : first.name(),
        first == null ? null : first.phone(),
        p.words(),
        EARLIER,
        locale);
  }

  private void show(List<EarlierCases.Earlier> found) {
    earlier.removeAll();
    if (found.isEmpty()) earlier.add(new Paragraph(getTranslation("desk.noEarlier")));
    for (var one : found) {
      var link = new Anchor("cases/" + one.line().id(), one.line().id());
      link.setTarget("_blank");
      var status =
          new Paragraph(
              one.why() + ". " + getTranslation("room.status." + one.line().status()) + ".");
      var hit = new Div(link, new Span(" " + one.line().title()), status);
      hit.addClassName("hitc");
      earlier.add(hit);
    }
  }

  private void register() {
    try {
      var entry = rooms.register(who, entered(), null);
      // in turn, or a draft that is just being kept would come back
      keeping.ask(() -> drafts.drop(who.id()), () -> kept.setText(""));
      var id = entry.stream().substring("case/".length());
      Notice.done(getTranslation("desk.registeredAs", id));
      if (people.maySee(who, new org.onedoor.people.Thing.Facts(id)))
        UI.getCurrent().navigate("cases/" + id);
      else UI.getCurrent().navigate("cases");
    } catch (Refused e) {
      Notice.refused(e, fields());
    }
  }

  private Map<String, Component> fields() {
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

  @Override
  public String getPageTitle() {
    return getTranslation("desk.registerTitle") + " · OneDoor";
  }
}
