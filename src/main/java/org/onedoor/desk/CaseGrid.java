package org.onedoor.desk;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridSortOrder;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.provider.DataProvider;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.util.Set;
import java.util.function.Function;
import org.onedoor.desk.CaseRows.Row;
import org.onedoor.look.AgencySquare;
import org.onedoor.look.Bilingual;
import org.onedoor.look.Times;
import org.onedoor.people.People;
import org.onedoor.room.Presence;
import org.onedoor.search.CaseLine;

/** Cases as rows, with heads between them: columns as many as fit, on a phone a card each. */
final class CaseGrid extends Grid<Row> {
  private static final String CARD = "card";

  private static final String HERE = "here";

  private static final String NUMBER = "number";

  /** Columns a list can be in order of. */
  private static final Set<String> SORTED = Set.of(NUMBER, "title", "due", "registered");

  /** As wide as the widest phone (one column up to here). */
  private static final int PHONE = 600;

  private static final int TABLET = 900;

  private final People people;
  private final Presence presence;
  private final LocalDate today;

  /** The column that stands first: heads begin in it and go on over the others. */
  private String first = HERE;

  CaseGrid(People people, Presence presence, CaseRows rows, LocalDate today) {
    this.people = people;
    this.presence = presence;
    this.today = today;
    columns();
    setDataProvider(
        DataProvider.fromFilteringCallbacks(
            asked -> rows.rows(asked.getOffset(), asked.getLimit()), _ -> rows.size()));
    addItemClickListener(e -> {
      var line = e.getItem().line();
      if (line != null) e.getSource().getUI().orElseThrow().navigate("cases/" + line.id());
    });
    getDataCommunicator().setPagingEnabled(false); // all rows of a look in one question
    setHeightFull();
    addThemeNames("no-border");
    addClassName("cards"); // on a phone
    setPageSize(60);
  }

  private void columns() {
    drawn(CARD, "desk.case", this::card).setVisible(false);
    drawn(HERE, "desk.hereNow", this::here).setWidth("100px").setFlexGrow(0);
    drawn(NUMBER, "desk.number", line -> new Span(line.id())).setWidth("100px").setFlexGrow(0);
    drawn("title", "desk.case", CaseGrid::title).setFlexGrow(3);
    text("desk.status", l -> getTranslation("room.status." + l.status()))
        .setKey("status")
        .setWidth("130px")
        .setFlexGrow(0);
    drawn("agencies", "desk.agencies", this::agencies).setWidth("120px").setFlexGrow(0);
    text("desk.dueOn", this::dueText)
        .setKey("due")
        .setPartNameGenerator(row -> row.line() == null ? "" : urgency(row.line()))
        .setWidth("190px")
        .setFlexGrow(0);
    text("desk.registered", this::registered).setKey("registered").setWidth("124px").setFlexGrow(0);
    getColumns().forEach(c -> c.setSortable(SORTED.contains(c.getKey())));
    getColumnByKey(CARD).setHeader("");
    setPartNameGenerator(row -> row.head() == null ? null : "group");
  }

  private Column<Row> text(String header, Function<CaseLine, String> say) {
    return addColumn(row -> row.line() == null ? "" : say.apply(row.line()))
        .setHeader(getTranslation(header));
  }

  private Column<Row> drawn(String key, String header, Function<CaseLine, Component> draw) {
    return addComponentColumn(
            row -> {
              if (row.line() != null) return draw.apply(row.line());
              return row.head() != null && first.equals(key) ? head(row.head()) : new Span();
            })
        .setHeader(getTranslation(header))
        .setKey(key);
  }

  private Component head(DueGroups.Group group) {
    var cases = new Span(NumberFormat.getIntegerInstance(getLocale()).format(group.cases()));
    cases.addClassName("m");
    var head = new Div(new Span(getTranslation("desk.group." + group.when())), cases);
    head.addClassName("group");
    return head;
  }

  /** Shows the columns that fit. */
  void fit(int width) {
    var phone = width > 0 && width <= PHONE;
    var desk = width == 0 || width > TABLET;
    for (var column : getColumns()) {
      var wide = column.getKey().equals("registered") || column.getKey().equals(HERE);
      column.setVisible(CARD.equals(column.getKey()) == phone && (desk || !wide));
    }
    var before = first;
    first = phone ? CARD : desk ? HERE : NUMBER;
    if (!first.equals(before)) getDataProvider().refreshAll();
  }

  /** In order of what is due first, as whoever works them off wants them. */
  void byDue() {
    sort(GridSortOrder.asc(getColumnByKey("due")).build());
  }

  private static Component title(CaseLine line) {
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
    var first = new Div(number, here(line), agencies(line));
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

  private Component here(CaseLine line) {
    return new HerePanel(line.id(), people, presence);
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

  private String registered(CaseLine line) {
    return Times.date(LocalDate.ofInstant(line.registeredAt(), people.zone()), today, getLocale());
  }

  private String dueText(CaseLine line) {
    return line.dueOn() == null ? "" : Times.due(line.dueOn(), today, getLocale());
  }

  private String urgency(CaseLine line) {
    return line.dueOn() == null ? "" : Times.urgency(line.dueOn(), today);
  }
}
