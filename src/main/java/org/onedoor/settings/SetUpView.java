package org.onedoor.settings;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.onedoor.event.Event.HallAdded;
import org.onedoor.event.Kind;
import org.onedoor.event.Label;
import org.onedoor.look.Brand;
import org.onedoor.look.Notice;
import org.onedoor.people.Founding;
import org.onedoor.people.Refused;
import org.onedoor.people.SetUp;
import org.onedoor.people.Words;

/**
 * Setting up a centre in four steps, or by one file. What was entered is kept with every step, so
 * the link may be opened again, on another day or machine; nothing exists before the last step.
 */
@Route(value = "setup", autoLayout = false)
@AnonymousAllowed
public final class SetUpView extends Main implements BeforeEnterObserver, HasDynamicTitle {
  private static final List<String> STEPS = List.of("centre", "agencies", "accounts", "check");

  private final SetUp setUp;
  private final CentrePanel centre = new CentrePanel(false);
  private final RowsPanel.Agencies agencies = new RowsPanel.Agencies();
  private final RowsPanel.Accounts accounts = new RowsPanel.Accounts(agencies::entered);
  private final PasswordPanel password = new PasswordPanel();
  private final OrderedList steps = new OrderedList();
  private final Div body = new Div();
  private List<HallAdded> halls = List.of();
  private List<Kind> kinds = List.of();
  private String key = "";
  private int step;

  public SetUpView(SetUp setUp) {
    this.setUp = setUp;
    addClassName("setup");
    centre.fill(
        new Label("", null),
        ZoneId.systemDefault().getId(),
        getLocale().getLanguage().equals("zh") ? "zh" : "en");
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    key = event.getLocation().getQueryParameters().getSingleParameter("key").orElse("");
    removeAll();
    add(new Brand(), new H1(getTranslation("settings.setUpTitle")));
    if (!setUp.opens(key)) {
      add(
          new Paragraph(
              getTranslation(setUp.needed() ? "settings.linkOver" : "people.setUpAlready")),
          new Anchor("login", getTranslation("settings.signIn")));
      return;
    }
    steps.addClassName("steps");
    add(steps, body);
    setUp.draft().ifPresent(this::fill);
    show(0);
  }

  private void fill(Founding f) {
    centre.fill(f.centre().name(), f.centre().zone(), f.centre().language());
    agencies.fill(f.agencies());
    accounts.fill(f.accounts());
    halls = f.halls();
    kinds = f.kinds();
  }

  private void show(int now) {
    step = now;
    steps.removeAll();
    for (var i = 0; i < STEPS.size(); i++) {
      var item = new ListItem(getTranslation("settings.step." + STEPS.get(i)));
      if (i == now) item.getElement().setAttribute("aria-current", "step");
      steps.add(item);
    }
    var title = new H2(getTranslation("settings.step." + STEPS.get(now)));
    title.getElement().setAttribute("tabindex", "-1");
    var how = new Paragraph(getTranslation("settings.stepHow." + STEPS.get(now)));
    body.removeAll();
    body.add(title, how);
    switch (STEPS.get(now)) {
      case "centre" -> body.add(centre, new FilePanel("settings.fromFile", this::read));
      case "agencies" -> body.add(agencies);
      case "accounts" -> {
        accounts.offer();
        body.add(accounts, new H2(getTranslation("settings.yourPassword")), password);
      }
      default -> body.add(summary());
    }
    body.add(buttons(now));
    if (now > 0) title.getElement().callJsFunction("focus");
  }

  private Component buttons(int now) {
    var row = new Div();
    row.addClassNames("row", "foot");
    if (now > 0) row.add(new Button(getTranslation("settings.back"), e -> show(now - 1)));
    var last = now == STEPS.size() - 1;
    var next =
        new Button(
            getTranslation(last ? "settings.found" : "settings.next"),
            e -> {
              try {
                if (last) found();
                else next();
              } catch (Refused refused) {
                refused(refused);
              }
            });
    next.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    next.setId("next");
    row.add(next);
    return row;
  }

  private void read(byte[] file) {
    try {
      fill(SetUp.proper(Founding.read(file)));
      setUp.keep(entered());
      Notice.done(getTranslation("settings.fileRead"));
    } catch (Refused refused) {
      Notice.refused(refused);
    }
  }

  private Founding entered() {
    return new Founding(centre.entered(), agencies.entered(), accounts.entered(), halls, kinds);
  }

  private void next() {
    var entered = entered();
    switch (STEPS.get(step)) {
      case "centre" -> SetUp.centre(entered.centre());
      case "agencies" -> SetUp.agencies(entered.agencies());
      default -> SetUp.people(entered, accounts.own(), password.first(), password.again());
    }
    setUp.keep(entered);
    show(step + 1);
  }

  private Component summary() {
    var f = entered();
    var list = new UnorderedList();
    list.add(
        new ListItem(
            getTranslation(
                "settings.sum.centre", f.centre().name().in(getLocale()), f.centre().zone())),
        new ListItem(getTranslation("settings.sum.agencies", f.agencies().size())),
        new ListItem(getTranslation("settings.sum.accounts", f.accounts().size(), accounts.own())),
        new ListItem(getTranslation("settings.sum.halls", f.halls().size())),
        new ListItem(getTranslation("settings.sum.kinds", f.kinds().size())));
    return list;
  }

  private void found() {
    var entered = entered();
    var links = setUp.found(key, entered, accounts.own(), password.first(), password.again());
    removeAll();
    var done = new H1(getTranslation("settings.founded", entered.centre().name().in(getLocale())));
    done.getElement().setAttribute("role", "status");
    add(done, new Anchor("login", getTranslation("settings.signIn")));
    if (links.isEmpty()) return;
    add(new Paragraph(getTranslation("settings.linksHow")));
    for (var account : entered.accounts()) {
      var secret = links.get(account.id());
      if (secret != null)
        add(
            LinkPanel.link(
                Words.clauses(getLocale(), account.name().in(getLocale()), account.id()),
                "welcome?key=" + secret));
    }
  }

  private void refused(Refused refused) {
    Map<String, Component> fields = new HashMap<>(centre.fields());
    fields.putAll(agencies.fields());
    fields.putAll(accounts.fields());
    fields.putAll(password.fields());
    Notice.refused(refused, fields);
  }

  @Override
  public String getPageTitle() {
    return getTranslation("settings.setUpTitle") + " · OneDoor";
  }
}
