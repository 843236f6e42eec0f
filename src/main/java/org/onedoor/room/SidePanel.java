package org.onedoor.room;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.onedoor.event.Event.Closed;
import org.onedoor.event.Event.NoteOpened;
import org.onedoor.event.Party;
import org.onedoor.look.Bilingual;
import org.onedoor.look.Icon;
import org.onedoor.look.Notice;
import org.onedoor.look.Reading;
import org.onedoor.look.Small;
import org.onedoor.look.Times;
import org.onedoor.people.Masked;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Refused;
import org.onedoor.people.Thing;
import org.onedoor.people.Words;
import org.onedoor.schedule.Session;

/** Beside the notes: parties, the person's own words, sessions, and what happened. */
final class SidePanel extends Div {
  private final Officer who;
  private final People people;
  private final ActionsPanel actions;
  private final Reveals reveals;
  private final LocalDate today;
  private final Reading reading = new Reading();
  private List<?> shown = List.of();

  /** The case of which telephone numbers and addresses are shown. */
  private String open = "";

  SidePanel(Officer who, People people, ActionsPanel actions, Reveals reveals, LocalDate today) {
    this.who = who;
    this.people = people;
    this.actions = actions;
    this.reveals = reveals;
    this.today = today;
  }

  void show(CaseRoom room, List<Session> sessions, List<Timeline.Line> happened) {
    if (!people.maySee(who, new Thing.Particulars(room.id()))) open = ""; // no longer
    var shows = List.of(room.id(), room.version(), room.changed(), sessions, happened, open);
    if (shows.equals(shown)) return;
    shown = shows;
    removeAll();
    var waits = room.erasure();
    if (waits != null)
      add(
          new ProposalPanel(
              who,
              actions.erasures(),
              room,
              waits,
              actions.parties(room),
              people.directory().officerName(waits.by(), getLocale())));
    var closed = room.closed();
    if (closed != null) add(ended(closed));
    add(parties(room), words(room), sessions(room, sessions), happened(happened));
  }

  void empty() {
    shown = List.of();
    open = "";
    removeAll();
  }

  /** What whoever opens a closed case looks for first. */
  private Component ended(Closed closed) {
    var outcome = new Paragraph(getTranslation("room.outcome." + closed.outcome()));
    var section = new Section(new H2(getTranslation("room.outcome")), outcome);
    section.setId("ended");
    if (!closed.summary().isBlank()) section.add(own(closed.summary()));
    return section;
  }

  private Component parties(CaseRoom room) {
    var section = new Section(new H2(getTranslation("room.parties")));
    if (room.parties().isEmpty()) section.add(new Paragraph(getTranslation("room.noParties")));
    room.parties().forEach(p -> section.add(party(p, open.equals(room.id()))));
    if (room.parties().stream().anyMatch(Reveals::any)) particulars(section, room);
    return section;
  }

  /** Who needs them may have them shown, which is written down; who is responsible sees by whom. */
  private void particulars(Section section, CaseRoom room) {
    if (!open.equals(room.id()) && people.maySee(who, new Thing.Particulars(room.id()))) {
      var show = new NativeButton(getTranslation("room.reveal"), e -> reveal(section, room));
      show.addClassName("linkish");
      show.setId("reveal");
      section.add(show);
    }
    if (Erasures.may(who)) {
      var seen = new Details(getTranslation("room.revealedTo"));
      seen.addOpenedChangeListener(e -> {
        if (e.isOpened()) reading.ask(() -> reveals.newest(room.id(), 20), all -> tell(seen, all));
      });
      section.add(seen);
    }
  }

  private void reveal(Section section, CaseRoom room) {
    reading.ask(
        () -> reveals.open(who, room.id(), "room"),
        may -> {
          if (!may) {
            Notice.refused(new Refused(Refused.Code.UNAVAILABLE, "people.unavailable"));
            return;
          }
          open = room.id();
          replace(section, parties(room));
        });
  }

  private void tell(Details seen, List<Reveals.Seen> all) {
    seen.removeAll();
    if (all.isEmpty()) seen.add(new Paragraph(getTranslation("room.revealedToNobody")));
    for (var one : all)
      seen.add(
          new Paragraph(
              getTranslation(
                  "room.revealedLine",
                  people.directory().officerName(one.by(), getLocale()),
                  at(one.at()),
                  getTranslation("room.revealed." + one.how()))));
  }

  private Component party(Party party, boolean open) {
    var whole = party.person();
    var person = whole == null || open ? whole : Masked.of(whole);
    var name = new Bilingual(person == null ? getTranslation("room.erasedName") : person.name());
    var known = new ArrayList<String>();
    known.add(getTranslation("room.role." + party.role()));
    if (person != null) {
      for (var text :
          new String[] {person.contact(), person.phone(), person.idNumber(), person.address()})
        if (text != null) known.add(text);
    }
    return line(
        party.type().equals("organisation") ? Icon.HOUSE : Icon.PERSON,
        name,
        Words.clauses(getLocale(), known));
  }

  private static Component line(Icon icon, Component first, String second) {
    var line = new Div(icon.draw(), new Div(first, new Small(second)));
    line.addClassName("li");
    return line;
  }

  private Component words(CaseRoom room) {
    var section = new Section(new H2(getTranslation("room.about")), own(room.words()));
    if (!room.needs().isEmpty())
      section.add(
          line(
              Icon.PAPER,
              new Span(getTranslation("room.needs")),
              Words.row(getLocale(), room.needs())));
    for (var c : room.contacts())
      section.add(
          line(Icon.PEN, new Span(getTranslation("room.channel." + c.channel())), c.words()));
    return section;
  }

  /** Somebody's own words, in whichever language they are. */
  private static Component own(String words) {
    var own = new Paragraph(new Bilingual(words));
    own.addClassName("own");
    return own;
  }

  private Component sessions(CaseRoom room, List<Session> all) {
    var section = new Section(new H2(getTranslation("room.sessions")));
    if (all.isEmpty()) section.add(new Paragraph(getTranslation("room.noSessions")));
    for (var s : all) section.add(session(s, room));
    return section;
  }

  private Component session(Session s, CaseRoom room) {
    var locale = getLocale();
    var when = new Span(Timeline.when(s.from(), locale));
    var said = new ArrayList<String>();
    said.add(getTranslation("schedule.kind." + s.kind()));
    said.add(people.directory().hallName(s.hall(), locale));
    said.add(getTranslation("schedule.state." + s.state()));
    var names = people.directory().officerNames(s.mediators(), locale);
    if (!names.isEmpty()) said.add(getTranslation("schedule.mediates", names));
    var line = line(Icon.CALENDAR, when, Words.clauses(locale, said));
    if (!s.state().equals("cancelled")
        && people.mayRead(who, room.id(), "joint", null)
        && room.open()) {
      var record = new NativeButton(getTranslation("schedule.record"), e -> record(s, room));
      record.addClassName("linkish");
      line.getElement().getChild(1).appendChild(record.getElement());
    }
    return line;
  }

  /** Opens the session's record, or begins it with the names filled in. */
  private void record(Session s, CaseRoom room) {
    var known =
        people.access(room.id()).notes().values().stream()
            .filter(n -> s.id().equals(n.session()))
            .findFirst();
    try {
      var id = known.isPresent() ? known.get().id() : begin(s, room);
      UI.getCurrent().navigate("cases/" + room.id() + "/notes/" + id);
    } catch (Refused e) {
      Notice.refused(e);
    }
  }

  private String begin(Session s, CaseRoom room) {
    var locale = getLocale();
    var title =
        getTranslation(
            "schedule.recordTitle",
            getTranslation("schedule.kind." + s.kind()),
            Timeline.when(s.from(), locale));
    var present =
        Stream.concat(
                Stream.concat(s.mediators().stream(), s.officers().stream())
                    .flatMap(o -> people.officer(o).stream())
                    .map(o -> o.name().in(locale)),
                s.parties().stream().map(p -> actions.parties(room).getOrDefault(p, p)))
            .toList();
    var beginning =
        title + "\n" + getTranslation("schedule.present", Words.row(locale, present)) + "\n";
    var entry =
        actions.notes().open(who, room.id(), title, "joint", s.id(), beginning, "record:" + s.id());
    return ((NoteOpened) entry.event()).id();
  }

  private Component happened(List<Timeline.Line> lines) {
    var list = new UnorderedList();
    list.addClassName("tl");
    for (var line : lines) {
      var at = new Span(at(line.at()));
      at.addClassNames("s", "m");
      var said = new Span(line.said());
      said.getElement().setAttribute("dir", "auto");
      list.add(new ListItem(at, said));
    }
    var section = new Section(new H2(getTranslation("room.happened")), list);
    section.setId("happened");
    return section;
  }

  private String at(Instant at) {
    var local = at.atZone(people.zone());
    return local.toLocalDate().equals(today)
        ? Times.CLOCK.format(local)
        : Times.date(local.toLocalDate(), today, getLocale());
  }
}
