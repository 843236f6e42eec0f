package org.onedoor.settings;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinSession;
import jakarta.annotation.security.PermitAll;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.onedoor.look.Notice;
import org.onedoor.look.SmallButton;
import org.onedoor.look.Times;
import org.onedoor.look.WhileOpen;
import org.onedoor.people.Accounts;
import org.onedoor.people.Administration;
import org.onedoor.people.Directory.Made;
import org.onedoor.people.Me;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Refused;
import org.onedoor.people.Role;
import org.onedoor.people.SignIns;
import org.onedoor.people.SignIns.SignIn;
import org.onedoor.people.Tokens;

/** One's own page: who one is here, the password, the tokens of one's programs, the sign-ins. */
@Route("profile")
@PermitAll
public final class ProfileView extends Div implements HasDynamicTitle {
  private final Officer who;
  private final People people;
  private final Accounts accounts;
  private final Tokens tokens;
  private final SignIns signIns;
  private final Administration administration;
  private final @Nullable String here;
  private final UnorderedList tokenList = new UnorderedList();
  private final UnorderedList signInList = new UnorderedList();

  public ProfileView(
      Me me,
      People people,
      Accounts accounts,
      Tokens tokens,
      SignIns signIns,
      Administration administration) {
    who = me.get();
    this.people = people;
    this.accounts = accounts;
    this.tokens = tokens;
    this.signIns = signIns;
    this.administration = administration;
    here = secret();
    var head = new Div(new H1(who.name().in(getLocale())));
    head.addClassName("head");
    var body = new Div(about(), password(), tokens(), signIns());
    body.addClassName("setbody");
    add(head, body);
    WhileOpen.look(this, people::watch, this::show);
  }

  /** Which of the sign-ins this page is of. */
  private static @Nullable String secret() {
    var request = VaadinRequest.getCurrent();
    return request == null
        ? null
        : SignIns.secret(request.getCookies()).map(SignIns::id).orElse(null);
  }

  private Component about() {
    var agency = people.directory().agencyName(who.agency(), getLocale());
    var roles = Role.names(who.roles(), getLocale());
    return new Paragraph(getTranslation("settings.youAre", who.id(), agency, roles));
  }

  private Component password() {
    var old = new PasswordField(getTranslation("settings.oldPassword"));
    old.setWidthFull();
    old.setAutocomplete(Autocomplete.CURRENT_PASSWORD);
    var fresh = new PasswordPanel();
    var named = new HashMap<String, Component>(fresh.fields());
    named.put("old", old);
    var change =
        new Button(
            getTranslation("settings.changePassword"),
            e -> {
              try {
                accounts.change(who, old.getValue(), fresh.first(), fresh.again(), here, address());
                old.clear();
                fresh.clear();
                Notice.done(getTranslation("settings.passwordChanged"));
                show();
              } catch (Refused refused) {
                Notice.refused(refused, named);
              }
            });
    var section = new Section(new H2(getTranslation("settings.password")), old, fresh, change);
    section.addClassName("sform");
    return section;
  }

  /** From where this page was opened: wrong tries count against it. */
  private static String address() {
    var session = VaadinSession.getCurrent();
    return session == null ? "" : Objects.requireNonNullElse(session.getBrowser().getAddress(), "");
  }

  private Component tokens() {
    var make = new SmallButton(getTranslation("settings.makeToken"), this::makeToken);
    var how = new Paragraph(getTranslation("settings.tokensHow"));
    how.addClassNames("m", "s");
    return new Section(new H2(getTranslation("settings.tokens")), how, tokenList, make);
  }

  private void makeToken() {
    try {
      var dialog = new Dialog(getTranslation("settings.newToken"));
      var body =
          new Div(
              new Paragraph(getTranslation("settings.newTokenHow")),
              LinkPanel.secret(getTranslation("settings.token"), tokens.make(who.id(), who.id())));
      body.addClassName("dlg");
      dialog.add(body);
      dialog.getFooter().add(new Button(getTranslation("settings.close"), e -> dialog.close()));
      dialog.open();
      show();
    } catch (Refused refused) {
      Notice.refused(refused);
    }
  }

  private Component signIns() {
    var all =
        new SmallButton(
            getTranslation("settings.signOutEverywhere"),
            () -> administration.signOut(who, who.id()));
    return new Section(new H2(getTranslation("settings.signIns")), signInList, all);
  }

  private void show() {
    tokenList.removeAll();
    var made = people.directory().tokens().getOrDefault(who.id(), List.of());
    made.forEach(t -> tokenList.add(token(t)));
    if (made.isEmpty()) tokenList.add(new ListItem(getTranslation("settings.noTokens")));
    signInList.removeAll();
    signIns.of(who.id()).forEach(s -> signInList.add(signIn(s)));
  }

  private ListItem token(Made made) {
    var said = new Span(getTranslation("settings.tokenMade", made.hint(), when(made.at())));
    var item = new ListItem(said);
    var id = made.id();
    if (id != null)
      item.add(
          new SmallButton(
              getTranslation("settings.revoke"),
              said.getText(),
              () -> {
                tokens.revoke(who, id);
                show();
              }));
    item.addClassName("row");
    return item;
  }

  private ListItem signIn(SignIn one) {
    var own = one.id().equals(here);
    var said =
        new Span(
            getTranslation(
                own ? "settings.signInHere" : "settings.signInSince", one.from(), when(one.at())));
    var item = new ListItem(said);
    if (!own)
      item.add(
          new SmallButton(
              getTranslation("settings.end"),
              said.getText(),
              () -> {
                signIns.end(who.id(), one.id());
                show();
              }));
    item.addClassName("row");
    return item;
  }

  private String when(Instant at) {
    return Times.MINUTE.format(at.atZone(people.zone()));
  }

  @Override
  public String getPageTitle() {
    return getTranslation("settings.profile") + " · OneDoor";
  }
}
