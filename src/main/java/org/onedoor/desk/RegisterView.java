package org.onedoor.desk;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.KeyModifier;
import com.vaadin.flow.component.Shortcuts;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.time.InstantSource;
import java.time.LocalDate;
import org.onedoor.look.Keys;
import org.onedoor.look.Notice;
import org.onedoor.look.Reading;
import org.onedoor.look.Times;
import org.onedoor.look.WhileOpen;
import org.onedoor.people.Me;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Refused;
import org.onedoor.people.Thing;
import org.onedoor.room.Rooms;
import org.onedoor.search.CaseIndex;
import org.onedoor.search.EarlierCases;

/**
 * Writing a petition down at any window, by keyboard alone: the person's own words first. What is
 * typed is kept as a draft of the account; cases of the same person or matter appear beside it.
 */
@Route("register")
@RolesAllowed({"CLERK", "COORDINATOR", "OFFICER"})
public final class RegisterView extends Div implements HasDynamicTitle {
  private final Officer who;
  private final People people;
  private final Rooms rooms;
  private final Drafts drafts;
  private final PetitionPanel form;
  private final EarlierPanel earlier;
  private final Span kept = new Span();
  private final Reading keeping = new Reading();

  public RegisterView(
      Me me,
      People people,
      Rooms rooms,
      EarlierCases search,
      CaseIndex index,
      Drafts drafts,
      InstantSource clock) {
    who = me.get();
    this.people = people;
    this.rooms = rooms;
    this.drafts = drafts;
    form = new PetitionPanel(people, this::changed);
    earlier = new EarlierPanel(who, search);
    var day = new Span(Times.day(LocalDate.ofInstant(clock.instant(), people.zone()), getLocale()));
    day.addClassName("m");
    var head = new Div(new H1(getTranslation("desk.registerTitle")), day);
    head.addClassName("head");
    form.add(foot());
    var two = new Div(form, earlier);
    two.addClassName("two");
    add(head, two);
    form.fill(drafts.load(who.id()));
    WhileOpen.look(this, index::watch, () -> earlier.look(form.entered()));
    Shortcuts.addShortcutListener(this, this::register, Key.ENTER, KeyModifier.CONTROL);
  }

  private Component foot() {
    var send = new Button(getTranslation("desk.registerNow"), e -> register());
    send.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    send.setId("register");
    kept.addClassNames("m", "s");
    kept.getElement().setAttribute("role", "status");
    var foot = new Div(send, new Keys("Ctrl", "Enter"), kept);
    foot.addClassNames("row", "foot");
    return foot;
  }

  /** Keeps the draft, off the screen's thread, and looks for earlier cases where words changed. */
  private void changed(boolean words) {
    if (!isAttached()) return;
    var petition = form.entered();
    keeping.ask(
        () -> drafts.save(who.id(), petition),
        () -> kept.setText(getTranslation("desk.draftKept")));
    if (words) earlier.look(petition);
  }

  private void register() {
    try {
      var entry = rooms.register(who, form.entered(), null);
      // in turn, or a draft that is just being kept would come back
      keeping.ask(() -> drafts.drop(who.id()), () -> kept.setText(""));
      var id = entry.stream().substring("case/".length());
      Notice.done(getTranslation("desk.registeredAs", id));
      if (people.maySee(who, new Thing.Facts(id))) UI.getCurrent().navigate("cases/" + id);
      else UI.getCurrent().navigate("cases");
    } catch (Refused e) {
      Notice.refused(e, form.fields());
    }
  }

  @Override
  public String getPageTitle() {
    return getTranslation("desk.registerTitle") + " · OneDoor";
  }
}
