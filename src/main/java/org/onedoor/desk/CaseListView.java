package org.onedoor.desk;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.provider.DataProvider;
import com.vaadin.flow.data.provider.SortDirection;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.signals.Signal;
import jakarta.annotation.security.PermitAll;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.onedoor.look.AgencySquare;
import org.onedoor.look.Bilingual;
import org.onedoor.look.Empty;
import org.onedoor.look.Icon;
import org.onedoor.look.Times;
import org.onedoor.people.Me;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Role;
import org.onedoor.search.CaseIndex;
import org.onedoor.search.CaseLine;
import org.onedoor.search.CaseList;
import org.onedoor.search.CaseQuery;

/** Cases as a list that is a query of the index; its filters are its address. */
@Route("cases")
@PermitAll
public final class CaseListView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private static final String ANY = "";
  private static final String CARD = "card";

  /** As wide as the widest phone (one column up to here). */
  private static final int PHONE = 600;

  private static final int TABLET = 900;

  private final Officer who;
  private final People people;
  private final CaseList cases;
  private final CaseIndex index;
  private final LocalDate today;
  private final Grid<CaseLine> grid = new Grid<>();
  private final Span counted = new Span();
  private final TextField words = new TextField();
  private final Select<String> status = new Select<>();
  private final Select<String> agency = new Select<>();
  private final Select<String> due = new Select<>();
  private final Div empty = new Div();
  private CaseQuery query = CaseQuery.ALL;
  private final NativeButton fresh = new NativeButton();
  private boolean entering;
  private boolean pointing;

  public CaseListView(Me me, People people, CaseList cases, CaseIndex index, InstantSource clock) {
    who = me.get();
    this.people = people;
    this.cases = cases;
    this.index = index;
    today = LocalDate.ofInstant(clock.instant(), people.zone());
    add(head(), filters(), grid, empty);
    columns();
    point();
    grid.setDataProvider(
        DataProvider.fromFilteringCallbacks(
            asked -> rows(asked.getOffset(), asked.getLimit(), asked.getSortOrders()),
            asked -> size()));
    grid.addItemClickListener(e -> UI.getCurrent().navigate("cases/" + e.getItem().id()));
    grid.setSizeFull();
    grid.addThemeNames("no-border");
    grid.setPageSize(60);
  }

  /** Rows do not move under a mouse: who points at them is told and refreshes when it suits. */
  private void changedElsewhere() {
    if (pointing) fresh.setVisible(true);
    else refresh();
  }

  private void refresh() {
    fresh.setVisible(false);
    grid.getDataProvider().refreshAll();
  }

  private void point() {
    fresh.setText(getTranslation("desk.changed"));
    fresh.addClassNames("btn", "sm");
    fresh.addClickListener(e -> refresh());
    fresh.setVisible(false);
    grid.getElement().addEventListener("mouseenter", e -> pointing = true);
    grid.getElement()
        .addEventListener(
            "mouseleave",
            e -> {
              pointing = false;
              if (fresh.isVisible()) refresh();
            });
  }

  private Component head() {
    counted.addClassName("m");
    counted.getElement().setAttribute("role", "status");
    var grow = new Span();
    grow.addClassName("grow");
    var head = new Div(new H1(getTranslation("desk.cases")), counted, fresh, grow);
    head.addClassName("head");
    if (who.is(Role.CLERK) || who.is(Role.COORDINATOR) || who.is(Role.OFFICER)) {
      var register = new Anchor("register", "");
      register.add(Icon.PLUS.draw(), new Span(getTranslation("desk.register")));
      register.addClassNames("btn", "pri");
      register.getElement().setAttribute("router-link", true);
      head.add(register);
    }
    return head;
  }

  private Component filters() {
    words.setPlaceholder(getTranslation("desk.filterWords"));
    words.setAriaLabel(getTranslation("desk.filterWords"));
    words.setPrefixComponent(Icon.SEARCH.draw());
    words.setValueChangeMode(ValueChangeMode.LAZY);
    words.setClearButtonVisible(true);
    words.setWidth("300px");
    words.addValueChangeListener(e -> changed());
    choices(
        status,
        "desk.anyStatus",
        List.of("open", "registered", "accepted", "declined", "closed"),
        v -> "room.status." + v);
    choices(due, "desk.anyDue", List.of("late", "week"), v -> "desk.due." + v);
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
      Select<String> select,
      String any,
      List<String> values,
      java.util.function.UnaryOperator<String> key) {
    select.setItems(Stream.concat(Stream.of(ANY), values.stream()).toList());
    select.setItemLabelGenerator(
        v -> v == null || v.equals(ANY) ? getTranslation(any) : getTranslation(key.apply(v)));
    select.setValue(ANY);
    select.setAriaLabel(getTranslation(any));
    select.addValueChangeListener(e -> changed());
  }

  private void columns() {
    grid.addComponentColumn(this::card).setKey(CARD).setVisible(false);
    grid.addColumn(CaseLine::id)
        .setHeader(getTranslation("desk.number"))
        .setKey("number")
        .setSortProperty("number")
        .setWidth("110px")
        .setFlexGrow(0);
    grid.addComponentColumn(this::title)
        .setHeader(getTranslation("desk.case"))
        .setKey("title")
        .setSortProperty("title")
        .setFlexGrow(3);
    grid.addColumn(l -> getTranslation("room.status." + l.status()))
        .setHeader(getTranslation("desk.status"))
        .setKey("status")
        .setWidth("140px")
        .setFlexGrow(0);
    grid.addComponentColumn(this::agencies)
        .setHeader(getTranslation("desk.agencies"))
        .setKey("agencies")
        .setWidth("150px")
        .setFlexGrow(0);
    grid.addColumn(this::dueText)
        .setHeader(getTranslation("desk.dueOn"))
        .setKey("due")
        .setSortProperty("due")
        .setPartNameGenerator(this::urgency)
        .setWidth("210px")
        .setFlexGrow(0);
    grid.addColumn(l ->
            Times.date(LocalDate.ofInstant(l.registeredAt(), people.zone()), today, getLocale()))
        .setHeader(getTranslation("desk.registered"))
        .setKey("registered")
        .setSortProperty("registered")
        .setWidth("130px")
        .setFlexGrow(0);
    grid.getColumns()
        .forEach(c -> c.setSortable(c.getSortOrder(SortDirection.ASCENDING).findAny().isPresent()));
    grid.getColumnByKey(CARD).setSortable(false);
  }

  private Component title(CaseLine line) {
    var link = new Anchor("cases/" + line.id(), "");
    link.add(new Bilingual(line.title()));
    link.getElement().setAttribute("router-link", true);
    link.addClassName("title");
    return link;
  }

  /** A case on a phone: three lines instead of columns. */
  private Component card(CaseLine line) {
    var number = new Span(line.id());
    number.addClassName("m");
    var first = new Div(number, agencies(line));
    var due = new Span(dueText(line));
    var urgency = urgency(line);
    if (!urgency.isEmpty()) due.addClassName(urgency);
    var status = new Span(getTranslation("room.status." + line.status()));
    status.addClassName("m2");
    var last = new Div(status, due);
    first.addClassName("row");
    last.addClassName("row");
    var card = new Div(first, title(line), last);
    card.addClassName("card");
    return card;
  }

  /** Shows the columns that fit. */
  private void wide(int width) {
    var phone = width > 0 && width <= PHONE;
    for (var column : grid.getColumns()) column.setVisible(CARD.equals(column.getKey()) == phone);
    if (!phone) grid.getColumnByKey("registered").setVisible(width == 0 || width > TABLET);
  }

  private Component agencies(CaseLine line) {
    var row = new Div();
    row.addClassName("row");
    var all = people.directory();
    all.agency(line.lead()).ifPresent(a -> row.add(new AgencySquare(a, getLocale(), "sm")));
    for (var id : line.assisting())
      all.agency(id).ifPresent(a -> row.add(new AgencySquare(a, getLocale(), "sm", "soft")));
    return row;
  }

  private String dueText(CaseLine line) {
    return line.dueOn() == null ? "" : Times.due(line.dueOn(), today, getLocale());
  }

  private String urgency(CaseLine line) {
    return line.dueOn() == null ? "" : Times.urgency(line.dueOn(), today);
  }

  private String name(String agencyId) {
    return people.directory().agency(agencyId).map(a -> a.name().in(getLocale())).orElse(agencyId);
  }

  private Stream<CaseLine> rows(
      int offset, int limit, List<com.vaadin.flow.data.provider.QuerySortOrder> sorted) {
    var by = sorted.isEmpty() ? null : sorted.getFirst();
    var asked =
        by == null
            ? query
            : query.sorted(by.getSorted(), by.getDirection() == SortDirection.DESCENDING);
    return cases.page(who, asked, offset, limit).stream();
  }

  private int size() {
    var all = cases.count(who, query);
    counted.setText(
        all > CaseList.MOST
            ? getTranslation("desk.tooMany", all, CaseList.MOST)
            : getTranslation("desk.counted", all));
    grid.setVisible(all > 0);
    empty.removeAll();
    if (all == 0) empty.add(nothing());
    return Math.min(all, CaseList.MOST);
  }

  private Component nothing() {
    var unseeing = who.roles().stream().allMatch(r -> r == Role.TRAINEE || r == Role.ADMIN);
    if (unseeing) return NothingPanel.why(who, getLocale());
    var all = new Anchor("cases", getTranslation("desk.allCases"));
    all.getElement().setAttribute("router-link", true);
    return new Empty(getTranslation("desk.nothing"), getTranslation("desk.nothingHow"), all);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    var asked = event.getLocation().getQueryParameters();
    entering = true;
    words.setValue(asked.getSingleParameter("q").orElse(""));
    status.setValue(
        known(
            asked.getSingleParameter("status").orElse(null),
            List.of("open", "registered", "accepted", "declined", "closed")));
    due.setValue(known(asked.getSingleParameter("due").orElse(null), List.of("late", "week")));
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
    grid.getDataProvider().refreshAll();
  }

  private static String known(@Nullable String value, java.util.Collection<String> values) {
    return value != null && values.contains(value) ? value : ANY;
  }

  private void changed() {
    if (entering) return;
    query = asQuery();
    var asked = new LinkedHashMap<String, String>();
    put(asked, "q", words.getValue());
    put(asked, "status", status.getValue());
    put(asked, "agency", agency.getValue());
    put(asked, "due", due.getValue());
    UI.getCurrent()
        .getPage()
        .getHistory()
        .replaceState(null, new Location("cases", QueryParameters.simple(asked)));
    grid.getDataProvider().refreshAll();
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
    var ui = attach.getUI();
    var page = ui.getPage();
    Signal.effect(this, () -> wide(page.windowSizeSignal().get().width()));
    var watching = index.watch(() -> ui.access(this::changedElsewhere));
    addDetachListener(detach -> {
      detach.unregisterListener();
      watching.close();
    });
  }

  @Override
  public String getPageTitle() {
    return getTranslation("desk.cases") + " · OneDoor";
  }
}
