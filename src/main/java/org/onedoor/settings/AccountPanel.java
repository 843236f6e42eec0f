package org.onedoor.settings;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextArea;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Abilities;
import org.onedoor.event.Event.AccountOpened;
import org.onedoor.event.Event.AgencyAdded;
import org.onedoor.people.Role;

/** Somebody's account: name, agency, roles, and what they bring to a session. */
final class AccountPanel extends Div implements RowsPanel.Row {
  private final NamePanel name;
  private final ComboBox<String> agency = new ComboBox<>();
  private final MultiSelectComboBox<String> roles = new MultiSelectComboBox<>();
  private final TextArea skills = new TextArea();
  private final TextArea languages = new TextArea();
  private final TextArea conflicts = new TextArea();

  /**
   * @param known whether it stands in the log, and its name is fixed
   * @param whole with what they bring to a session
   */
  AccountPanel(
      @Nullable AccountOpened given, boolean known, boolean whole, List<AgencyAdded> agencies) {
    name =
        given == null
            ? new NamePanel(null, null, false)
            : new NamePanel(given.name(), given.id(), known);
    agency.setLabel(getTranslation("settings.agency"));
    agency.setRequiredIndicatorVisible(true);
    offer(agencies);
    roles.setLabel(getTranslation("settings.roles"));
    roles.setItems(Arrays.stream(Role.values()).map(Role::word).toList());
    roles.setItemLabelGenerator(r -> getTranslation("people.role." + r));
    roles.setRequiredIndicatorVisible(true);
    var second = new Div(agency, roles);
    second.addClassName("srow");
    add(name, second);
    lines(skills, "settings.skills", "settings.skillsHow");
    lines(languages, "settings.languages", "settings.languagesHow");
    lines(conflicts, "settings.conflicts", "settings.conflictsHow");
    if (whole) {
      var third = new Div(skills, languages, conflicts);
      third.addClassName("srow");
      add(third);
    }
    if (given != null) fill(given);
  }

  private void lines(TextArea area, String label, String how) {
    area.setLabel(getTranslation(label));
    area.setHelperText(getTranslation(how));
    area.setMaxRows(4);
  }

  private void fill(AccountOpened a) {
    if (agency.getListDataView().contains(a.agency())) agency.setValue(a.agency());
    roles.setValue(a.roles());
    if (a.abilities() == null) return;
    skills.setValue(String.join("\n", a.abilities().skills()));
    languages.setValue(String.join("\n", a.abilities().languages()));
    conflicts.setValue(String.join("\n", a.abilities().conflicts()));
  }

  /** The agencies there are by now; what was chosen stays where it is still one of them. */
  void offer(List<AgencyAdded> agencies) {
    var chosen = agency.getValue();
    var ids = agencies.stream().map(AgencyAdded::id).toList();
    var names =
        agencies.stream()
            .collect(
                Collectors.toMap(AgencyAdded::id, a -> a.name().in(getLocale()), (one, _) -> one));
    agency.setItems(ids);
    agency.setItemLabelGenerator(id -> names.getOrDefault(id, id));
    agency.setValue(ids.contains(chosen) ? chosen : ids.size() == 1 ? ids.getFirst() : null);
  }

  AccountOpened entered() {
    var chosen = agency.getValue();
    return new AccountOpened(
        name.id(),
        name.label(),
        chosen == null ? "" : chosen,
        Set.copyOf(roles.getValue()),
        new Abilities(lines(skills), lines(languages), lines(conflicts)));
  }

  private static List<String> lines(TextArea area) {
    return area.getValue().lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
  }

  @Override
  public void focus() {
    name.focus();
  }

  @Override
  public Map<String, Component> fields(String at) {
    var all = new HashMap<>(name.fields(at));
    all.put(at + "agency", agency);
    all.put(at + "roles", roles);
    all.put(at + "skills", skills);
    all.put(at + "languages", languages);
    all.put(at + "conflicts", conflicts);
    return all;
  }
}
