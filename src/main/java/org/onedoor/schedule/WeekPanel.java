package org.onedoor.schedule;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.function.Consumer;
import org.onedoor.event.Event.HallAdded;
import org.onedoor.look.AgencySquare;
import org.onedoor.look.Small;
import org.onedoor.look.Times;
import org.onedoor.people.Directory;
import org.onedoor.people.Words;
import org.onedoor.schedule.Calendar.Block;
import org.onedoor.schedule.Week.Booked;

/**
 * A week twice: as a table, a row for each hall and a column for each day, and for a narrow screen
 * (the style sheet shows one of them) as days one under the other.
 */
final class WeekPanel extends Div {

  private final Week week;
  private final Directory directory;
  private final LocalDateTime now;
  private final Consumer<Session> open;

  /**
   * @param now in the centre's zone
   * @param open what a click on a session does
   */
  WeekPanel(Week week, Directory directory, LocalDateTime now, Consumer<Session> open) {
    this.week = week;
    this.directory = directory;
    this.now = now;
    this.open = open;
    addClassName("week");
    add(table(), agenda());
  }

  private Component table() {
    var table = new NativeTable();
    var heads = new NativeTableRow();
    heads.add(new NativeTableHeaderCell(getTranslation("schedule.hall")));
    for (var day : week.days()) {
      var cell = new NativeTableHeaderCell(Times.day(day, getLocale()));
      if (today(day)) cell.getElement().setAttribute("aria-current", "date");
      cell.add(new Small(getTranslation("schedule.sessionsOn", week.sessions(day))));
      heads.add(cell);
    }
    table.add(heads);
    for (var hall : directory.halls().values()) table.add(row(hall));
    return table;
  }

  private boolean today(LocalDate day) {
    return day.equals(now.toLocalDate());
  }

  private Component row(HallAdded hall) {
    var row = new NativeTableRow();
    var name = new NativeTableHeaderCell(hall.name().in(getLocale()));
    name.add(new Small(about(hall)));
    row.add(name);
    for (var day : week.days()) {
      var cell = new NativeTableCell();
      if (today(day)) cell.addClassName("today");
      for (var block : week.blocked(hall.id(), day)) cell.add(blocked(block, day));
      for (var booked : week.all())
        if (booked.on(day) && booked.session().hall().equals(hall.id()))
          cell.add(entry(booked, Times.CLOCK.format(booked.session().from())));
      row.add(cell);
    }
    return row;
  }

  /** Why and when a hall cannot be booked on a day. */
  private Component blocked(Block block, LocalDate day) {
    var begins =
        block.from().toLocalDate().equals(day) ? Times.CLOCK.format(block.from()) : "00:00";
    var ends = block.to().toLocalDate().equals(day) ? Times.CLOCK.format(block.to()) : "24:00";
    var time = begins + "–" + ends;
    var why = getTranslation("schedule.blockedFor", block.reason());
    var entry = new Div(part("at", time), part("kind", why));
    entry.addClassNames("se", "blocked");
    entry.setTitle(why);
    return entry;
  }

  private String about(HallAdded hall) {
    var about = new ArrayList<String>();
    about.add(getTranslation("schedule.seats", hall.seats()));
    if (hall.stepFree()) about.add(getTranslation("schedule.stepFree"));
    about.add(getTranslation("schedule.waiting", hall.waitingRooms()));
    return Words.clauses(getLocale(), about);
  }

  private Component agenda() {
    var agenda = new Div();
    agenda.addClassName("agenda");
    for (var day : week.days()) {
      var name = new H2(Times.day(day, getLocale()));
      if (today(day)) name.getElement().setAttribute("aria-current", "date");
      var section = new Section(name);
      for (var hall : directory.halls().values())
        for (var block : week.blocked(hall.id(), day))
          section.add(at(hall.name().in(getLocale()), blocked(block, day)));
      for (var booked : week.all()) if (booked.on(day)) section.add(inAgenda(booked));
      if (week.all().stream().noneMatch(b -> b.on(day)))
        section.add(new Paragraph(getTranslation("schedule.free")));
      agenda.add(section);
    }
    return agenda;
  }

  private Component inAgenda(Booked booked) {
    return at(
        directory.hallName(booked.session().hall(), getLocale()),
        entry(booked, span(booked.session())));
  }

  private static Component at(String hall, Component entry) {
    entry.getElement().appendChild(part("hall", hall).getElement());
    return entry;
  }

  private static String span(Session s) {
    return Times.CLOCK.format(s.from()) + "–" + Times.CLOCK.format(s.to());
  }

  private NativeButton entry(Booked booked, String time) {
    var s = booked.session();
    var button = new NativeButton();
    button.addClassName("se");
    if (!booked.seen()) {
      button.addClassName("taken");
      button.add(new Span(getTranslation("schedule.takenOnly")), new Span(" " + span(s)));
      button.setEnabled(false);
      return button;
    }
    var lead = booked.lead();
    if (lead != null) button.addClassName(AgencySquare.colour(lead.colour()));
    if (s.to().isBefore(now)) button.addClassName("past");
    else if (!s.from().isAfter(now)) button.addClassName("now");
    button.add(part("at", time), part("no", s.caseId()));
    button.add(part("kind", getTranslation("schedule.kind." + s.kind())));
    button.setTitle(span(s));
    button.addClickListener(e -> open.accept(s));
    return button;
  }

  private static Span part(String look, String text) {
    var part = new Span(text);
    part.addClassName(look);
    return part;
  }
}
