package org.onedoor.settings;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Map;
import org.onedoor.event.Event.AgencyAdded;
import org.onedoor.look.AgencySquare;
import org.onedoor.look.Notice;
import org.onedoor.look.SmallButton;
import org.onedoor.look.WhileOpen;
import org.onedoor.people.Administration;
import org.onedoor.people.Me;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.room.AskDialog;

/** The agencies under one roof: added, renamed, merged; the past keeps its names. */
@Route("settings/agencies")
@RolesAllowed("ADMIN")
public final class AgenciesView extends Div implements HasDynamicTitle {
  private final Officer who;
  private final People people;
  private final Administration administration;
  private final Div table = new Div();

  public AgenciesView(Me me, People people, Administration administration) {
    who = me.get();
    this.people = people;
    this.administration = administration;
    var add = new NativeButton(getTranslation("settings.addAgency"), e -> add());
    add.addClassNames("btn", "pri");
    table.addClassName("setbody");
    add(new TabsPanel(who, "agencies", add), table);
    WhileOpen.look(this, people::watch, this::show);
  }

  private void show() {
    table.removeAll();
    var rows = new NativeTable();
    rows.addClassName("tbl");
    var heads = new NativeTableRow();
    for (var head : List.of("agency", "id", "officersCount", "actions"))
      heads.add(new NativeTableHeaderCell(getTranslation("settings." + head)));
    rows.add(heads);
    for (var agency : people.directory().agencies().values()) rows.add(row(agency));
    table.add(rows);
  }

  private Component row(AgencyAdded agency) {
    var now = people.directory();
    var into = now.partOf(agency.id());
    var name =
        new Div(
            new AgencySquare(agency, getLocale(), "sm"), new Span(agency.name().in(getLocale())));
    name.addClassName("row");
    var row = new NativeTableRow();
    row.add(new NativeTableCell(name), new NativeTableCell(agency.id()));
    if (into.isPresent()) {
      var cell =
          new NativeTableCell(getTranslation("settings.partOf", into.get().name().in(getLocale())));
      cell.getElement().setAttribute("colspan", "2");
      row.add(cell);
      return row;
    }
    var officers = now.staff().stream().filter(o -> o.agency().equals(agency.id())).count();
    row.add(new NativeTableCell(String.valueOf(officers)));
    var change = button("settings.change", agency, () -> change(agency));
    var merge = button("settings.merge", agency, () -> merge(agency));
    merge.setEnabled(now.agencyIds().size() > 1);
    var actions = new Div(change, merge);
    actions.addClassName("row");
    row.add(new NativeTableCell(actions));
    return row;
  }

  private SmallButton button(String key, AgencyAdded agency, Runnable act) {
    return new SmallButton(getTranslation(key), agency.name().in(getLocale()), act);
  }

  private void add() {
    var panel = new AgencyPanel(null, false, people.directory().agencies().size() + 1);
    ask("settings.addAgency", "", panel, () -> administration.addAgency(who, panel.entered()));
  }

  private void change(AgencyAdded agency) {
    var panel = new AgencyPanel(agency, true, 1);
    ask(
        "settings.change",
        getTranslation("settings.renameHow"),
        panel,
        () -> administration.changeAgency(who, panel.entered()));
  }

  private void ask(String title, String how, AgencyPanel panel, Runnable act) {
    new AskDialog(
            getTranslation(title),
            how,
            panel.fields(""),
            List.of(panel),
            () -> {
              act.run();
              Notice.done(getTranslation("settings.saved"));
            })
        .open();
  }

  private void merge(AgencyAdded agency) {
    var into = new Select<AgencyAdded>();
    into.setLabel(getTranslation("settings.mergeInto"));
    into.setItems(
        people.directory().agencyList().stream().filter(a -> !a.id().equals(agency.id())).toList());
    into.setItemLabelGenerator(a -> a.name().in(getLocale()));
    into.setWidthFull();
    new AskDialog(
            getTranslation("settings.merge"),
            getTranslation("settings.mergeHow", agency.name().in(getLocale())),
            Map.of("into", into),
            List.of(into),
            () -> {
              var chosen = into.getValue();
              administration.mergeAgency(who, agency.id(), chosen == null ? "" : chosen.id());
              Notice.done(getTranslation("settings.saved"));
            })
        .open();
  }

  @Override
  public String getPageTitle() {
    return getTranslation("settings.agencies") + " · OneDoor";
  }
}
