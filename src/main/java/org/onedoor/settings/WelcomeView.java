package org.onedoor.settings;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import org.onedoor.look.Brand;
import org.onedoor.look.Notice;
import org.onedoor.people.Invitations;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Refused;

/** Behind the link somebody was given: the owner of an account sets its password, once. */
@Route(value = "welcome", autoLayout = false)
@AnonymousAllowed
public final class WelcomeView extends Main implements BeforeEnterObserver, HasDynamicTitle {
  private final Invitations invitations;
  private final People people;
  private final Div in = new Div();

  public WelcomeView(Invitations invitations, People people) {
    this.invitations = invitations;
    this.people = people;
    addClassName("signin");
    in.addClassName("in");
    add(in);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    var key = event.getLocation().getQueryParameters().getSingleParameter("key").orElse("");
    in.removeAll();
    in.add(new Brand(), new H1(people.directory().centre().in(getLocale())));
    invitations.who(key).ifPresentOrElse(who -> form(who, key), this::nothing);
  }

  private void nothing() {
    in.add(new Paragraph(getTranslation("people.noInvitation")), signIn());
  }

  private Anchor signIn() {
    return new Anchor("login", getTranslation("settings.signIn"));
  }

  private void form(Officer who, String key) {
    var password = new PasswordPanel();
    var set = new Button(getTranslation("settings.setPassword"), e -> set(key, password));
    set.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    in.add(
        new Paragraph(getTranslation("settings.welcome", who.name().in(getLocale()), who.id())),
        password,
        set);
  }

  private void set(String key, PasswordPanel password) {
    try {
      invitations.accept(key, password.first(), password.again());
      in.removeAll();
      var done = new Paragraph(getTranslation("settings.passwordSet"));
      done.getElement().setAttribute("role", "status");
      in.add(new H1(people.directory().centre().in(getLocale())), done, signIn());
    } catch (Refused refused) {
      Notice.refused(refused, password.fields());
    }
  }

  @Override
  public String getPageTitle() {
    return getTranslation("settings.setPassword") + " · OneDoor";
  }
}
