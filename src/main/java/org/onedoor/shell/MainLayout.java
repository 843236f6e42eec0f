package org.onedoor.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.KeyModifier;
import com.vaadin.flow.component.Shortcuts;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.contextmenu.ContextMenu;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.page.ColorScheme;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Layout;
import com.vaadin.flow.router.RouterLayout;
import com.vaadin.flow.server.Command;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.spring.security.AuthenticationContext;
import jakarta.annotation.security.PermitAll;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.onedoor.look.Brand;
import org.onedoor.look.Face;
import org.onedoor.look.Icon;
import org.onedoor.look.Keys;
import org.onedoor.look.Small;
import org.onedoor.look.WhileOpen;
import org.onedoor.people.Administration;
import org.onedoor.people.Me;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.SignIns;
import org.onedoor.people.Words;
import org.onedoor.room.Rooms;
import org.onedoor.search.CaseIndex;
import org.onedoor.search.CaseSearch;
import org.onedoor.search.FindDialog;

/** The frame around every screen: where one can go, who one is, in which language and light. */
@Layout
@PermitAll
@JsModule("./shell/light.ts")
@JsModule("./shell/connection.ts")
@JsModule("./shell/keys.ts")
@JsModule("./shell/quiet-reload.ts")
public class MainLayout extends Div implements RouterLayout, AfterNavigationObserver {
  private final Officer officer;
  private final Main main = new Main();
  private final List<Anchor> links = new ArrayList<>();

  public MainLayout(
      Me me,
      People people,
      SignIns signIns,
      Watchman watchman,
      AuthenticationContext auth,
      CaseSearch search,
      CaseIndex index) {
    addClassName("app");
    officer = me.get();
    var asked = VaadinRequest.getCurrent();
    var secret = SignIns.secret(asked == null ? null : asked.getCookies());
    // who is signed out, disabled or given other roles sees the page anew, or the way in; of a
    // browser that does not listen the next request ends the screen
    WhileOpen.look(
        this,
        people::watch,
        () -> {
          var same = people.active(officer.id()).filter(officer::equals).isPresent();
          if (!same || secret.filter(s -> signIns.who(s).isEmpty()).isPresent())
            UI.getCurrent().getPage().reload();
        });
    var skip = new Anchor("#main", getTranslation("shell.skip"));
    skip.addClassName("skip");
    main.setId("main");
    var nav = new Nav();
    nav.addClassName("nav");
    nav.getElement().setAttribute("aria-label", getTranslation("shell.main"));
    nav.add(brand(people), find(search, index));
    link(nav, Icon.TODAY, "shell.today", "");
    link(nav, Icon.CASES, "shell.cases", "cases");
    link(nav, Icon.CALENDAR, "shell.calendar", "calendar");
    link(nav, Icon.SEARCH, "shell.search", "search");
    settings(officer).ifPresent(path -> link(nav, Icon.SETTINGS, "shell.settings", path));
    nav.add(me(people, auth));
    add(skip, nav, main, bar(auth), trouble(watchman), line());
    listenToKeys();
  }

  /** Says what is wrong with the server, as long as it is. */
  private Component trouble(Watchman watchman) {
    var trouble = new Div();
    trouble.addClassName("trouble");
    trouble.setId("trouble");
    trouble.getElement().setAttribute("role", "alert");
    WhileOpen.look(
        trouble,
        watchman::watch,
        () -> {
          var now = watchman.troubles();
          trouble.setText(
              now.contains(Watchman.Trouble.DISK)
                  ? getTranslation("shell.troubleDisk")
                  : now.contains(Watchman.Trouble.CLOCK)
                      ? getTranslation("shell.troubleClock")
                      : "");
        });
    return trouble;
  }

  /** Says that the line to the server is cut; the browser does, because the server cannot. */
  private Component line() {
    var line = new Div();
    line.setId("line");
    line.addClassName("trouble");
    line.getElement()
        .setAttribute("role", "status")
        .setAttribute("data-cut", getTranslation("shell.lineCut", "{0}"));
    return line;
  }

  /** Single keys that nothing on the page itself has taken. */
  private void listenToKeys() {
    getElement()
        .addEventListener(
            "key",
            e -> {
              switch (e.getEventData().path("event.detail").asString("")) {
                case "?" -> keys();
                case "C" -> {
                  if (Rooms.mayRegister(officer)) UI.getCurrent().navigate("register");
                }
                default -> {}
              }
            })
        .addEventData("event.detail");
  }

  private void keys() {
    new KeysDialog(Rooms.mayRegister(officer)).open();
  }

  /** The first page of the settings somebody may open. */
  private static Optional<String> settings(Officer who) {
    if (Administration.keepsPeople(who)) return Optional.of("settings");
    if (Administration.keepsHalls(who)) return Optional.of("settings/halls");
    return Administration.keepsLists(who) ? Optional.of("settings/kinds") : Optional.empty();
  }

  private Component brand(People people) {
    var name = new Span();
    name.getElement().setProperty("innerHTML", "<b>OneDoor</b>");
    var both = new Span(name, new Small(people.directory().centre().in(getLocale())));
    var brand = new Div(Brand.sign(), both);
    brand.addClassName("brand");
    return brand;
  }

  private Component find(CaseSearch search, CaseIndex index) {
    var words = new Span(getTranslation("shell.find"));
    words.addClassName("grow");
    var open = (Command) () -> new FindDialog(officer, search, index).open();
    var find = new NativeButton("", e -> open.execute());
    find.add(Icon.SEARCH.draw(), words, new Keys("Ctrl K"));
    find.addClassName("find");
    find.setId("find");
    find.getElement()
        .setAttribute("aria-label", getTranslation("shell.find"))
        .setAttribute("aria-keyshortcuts", "Control+K Meta+K /");
    for (var with : List.of(KeyModifier.CONTROL, KeyModifier.META))
      Shortcuts.addShortcutListener(this, open, Key.KEY_K, with).setBrowserDefaultAllowed(false);
    return find;
  }

  private void link(Nav nav, Icon icon, String key, String path) {
    var link = anchor(icon, key, path);
    link.addClassName("n");
    nav.add(link);
  }

  private Anchor anchor(Icon icon, String key, String path) {
    var link = new Anchor(path.isEmpty() ? "." : path, "");
    link.getElement().setAttribute("router-link", true);
    link.add(icon.draw(), new Span(getTranslation(key)));
    link.getElement().setAttribute("aria-label", getTranslation(key));
    link.getElement().setProperty("path", path);
    links.add(link);
    return link;
  }

  private Component me(People people, AuthenticationContext auth) {
    var role =
        officer.roles().stream()
            .sorted()
            .findFirst()
            .map(r -> "people.role." + r.word())
            .orElseThrow();
    var agency = people.directory().agencyName(officer.agency(), getLocale());
    var second = new Small(Words.clauses(getLocale(), getTranslation(role), agency));
    var name = new Span(new Span(officer.name().in(getLocale())), second);
    name.addClassName("grow");
    var other = Words.other(getLocale());
    var language = new NativeButton(Words.called(other), e -> Language.choose(other));
    language.getElement().setAttribute("lang", Words.tag(other));
    language.setId("language");
    language.addClassName("linkish");
    var who = new NativeButton("");
    who.add(new Face(officer, people, getLocale()), name);
    who.setId("me");
    who.addClassName("linkish");
    who.getElement().setAttribute("aria-haspopup", "menu");
    menu(who, auth);
    var me = new Div(who, language);
    me.addClassName("me");
    return me;
  }

  private void menu(Component target, AuthenticationContext auth) {
    var menu = new ContextMenu(target);
    menu.setOpenOnClick(true);
    menu.addItem(getTranslation("shell.profile"), e -> UI.getCurrent().navigate("profile"))
        .setId("profile");
    settings(officer)
        .ifPresent(path ->
            menu.addItem(getTranslation("shell.settings"), e -> UI.getCurrent().navigate(path)));
    var other = Words.other(getLocale());
    menu.addItem(Words.called(other), e -> Language.choose(other));
    scheme(menu, "shell.light", ColorScheme.Value.LIGHT);
    scheme(menu, "shell.dark", ColorScheme.Value.DARK);
    scheme(menu, "shell.system", ColorScheme.Value.SYSTEM);
    menu.addItem(getTranslation("shell.keys"), e -> keys()).setId("keys");
    menu.addItem(getTranslation("shell.signOut"), e -> auth.logout()).setId("sign-out");
  }

  private void scheme(ContextMenu menu, String key, ColorScheme.Value value) {
    menu.addItem(
        getTranslation(key),
        e -> {
          UI.getCurrent().getPage().setColorScheme(value);
          Language.remember("onedoor-light", value.name());
        });
  }

  private Component bar(AuthenticationContext auth) {
    var bar = new Nav();
    bar.getElement().setAttribute("aria-label", getTranslation("shell.main"));
    var more = new NativeButton("");
    more.add(Icon.PERSON.draw(), new Span(getTranslation("shell.more")));
    menu(more, auth);
    bar.addClassName("pbar");
    bar.add(
        anchor(Icon.TODAY, "shell.today", ""),
        anchor(Icon.CASES, "shell.cases", "cases"),
        anchor(Icon.CALENDAR, "shell.calendar", "calendar"),
        anchor(Icon.SEARCH, "shell.search", "search"),
        more);
    return bar;
  }

  @Override
  public void showRouterLayoutContent(HasElement content) {
    main.getElement().appendChild(content.getElement());
  }

  @Override
  public void removeRouterLayoutContent(HasElement content) {
    main.getElement().removeAllChildren();
  }

  @Override
  public void afterNavigation(AfterNavigationEvent event) {
    var first = event.getLocation().getFirstSegment();
    for (var link : links) {
      var here = link.getElement().getProperty("path", "").split("/")[0].equals(first);
      link.setClassName("on", here);
      if (here) link.getElement().setAttribute("aria-current", "page");
      else link.getElement().removeAttribute("aria-current");
    }
  }
}
