package org.onedoor.desk;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.GridSortOrder;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.provider.SortDirection;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.signals.Signal;
import jakarta.annotation.security.PermitAll;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.onedoor.desk.CaseRows.Row;
import org.onedoor.look.Address;
import org.onedoor.look.Empty;
import org.onedoor.look.Icon;
import org.onedoor.look.Keys;
import org.onedoor.look.WhileOpen;
import org.onedoor.people.Me;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Role;
import org.onedoor.room.Presence;
import org.onedoor.room.Rooms;
import org.onedoor.search.CaseIndex;
import org.onedoor.search.CaseList;
import org.onedoor.search.CaseQuery;

/** Cases as a list that is a query of the index; its filters are its address. */
@Route("cases")
@PermitAll
public final class CaseListView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private static final String ANY = "";

  private static final List<String> STATUSES =
      List.of("open", "registered", "accepted", "declined", "closed");

  private static final List<String> DUES = List.of("late", "week");

  /** In an address: of any status, where saying nothing at all means what is open. */
  private static final String ALL = "all";

  private final Officer who;
  private final People people;
  private final CaseRows rows;
  private final CaseGrid grid;
  private final Span counted = new Span();
  private final TextField words = new TextField();
  private final Select<String> status = new Select<>();
  private final Select<String> agency = new Select<>();
  private final Select<String> due = new Select<>();
  private final Div empty = new Div();
  private final NativeButton fresh = new NativeButton();
  private CaseQuery query = CaseQuery.ALL;
  private String sorted = "";
  private boolean descending;
  private boolean entering;
  private boolean pointing;

  public CaseListView(
      Me me,
      People people,
      Presence presence,
      CaseList cases,
      CaseIndex index,
      InstantSource clock) {
    who = me.get();
    this.people = people;
    rows = new CaseRows(who, cases, this::show);
    grid =
        new CaseGrid(people, presence, rows, LocalDate.ofInstant(clock.instant(), people.zone()));
    grid.addSortListener(e -> sorted(e.getSortOrder()));
    add(head(), filters(), grid, empty, foot());
    point();
    WhileOpen.look(this, index::watch, this::changedElsewhere);
  }

  /** Rows do not move under a mouse: who points at them is told and refreshes when it suits. */
  private void changedElsewhere() {
    if (pointing) fresh.setVisible(true);
    else ask();
  }

  private void point() {
    fresh.setText(getTranslation("desk.changed"));
    fresh.addClassNames("btn", "sm");
    fresh.addClickListener(e -> ask());
    fresh.setVisible(false);
    grid.getElement().addEventListener("mouseenter", e -> pointing = true);
    grid.getElement()
        .addEventListener(
            "mouseleave",
            e -> {
              pointing = false;
              if (fresh.isVisible()) ask();
            });
  }

  private Component head() {
    counted.addClassName("m");
    counted.getElement().setAttribute("role", "status");
    var grow = new Span();
    grow.addClassName("grow");
    var head = new Div(new H1(getTranslation("desk.cases")), counted, fresh, grow);
    head.addClassName("head");
    if (Rooms.mayRegister(who)) {
      var register = new Anchor("register", "");
      register.add(Icon.PLUS.draw(), new Span(getTranslation("desk.register")), new Keys("C"));
      register.getElement().setAttribute("aria-keyshortcuts", "C");
      register.addClassNames("btn", "pri");
      register.getElement().setAttribute("router-link", true);
      head.add(register);
    }
    return head;
  }

  /** Which keys there are, and that nobody needs to ask for the list again. */
  private Component foot() {
    var grow = new Span();
    grow.addClassName("grow");
    var foot =
        new Div(
            key("desk.keyMove", "J", "K"),
            key("desk.keyOpen", "Enter"),
            key("desk.keyFilter", "/"),
            key("desk.keys", "?"),
            grow,
            new Span(getTranslation("desk.follows")));
    foot.addClassName("foot");
    return foot;
  }

  private Component key(String does, String... keys) {
    var key = new Span(new Keys(keys), new Span(getTranslation(does)));
    key.addClassName("key");
    return key;
  }

  private Component filters() {
    words.setPlaceholder(getTranslation("desk.filterWords"));
    words.setAriaLabel(getTranslation("desk.filterWords"));
    words.setPrefixComponent(Icon.SEARCH.draw());
    words.getElement().setAttribute("aria-keyshortcuts", "/");
    words.setValueChangeMode(ValueChangeMode.LAZY);
    words.setClearButtonVisible(true);
    words.addValueChangeListener(e -> changed());
    choices(status, "desk.anyStatus", STATUSES, v -> "room.status." + v);
    choices(due, "desk.anyDue", DUES, v -> "desk.due." + v);
    agency.setItems(
        Stream.concat(Stream.of(ANY), people.directory().agencies().keySet().stream()).toList());
    agency.setItemLabelGenerator(
        a -> a == null || a.equals(ANY) ? getTranslation("desk.anyAgency") : name(a));
    agency.setValue(ANY);
    agency.setAriaLabel(getTranslation("desk.anyAgency"));
    agency.addValueChangeListener(e -> changed());
    var filters = new Div(words, status, agency, due);
    filters.addClassName("filters");
    return filters;
  }

  private void choices(
      Select<String> select, String any, List<String> values, UnaryOperator<String> key) {
    select.setItems(Stream.concat(Stream.of(ANY), values.stream()).toList());
    select.setItemLabelGenerator(
        v -> v == null || v.equals(ANY) ? getTranslation(any) : getTranslation(key.apply(v)));
    select.setValue(ANY);
    select.setAriaLabel(getTranslation(any));
    select.addValueChangeListener(e -> changed());
  }

  private String name(String agencyId) {
    return people.directory().agencyName(agencyId, getLocale());
  }

  /** Other rows than before: how many there are, or why there are none. */
  private void show(CaseRows.Answer answer) {
    var all = answer.part().all();
    counted.setText(counted(all, answer.due()));
    grid.setVisible(all > 0);
    grid.getDataProvider().refreshAll();
    empty.removeAll();
    if (all == 0) empty.add(nothing());
  }

  private String counted(int all, CaseRows.@Nullable Due due) {
    if (all > CaseList.MOST) return getTranslation("desk.tooMany", all, CaseList.MOST);
    var counted = getTranslation("desk.counted", all);
    return all == 0 || due == null
        ? counted
        : getTranslation("desk.countedDue", counted, due.week(), due.late());
  }

  private void ask() {
    fresh.setVisible(false);
    rows.ask(sorted.isEmpty() ? query : query.sorted(sorted, descending));
  }

  private void sorted(List<GridSortOrder<Row>> orders) {
    var by = orders.stream().findFirst();
    sorted = by.map(o -> o.getSorted().getKey()).orElse("");
    descending = by.filter(o -> o.getDirection() == SortDirection.DESCENDING).isPresent();
    ask();
  }

  private Component nothing() {
    var unseeing = who.roles().stream().allMatch(r -> r == Role.TRAINEE || r == Role.ADMIN);
    if (unseeing) return NothingPanel.why(who, getLocale());
    var all = new Anchor("cases?status=" + ALL, getTranslation("desk.allCases"));
    all.getElement().setAttribute("router-link", true);
    return new Empty(getTranslation("desk.nothing"), getTranslation("desk.nothingHow"), all);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    var asked = event.getLocation().getQueryParameters();
    var plain = asked.getParameters().isEmpty();
    entering = true;
    words.setValue(asked.getSingleParameter("q").orElse(""));
    status.setValue(
        known(plain ? "open" : asked.getSingleParameter("status").orElse(null), STATUSES));
    due.setValue(known(asked.getSingleParameter("due").orElse(null), DUES));
    agency.setValue(
        known(
            asked.getSingleParameter("agency").orElse(null),
            people.directory().agencies().keySet()));
    entering = false;
    query =
        asQuery()
            .lead(asked.getSingleParameter("lead").orElse(null))
            .unassigned(asked.getSingleParameter("unassigned").isPresent())
            .newTo(asked.getSingleParameter("new").orElse(null));
    if (plain) grid.byDue();
    if (isAttached()) ask(); // on a new screen the attaching looks
  }

  private static String known(@Nullable String value, Collection<String> values) {
    return value != null && values.contains(value) ? value : ANY;
  }

  private void changed() {
    if (entering) return;
    query = asQuery();
    var asked = new LinkedHashMap<String, String>();
    put(asked, "q", words.getValue());
    put(asked, "status", ANY.equals(status.getValue()) ? ALL : status.getValue());
    put(asked, "agency", agency.getValue());
    put(asked, "due", due.getValue());
    Address.says("cases", asked);
    ask();
  }

  private static void put(Map<String, String> asked, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) asked.put(name, value);
  }

  private CaseQuery asQuery() {
    return CaseQuery.ALL
        .status(some(status))
        .agency(some(agency))
        .due(some(due))
        .words(words.getValue().isBlank() ? null : words.getValue());
  }

  private static @Nullable String some(Select<String> select) {
    var value = select.getValue();
    return value == null || value.equals(ANY) ? null : value;
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    var page = attach.getUI().getPage();
    Signal.effect(this, () -> grid.fit(page.windowSizeSignal().get().width()));
  }

  @Override
  public String getPageTitle() {
    return getTranslation("desk.cases") + " · OneDoor";
  }
}
