package org.onedoor.room;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Aside;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteAlias;
import jakarta.annotation.security.PermitAll;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.onedoor.log.Following;
import org.onedoor.look.Empty;
import org.onedoor.look.Reading;
import org.onedoor.look.WhileOpen;
import org.onedoor.note.Notes;
import org.onedoor.people.Me;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Thing;
import org.onedoor.schedule.Session;
import org.onedoor.schedule.Sessions;

/**
 * A case as one room: head, notes, and beside them parties, sessions and what happened. It looks
 * again whenever something happens, and ends at once when the right to see it does.
 */
@Route("cases/:case")
@RouteAlias("cases/:case/notes/:note")
@PermitAll
@JsModule("./room/room-live.ts")
public final class RoomView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  /** Lines of what happened; who wants the rest reads the case's history. */
  private static final int NEWEST = 60;

  private final Officer who;
  private final People people;
  private final Rooms rooms;
  private final Watch watch;
  private final Presence presence;
  private final LocalDate today;
  private final HeadPanel head;
  private final NotesPanel notesPanel;
  private final SidePanel side;
  private final Aside aside = new Aside();
  private final ActionsPanel actions;
  private final Sessions sessions;
  private final Timeline timeline;
  private final Reading reading = new Reading();
  private List<Following> followings = List.of();
  private String caseId = "";
  private @Nullable CaseRoom shown;

  /** All that is read for one look at a room. */
  private record Seen(CaseRoom room, List<Session> sessions, List<Timeline.Line> happened) {}

  public RoomView(
      Me me,
      People people,
      Rooms rooms,
      Notes notes,
      Sessions sessions,
      Timeline timeline,
      Watch watch,
      Presence presence,
      Erasures erasures,
      Reveals reveals,
      InstantSource clock) {
    who = me.get();
    this.people = people;
    this.rooms = rooms;
    this.watch = watch;
    this.presence = presence;
    this.sessions = sessions;
    this.timeline = timeline;
    today = LocalDate.ofInstant(clock.instant(), people.zone());
    actions = new ActionsPanel(who, people, rooms, sessions, notes, erasures, reveals);
    head = new HeadPanel(who, people, presence, actions, today);
    notesPanel = new NotesPanel(who, people, notes);
    side = new SidePanel(who, people, actions, reveals, today);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    var asked = event.getRouteParameters();
    var id = asked.get("case").orElse("");
    if (!id.equals(caseId)) empty();
    caseId = id;
    if (!people.maySee(who, new Thing.Facts(caseId))) {
      event.rerouteToError(NotFoundException.class);
      return;
    }
    var find = event.getLocation().getQueryParameters().getSingleParameter("find").orElse("");
    removeAll();
    var place = new Place(caseId, getTranslation("room.offline"));
    aside.removeAll();
    aside.add(side);
    aside.addClassName("side");
    var drawer =
        new NativeButton(
            getTranslation("room.tab.case"),
            e -> aside.setClassName("shown", !aside.hasClassName("shown")));
    drawer.addClassNames("btn", "drawer");
    var body = new Div(notesPanel, aside);
    body.addClassName("room-body");
    add(place, head, drawer, body);
    notesPanel.open(caseId, asked.get("note").orElse(""), find);
    follow(event.getUI());
    if (isAttached()) look(); // on a new screen the attaching looks
  }

  /** One screen may serve one room after the other: nothing of the last one may be left. */
  private void empty() {
    shown = null;
    head.empty();
    side.empty();
  }

  /** It follows the one it shows. */
  private void follow(UI ui) {
    followings.forEach(Following::close);
    var look = WhileOpen.soon(ui, this::look);
    var head = WhileOpen.soon(ui, this::showHead);
    followings =
        List.of(watch.of(caseId, _ -> look.run(), look), presence.watch(caseId, _ -> head.run()));
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    look(); // the right may have ended since the address was asked for
  }

  @Override
  protected void onDetach(DetachEvent detach) {
    followings.forEach(Following::close);
    followings = List.of();
  }

  private void look() {
    if (followings.isEmpty()) return;
    var asked = caseId;
    var locale = getLocale();
    reading.ask(
        () -> read(asked, locale),
        seen -> {
          if (!asked.equals(caseId) || followings.isEmpty()) return;
          if (seen.isPresent() && people.maySee(who, new Thing.Facts(caseId))) show(seen.get());
          else gone();
        });
  }

  private Optional<Seen> read(String id, Locale locale) {
    if (!people.maySee(who, new Thing.Facts(id))) return Optional.empty();
    return Optional.of(
        new Seen(
            rooms.get(id), sessions.calendar().of(id), timeline.newest(who, id, NEWEST, locale)));
  }

  private void show(Seen seen) {
    shown = seen.room();
    showHead();
    notesPanel.show();
    side.show(seen.room(), seen.sessions(), seen.happened());
  }

  private void showHead() {
    if (shown != null && shown.id().equals(caseId)) head.show(shown, presence.here(caseId));
  }

  /** The right to see the room ended: nothing of it stays on the screen. */
  private void gone() {
    followings.forEach(Following::close);
    followings = List.of();
    actions.closeDialogs();
    empty();
    removeAll();
    var back = new Anchor("cases", getTranslation("room.toCases"));
    back.getElement().setAttribute("router-link", true);
    var said = new Empty(getTranslation("room.gone"), getTranslation("room.goneHow", caseId), back);
    said.getElement().setAttribute("role", "alert");
    add(said, notesPanel.left());
  }

  @Override
  public String getPageTitle() {
    return caseId + " · OneDoor";
  }

  /** Holds one's place in the room as long as the page is open. */
  @Tag("room-live")
  private static final class Place extends Component {
    Place(String caseId, String offline) {
      getElement().setAttribute("case", caseId).setAttribute("role", "status");
      getElement().setText(offline);
    }
  }
}
