package org.onedoor.settings;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Map;
import org.onedoor.event.Kind;
import org.onedoor.look.Notice;
import org.onedoor.look.WhileOpen;
import org.onedoor.people.Administration;
import org.onedoor.people.Me;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Refused;
import org.onedoor.room.AskDialog;
import org.onedoor.share.KindsFile;

/** The class list: what petitions are about, on three levels; replaced as a whole by a file. */
@Route("settings/kinds")
@RolesAllowed({"ADMIN", "COORDINATOR", "DIRECTOR"})
public final class KindsView extends Div implements HasDynamicTitle {
  private final Officer who;
  private final People people;
  private final Administration administration;
  private final Grid<Kind> grid = new Grid<>();
  private final Paragraph count = new Paragraph();

  public KindsView(Me me, People people, Administration administration) {
    who = me.get();
    this.people = people;
    this.administration = administration;
    var how = new Paragraph(getTranslation("settings.kindsHow"));
    how.addClassNames("m", "s");
    var body = new Div(count, how, new FilePanel("settings.kindsFile", this::read));
    body.addClassName("setbody");
    grid.addComponentColumn(this::name).setHeader(getTranslation("settings.class")).setFlexGrow(3);
    grid.addColumn(Kind::code).setHeader(getTranslation("settings.code"));
    grid.getElement().setAttribute("aria-label", getTranslation("settings.kinds"));
    addClassName("fill");
    add(new TabsPanel(who, "kinds"), body, grid);
    WhileOpen.look(this, people::watch, this::show);
  }

  private Component name(Kind kind) {
    var name = new Span(kind.name().in(getLocale()));
    name.addClassName("level" + level(kind));
    return name;
  }

  private int level(Kind kind) {
    var level = 1;
    for (var at = people.directory().kind(kind.parent());
        at.isPresent();
        at = people.directory().kind(at.get().parent())) level++;
    return level;
  }

  private void show() {
    var kinds = people.directory().kinds();
    count.setText(getTranslation("settings.kindsCount", kinds.size()));
    grid.setItems(kinds);
  }

  private void read(byte[] file) {
    try {
      var kinds = KindsFile.read(file);
      new AskDialog(
              getTranslation("settings.replaceKinds"),
              getTranslation(
                  "settings.replaceKindsHow", kinds.size(), people.directory().kinds().size()),
              Map.of(),
              List.of(),
              () -> {
                administration.listKinds(who, kinds);
                Notice.done(getTranslation("settings.saved"));
              })
          .open();
    } catch (Refused refused) {
      Notice.refused(refused);
    }
  }

  @Override
  public String getPageTitle() {
    return getTranslation("settings.kinds") + " · OneDoor";
  }
}
