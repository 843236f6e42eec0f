package org.onedoor.room;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.popover.Popover;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.onedoor.event.Event.AgencyAdded;
import org.onedoor.look.AgencySquare;
import org.onedoor.look.Bilingual;
import org.onedoor.look.Face;
import org.onedoor.look.Icon;
import org.onedoor.look.Small;
import org.onedoor.look.Times;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Words;

/**
 * The head of a room: what, state, due and why, who is here, and the table of agencies. What did
 * not change is left alone, so that nothing moves under a hand that is about to press.
 */
final class HeadPanel extends Div {
  private final Officer who;
  private final People people;
  private final Presence presence;
  private final ActionsPanel actions;
  private final LocalDate today;
  private final Div top = new Div();
  private final Div facts = new Div();
  private final Div table = new Div();
  private final Map<Div, List<?>> shown = new HashMap<>();

  HeadPanel(Officer who, People people, Presence presence, ActionsPanel actions, LocalDate today) {
    this.who = who;
    this.people = people;
    this.presence = presence;
    this.actions = actions;
    this.today = today;
    addClassName("room-head");
    add(top, facts, table);
  }

  void show(CaseRoom room, List<String> here) {
    var officers = here.stream().flatMap(id -> people.officer(id).stream()).toList();
    put(top, List.of(room.id(), room.title(), here, Act.may(who, room)), () -> top(room, officers));
    put(facts, List.of(room.id(), room.version()), () -> facts(room));
    put(
        table,
        List.of(room.id(), room.version(), here, presence.left(room.id())),
        () -> table(room, officers));
  }

  void empty() {
    shown.clear();
    List.of(top, facts, table).forEach(Div::removeAll);
  }

  /** Draws a part anew when what it shows is another. */
  private void put(Div part, List<?> shows, Supplier<Component> draw) {
    if (shows.equals(shown.put(part, shows))) return;
    part.removeAll();
    part.add(draw.get());
  }

  private Component top(CaseRoom room, List<Officer> officers) {
    var cases = new Anchor("cases", getTranslation("room.cases"));
    cases.getElement().setAttribute("router-link", true);
    var crumb = new Div(cases, new Span(" / " + room.id()));
    crumb.addClassNames("s", "m", "crumb");
    var title = new H1(new Bilingual(room.title()));
    var what = new Div(crumb, title);
    what.addClassName("grow");
    var top = new Div(what, faces(officers), actions.bar(room));
    top.addClassName("top");
    return top;
  }

  private Component faces(List<Officer> officers) {
    var now = getTranslation("room.here", officers.size());
    var count = new Span(now);
    count.addClassNames("d", "m");
    count.getElement().setAttribute("role", "status");
    count.setId("here");
    count
        .getElement()
        .setAttribute("data-now", now) // what the browser says while it is offline, and afterwards
        .setAttribute("data-then", getTranslation("room.wereHere", officers.size(), "{0}"));
    var faces = new Div();
    faces.addClassName("avs");
    officers.forEach(o -> faces.add(new Face(o, people, getLocale())));
    var row = new Div(count, faces);
    row.addClassNames("row");
    return row;
  }

  private Component facts(CaseRoom room) {
    var status = new Span(getTranslation("room.status." + room.status()));
    status.addClassName("status");
    var registered =
        new Span(
            getTranslation(
                "room.registeredOn",
                Times.date(
                    LocalDate.ofInstant(room.registeredAt(), people.zone()), today, getLocale())));
    var facts = new Div(status);
    facts.addClassName("facts");
    var due = Due.of(room, people.zone());
    if (due != null) facts.add(due(due));
    if (room.closed() != null)
      facts.add(new Span(getTranslation("room.outcome." + room.closed().outcome())));
    facts.add(new Span(getTranslation("room.visits", room.visits())), registered);
    return facts;
  }

  private Component due(Due due) {
    var words =
        new NativeButton(
            getTranslation("room.due." + due.what(), Times.due(due.on(), today, getLocale())));
    words.addClassNames("linkish", "why", "due");
    var urgency = Times.urgency(due.on(), today);
    if (!urgency.isEmpty()) words.addClassName(urgency);
    var why =
        new Popover(
            new Paragraph(
                getTranslation(
                    "room.due.why." + due.what(),
                    due.days(),
                    Times.date(due.from(), today, getLocale()),
                    Times.date(due.on(), today, getLocale()))));
    why.setTarget(words);
    return new Span(Icon.CLOCK.draw(), words, why);
  }

  private Component table(CaseRoom room, List<Officer> here) {
    var table = new Div();
    table.addClassName("table");
    table
        .getElement()
        .setAttribute("role", "list")
        .setAttribute("aria-label", getTranslation("room.tab.table"));
    var agencies = new LinkedHashSet<String>();
    if (room.lead() != null) agencies.add(room.lead());
    agencies.addAll(room.assisting());
    if (room.lead() == null) {
      var nobody = new Span(getTranslation("room.nobodyLeads"));
      nobody.getElement().setAttribute("role", "listitem");
      table.add(nobody);
    }
    for (var id : agencies)
      people.directory().agency(id).ifPresent(a -> table.add(seat(a, room, here)));
    return table;
  }

  private Component seat(AgencyAdded agency, CaseRoom room, List<Officer> here) {
    var in = (int) here.stream().filter(o -> o.actsFor(agency.id())).count();
    var left =
        presence.left(room.id()).entrySet().stream()
            .filter(e -> people.officer(e.getKey()).filter(o -> o.actsFor(agency.id())).isPresent())
            .map(e -> e.getValue())
            .max(Comparator.naturalOrder());
    var look = in > 0 ? "here" : left.isPresent() ? "been" : "none";
    var leads = agency.id().equals(room.lead());
    var called = agency.name().in(getLocale());
    var name =
        new Span(leads ? Words.clauses(getLocale(), called, getTranslation("room.leads")) : called);
    var small =
        new Small(
            in > 0
                ? getTranslation("room.inRoom", in)
                : left.map(at ->
                        getTranslation("room.leftAt", Times.CLOCK.format(at.atZone(people.zone()))))
                    .orElseGet(() -> getTranslation("room.notCome")));
    var words = new Div(name, small);
    var seat = new Div(new AgencySquare(agency, getLocale(), look), words);
    seat.addClassName("t");
    seat.getElement().setAttribute("role", "listitem");
    return seat;
  }

  /** Agencies that are not in a case. */
  static List<AgencyAdded> others(CaseRoom room, People people) {
    var others = new ArrayList<>(people.directory().agencyList());
    others.removeIf(a -> room.has(a.id()));
    return others;
  }
}
