package org.onedoor.desk;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.onedoor.log.Hub;
import org.onedoor.look.Reading;
import org.onedoor.look.Times;
import org.onedoor.look.WhileOpen;
import org.onedoor.people.Directory;
import org.onedoor.people.Me;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Role;
import org.onedoor.room.Rooms;
import org.onedoor.schedule.Session;
import org.onedoor.schedule.Sessions;
import org.onedoor.search.CaseIndex;
import org.onedoor.search.CaseList;
import org.onedoor.search.CaseQuery;

/** What waits for me or my agency today; each number opens the cases behind it. */
@Route("")
@PermitAll
public final class TodayView extends Div implements HasDynamicTitle {
  private final Officer who;
  private final People people;
  private final CaseList cases;
  private final Rooms rooms;
  private final Sessions sessions;
  private final LocalDate today;
  private final Div tiles = new Div();
  private final Div sessionsToday = new Div();
  private final Reading reading = new Reading();

  /** A number and the list behind it. */
  private record Tile(String key, CaseQuery query, String address, String look) {}

  /** A session with the title of its case. */
  private record Entitled(Session session, String title) {}

  private record Counted(Tile tile, int count) {}

  private record Seen(List<Counted> tiles, List<Entitled> sessions) {}

  public TodayView(
      Me me,
      People people,
      CaseList cases,
      CaseIndex index,
      Rooms rooms,
      Sessions sessions,
      Hub hub,
      InstantSource clock) {
    who = me.get();
    this.people = people;
    this.cases = cases;
    this.rooms = rooms;
    this.sessions = sessions;
    today = LocalDate.ofInstant(clock.instant(), people.zone());
    var title = new H1(getTranslation(officer() ? "desk.forMyAgency" : "desk.today"));
    var day = new Span(Times.date(today, today, getLocale()));
    day.addClassName("m");
    var head = new Div(title, day);
    head.addClassName("head");
    tiles.addClassName("tiles");
    add(head);
    if (sees()) {
      add(tiles, sessionsToday);
      WhileOpen.look(this, index::watch, this::look);
    } else {
      add(NothingPanel.why(who, getLocale()));
    }
    var made = people.directory().tokens().getOrDefault(who.id(), List.of());
    if (!made.isEmpty()) add(tokens(made));
    if (who.is(Role.DIRECTOR)) add(chain(hub));
  }

  /** What a director notes elsewhere, so that nothing before it can be changed or cut unseen. */
  private Section chain(Hub hub) {
    var head = new Code("…");
    head.setId("chain");
    var block =
        new Section(
            new H2(getTranslation("desk.chain")),
            new Paragraph(getTranslation("desk.chainWhy")),
            head);
    block.addClassName("block");
    var asking = new Reading();
    addAttachListener(e -> asking.ask(() -> hub.head().toString(), head::setText));
    return block;
  }

  /** That somebody can act in one's name by program is not to be overlooked. */
  private Section tokens(List<Directory.Made> made) {
    var block = new Section(new H2(getTranslation("desk.tokens")));
    block.addClassName("block");
    for (var token : made) {
      var on = LocalDate.ofInstant(token.at(), people.zone());
      block.add(
          new Paragraph(
              getTranslation("desk.token", token.hint(), Times.date(on, today, getLocale()))));
    }
    return block;
  }

  private boolean officer() {
    return who.is(Role.OFFICER);
  }

  private boolean sees() {
    return who.roles().stream().anyMatch(r -> r != Role.TRAINEE && r != Role.ADMIN);
  }

  private List<Tile> wanted() {
    var mine = officer() ? CaseQuery.ALL.agency(who.agency()) : CaseQuery.ALL;
    var address = officer() ? "cases?agency=" + who.agency() + "&" : "cases?";
    var all = new ArrayList<Tile>();
    if (who.is(Role.COORDINATOR))
      all.add(
          new Tile(
              "desk.unassigned",
              CaseQuery.ALL.status("open").unassigned(true),
              "cases?status=open&unassigned=1",
              ""));
    if (officer())
      all.add(
          new Tile(
              "desk.new",
              mine.status("open").newTo(who.agency()),
              address + "status=open&new=" + who.agency(),
              ""));
    var waiting = officer() ? CaseQuery.ALL.lead(who.agency()) : CaseQuery.ALL;
    all.add(
        new Tile(
            "desk.toAccept",
            waiting.status("registered"),
            officer()
                ? "cases?lead=" + who.agency() + "&status=registered"
                : "cases?status=registered",
            ""));
    all.add(
        new Tile(
            "desk.week",
            mine.status("open").due("week"),
            address + "status=open&due=week",
            "warn"));
    all.add(
        new Tile(
            "desk.late",
            mine.status("open").due("late"),
            address + "status=open&due=late",
            "late"));
    all.add(new Tile("desk.open", mine.status("open"), address + "status=open", ""));
    return all;
  }

  private void look() {
    reading.ask(() -> new Seen(counted(), todays()), this::show);
  }

  private void show(Seen seen) {
    sessionsToday.removeAll();
    sessionsToday.add(block(seen.sessions()));
    tiles.removeAll();
    seen.tiles().forEach(t -> tiles.add(tile(t.tile(), t.count())));
  }

  private List<Counted> counted() {
    return wanted().stream().map(t -> new Counted(t, cases.count(who, t.query()))).toList();
  }

  private Anchor tile(Tile wanted, int count) {
    var n = new Span();
    n.getElement().appendChild(new Element("b").setText("" + count));
    var tile = new Anchor(wanted.address(), "");
    tile.getElement().setAttribute("router-link", true);
    tile.add(n, new Span(getTranslation(wanted.key())));
    tile.addClassName("tile");
    tile.setClassName("none", count == 0);
    if (count > 0 && !wanted.look().isEmpty()) tile.addClassName(wanted.look());
    return tile;
  }

  private List<Entitled> todays() {
    return sessions.between(who, today.atStartOfDay(), today.plusDays(1).atStartOfDay()).stream()
        .filter(Sessions.Slot::seen)
        .map(slot -> new Entitled(slot.session(), rooms.get(slot.session().caseId()).title()))
        .toList();
  }

  private Section block(List<Entitled> todays) {
    var block = new Section(new H2(getTranslation("desk.sessions")));
    block.addClassNames("block", "rows");
    todays.forEach(s -> block.add(line(s.session(), s.title())));
    if (todays.isEmpty()) block.add(new Paragraph(getTranslation("desk.noSessions")));
    return block;
  }

  private Anchor line(Session s, String title) {
    var when = new Span(Times.CLOCK.format(s.from()) + " – " + Times.CLOCK.format(s.to()));
    var what = new Span(title);
    var where = new Span(people.directory().hallName(s.hall(), getLocale()));
    where.addClassName("m");
    var line = new Anchor("cases/" + s.caseId(), "");
    line.getElement().setAttribute("router-link", true);
    line.add(when, what, where);
    return line;
  }

  @Override
  public String getPageTitle() {
    return getTranslation("desk.today") + " · OneDoor";
  }
}
