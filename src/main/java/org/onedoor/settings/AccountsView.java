package org.onedoor.settings;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.onedoor.event.Event.AccountOpened;
import org.onedoor.look.Face;
import org.onedoor.look.Notice;
import org.onedoor.look.SmallButton;
import org.onedoor.look.Times;
import org.onedoor.look.WhileOpen;
import org.onedoor.people.Account;
import org.onedoor.people.Administration;
import org.onedoor.people.Me;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Role;
import org.onedoor.people.Words;
import org.onedoor.room.AskDialog;

/** Who may come in, and as what: opened, invited by a link, changed, disabled, signed out. */
@Route("settings/accounts")
@RolesAllowed("ADMIN")
public final class AccountsView extends Div implements HasDynamicTitle {
  private final Officer who;
  private final People people;
  private final Administration administration;
  private final TextField filter = new TextField();
  private final Div table = new Div();

  public AccountsView(Me me, People people, Administration administration) {
    who = me.get();
    this.people = people;
    this.administration = administration;
    var add = new NativeButton(getTranslation("settings.openAccount"), e -> open());
    add.addClassNames("btn", "pri");
    filter.setPlaceholder(getTranslation("settings.filter"));
    filter.setAriaLabel(getTranslation("settings.filter"));
    filter.setClearButtonVisible(true);
    filter.setValueChangeMode(ValueChangeMode.LAZY);
    filter.addValueChangeListener(e -> show());
    var filters = new Div(filter);
    filters.addClassName("filters");
    table.addClassName("setbody");
    addClassName("fill");
    add(new TabsPanel(who, "accounts", add), filters, table);
    WhileOpen.look(this, people::watch, this::show);
  }

  private Component row(Account a) {
    var face = new Face(people.officer(a.id()).orElseThrow(), people, getLocale());
    var small = new Span(Words.clauses(getLocale(), a.id(), agency(a), roles(a)));
    small.addClassNames("m", "s", "sub");
    var words = new Div(new Span(a.name().in(getLocale())), small);
    var name = new Div(face, words);
    name.addClassName("row");
    var row = new NativeTableRow();
    row.add(new NativeTableCell(name));
    for (var text : List.of(a.id(), agency(a), roles(a), state(a)))
      row.add(new NativeTableCell(text));
    row.add(new NativeTableCell(change(a)));
    return row;
  }

  private String agency(Account a) {
    return people.directory().agencyName(a.agency(), getLocale());
  }

  private String roles(Account a) {
    return Role.names(a.roles(), getLocale());
  }

  private String state(Account a) {
    if (a.disabled()) return getTranslation("settings.disabled");
    var invited = a.invited();
    if (invited == null || a.passwordSet() != null) return getTranslation("settings.active");
    return getTranslation(
        "settings.invitedOn", Times.day(LocalDate.ofInstant(invited, people.zone()), getLocale()));
  }

  private Component change(Account a) {
    return new SmallButton(
        getTranslation("settings.change"), a.name().in(getLocale()), () -> change(a.id()));
  }

  private void show() {
    var sought = filter.getValue().strip().toLowerCase(Locale.ROOT);
    var rows = new NativeTable();
    rows.addClassName("tbl");
    var heads = new NativeTableRow();
    for (var head : List.of("person", "account", "agency", "roles", "state", "actions"))
      heads.add(new NativeTableHeaderCell(getTranslation("settings." + head)));
    rows.add(heads);
    for (var a : people.directory().accounts().values())
      if (words(a).toLowerCase(Locale.ROOT).contains(sought)) rows.add(row(a));
    table.removeAll();
    table.add(rows);
  }

  /** All by which an account may be looked for. */
  private String words(Account a) {
    var zh = Objects.requireNonNullElse(a.name().zh(), "");
    return String.join(" ", a.id(), a.name().en(), zh, agency(a));
  }

  private void open() {
    var panel = new AccountPanel(null, false, true, people.directory().agencyList());
    new AskDialog(
            getTranslation("settings.openAccount"),
            getTranslation("settings.openAccountHow"),
            panel.fields(""),
            List.of(panel),
            () -> {
              var entered = panel.entered();
              new AccountDialog(entered.name().in(getLocale()))
                  .link(administration.openAccount(who, entered));
            })
        .open();
  }

  private void change(String id) {
    var a = people.directory().accounts().get(id);
    if (a == null) return;
    var panel =
        new AccountPanel(
            new AccountOpened(
                a.id(),
                a.name(),
                a.agency(),
                a.roles().stream().map(Role::word).collect(Collectors.toSet()),
                a.abilities()),
            true,
            true,
            people.directory().agencyList());
    new AccountDialog(a.name().in(getLocale()))
        .change(
            who,
            a,
            panel,
            administration,
            () -> {
              administration.changeAccount(who, panel.entered());
              Notice.done(getTranslation("settings.saved"));
            });
  }

  @Override
  public String getPageTitle() {
    return getTranslation("settings.accounts") + " · OneDoor";
  }
}
