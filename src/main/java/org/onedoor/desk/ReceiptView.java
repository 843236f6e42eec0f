package org.onedoor.desk;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import java.time.InstantSource;
import java.time.LocalDate;
import org.onedoor.look.Times;
import org.onedoor.people.Me;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Thing;
import org.onedoor.room.Due;
import org.onedoor.room.Rooms;
import org.onedoor.room.Watch;

/** What the person takes home: that it was received, its number, and by when they hear. */
@Route("cases/:case/receipt")
@PermitAll
public final class ReceiptView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private final Officer who;
  private final Watch watch;
  private final People people;
  private final Rooms rooms;
  private final InstantSource clock;
  private String shown = "";

  public ReceiptView(Me me, People people, Rooms rooms, Watch watch, InstantSource clock) {
    who = me.get();
    this.watch = watch;
    this.people = people;
    this.rooms = rooms;
    this.clock = clock;
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    var id = event.getRouteParameters().get("case").orElse("");
    if (!people.maySee(who, new Thing.Facts(id))) {
      event.rerouteToError(NotFoundException.class);
      return;
    }
    shown = id;
    var room = rooms.get(id);
    var today = LocalDate.ofInstant(clock.instant(), people.zone());
    var registered = LocalDate.ofInstant(room.registeredAt(), people.zone());
    var title = new Paragraph(room.title());
    title.getElement().setAttribute("dir", "auto");
    var print =
        new NativeButton(
            getTranslation("desk.print"), e -> UI.getCurrent().getPage().executeJs("print()"));
    print.addClassNames("btn", "pri", "noprint");
    var sheet =
        new Div(
            new Paragraph(people.directory().centre().in(getLocale())),
            new H1(getTranslation("desk.receiptFor", id)),
            title,
            new Paragraph(
                getTranslation(
                    "desk.receiptSays",
                    Times.date(registered, today, getLocale()),
                    id,
                    Times.date(
                        Due.accept(room.registeredAt(), people.zone()).on(), today, getLocale()))),
            print);
    sheet.addClassName("receipt");
    add(sheet);
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    var ui = attach.getUI();
    var id = shown;
    Runnable look =
        () -> {
          if (!people.maySee(who, new Thing.Facts(id)))
            ui.access(() -> ui.navigate("cases/" + id)); // which says why there is nothing
        };
    var watching = watch.of(id, _ -> look.run(), look);
    addDetachListener(detach -> {
      detach.unregisterListener();
      watching.close();
    });
  }

  @Override
  public String getPageTitle() {
    return getTranslation("desk.receipt") + " · OneDoor";
  }
}
