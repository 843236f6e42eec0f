package org.onedoor.shell;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.login.LoginForm;
import com.vaadin.flow.component.login.LoginI18n;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import org.onedoor.look.Brand;
import org.onedoor.people.People;
import org.onedoor.people.Words;

/** The door itself: an account and its password. */
@Route(value = "login", autoLayout = false)
@AnonymousAllowed
public class LoginView extends Main implements BeforeEnterObserver, HasDynamicTitle {
  private final LoginForm form = new LoginForm();
  private final Div slow = new Div();

  public LoginView(People people) {
    addClassName("signin");
    var founded = people.directory().founded();
    var other = Words.other(getLocale());
    var name = people.directory().centre();
    var centre = new H1(name.in(getLocale()));
    var also = new Paragraph(name.in(other));
    also.getElement().setAttribute("lang", Words.tag(other));
    also.setVisible(!also.getText().equals(centre.getText()));
    var forgotten = new Paragraph(getTranslation("shell.forgotten"));
    forgotten.addClassNames("s", "m");
    form.setAction("login");
    form.setForgotPasswordButtonVisible(false);
    form.setI18n(words());
    slow.addClassNames("err");
    slow.getElement().setAttribute("role", "alert");
    var language = new NativeButton(Words.called(other), e -> Language.choose(other));
    language.getElement().setAttribute("lang", Words.tag(other));
    language.addClassNames("linkish", "lang");
    var none = new Paragraph(getTranslation("shell.noCentre"));
    none.setVisible(!founded);
    form.setVisible(founded);
    forgotten.setVisible(founded);
    var in = new Div(new Brand(), centre, also, none, form, slow, forgotten, language);
    in.addClassName("in");
    add(in);
  }

  private LoginI18n words() {
    var words = LoginI18n.createDefault();
    var texts = words.getForm();
    texts.setTitle(getTranslation("shell.signIn"));
    texts.setUsername(getTranslation("shell.account"));
    texts.setPassword(getTranslation("shell.password"));
    texts.setSubmit(getTranslation("shell.signIn"));
    var error = words.getErrorMessage();
    error.setTitle(getTranslation("shell.signInFailed"));
    error.setMessage(getTranslation("shell.signInFailedHow"));
    error.setUsername(getTranslation("shell.accountMissing"));
    error.setPassword(getTranslation("shell.passwordMissing"));
    return words;
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    var asked = event.getLocation().getQueryParameters();
    form.setError(asked.getParameters().containsKey("error"));
    asked
        .getSingleParameter("slow")
        .filter(s -> s.matches("\\d{1,4}"))
        .ifPresent(s -> slow.setText(getTranslation("people.signInSlow", Integer.valueOf(s))));
  }

  @Override
  public String getPageTitle() {
    return getTranslation("shell.signIn") + " · OneDoor";
  }
}
