package org.onedoor.settings;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import org.onedoor.look.Notice;
import org.onedoor.people.Administration;
import org.onedoor.people.Me;
import org.onedoor.people.People;
import org.onedoor.people.Refused;

/** What the centre is called and in which language it speaks first; its zone is fixed. */
@Route("settings")
@RolesAllowed("ADMIN")
public final class CentreView extends Div implements HasDynamicTitle {
  public CentreView(Me me, People people, Administration administration) {
    var who = me.get();
    var now = people.directory();
    var centre = new CentrePanel(true);
    centre.fill(now.centre(), now.zone().getId(), now.language());
    var save =
        new Button(
            getTranslation("settings.save"),
            e -> {
              try {
                var entered = centre.entered();
                administration.nameCentre(who, entered.name(), entered.language());
                Notice.done(getTranslation("settings.saved"));
              } catch (Refused refused) {
                Notice.refused(refused, centre.fields());
              }
            });
    save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    var hint = new Paragraph(getTranslation("settings.adminSeesNone"));
    hint.addClassNames("m", "s");
    var body = new Div(centre, save, hint);
    body.addClassName("setbody");
    add(new TabsPanel(who, "centre"), body);
  }

  @Override
  public String getPageTitle() {
    return getTranslation("settings.centre") + " · OneDoor";
  }
}
