package org.onedoor.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.i18n.I18NProvider;
import com.vaadin.flow.server.CustomizedSystemMessages;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinServiceInitListener;
import com.vaadin.flow.server.VaadinSession;
import jakarta.servlet.http.Cookie;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.onedoor.people.People;
import org.onedoor.people.Words;
import org.springframework.stereotype.Component;

/**
 * In which language a page speaks: the one its reader chose (a cookie), else the browser's, else
 * the centre's. Vaadin writes the first bundle's language into every page; screen readers need the
 * page's own.
 */
@Component
class Language implements I18NProvider, VaadinServiceInitListener {
  static final String COOKIE = "onedoor-language";

  private final People people;

  Language(People people) {
    this.people = people;
  }

  @Override
  public List<Locale> getProvidedLocales() {
    return Words.LOCALES;
  }

  @Override
  public String getTranslation(String key, Locale locale, Object... args) {
    return Words.say(locale, key, args);
  }

  @Override
  public void serviceInit(ServiceInitEvent init) {
    init.getSource().addSessionInitListener(e -> e.getSession().setLocale(of(e.getRequest())));
    init.addIndexHtmlRequestListener(page -> {
      var locale = of(page.getVaadinRequest());
      var session = VaadinSession.getCurrent();
      if (session != null && !session.getLocale().equals(locale)) session.setLocale(locale);
      page.getDocument().getElementsByTag("html").attr("lang", Words.tag(locale));
    });
  }

  private Locale of(VaadinRequest request) {
    var chosen = remembered(request, COOKIE);
    if (chosen.isPresent()) return Words.nearest(Locale.forLanguageTag(chosen.get()));
    var asked = Objects.requireNonNullElse(request.getLocale(), Locale.ENGLISH);
    var spoken = Words.LOCALES.stream().anyMatch(l -> l.getLanguage().equals(asked.getLanguage()));
    return Words.nearest(spoken ? asked : Locale.forLanguageTag(people.directory().language()));
  }

  /** Settings that are not facts stay in the browser. */
  static void remember(String name, String value) {
    UI.getCurrent()
        .getPage()
        .executeJs(
            "document.cookie = $0 + '=' + $1 + ';path=/;max-age=31536000;samesite=lax'",
            name,
            value);
  }

  /** What was {@link #remember}ed under a name; anything, because whoever asks can write it. */
  static Optional<String> remembered(VaadinRequest request, String name) {
    return Stream.ofNullable(request.getCookies())
        .flatMap(Arrays::stream)
        .filter(c -> c.getName().equals(name))
        .map(Cookie::getValue)
        .findFirst();
  }

  static void choose(Locale locale) {
    remember(COOKIE, locale.toLanguageTag());
    UI.getCurrent().getPage().executeJs("location.reload()");
  }

  static CustomizedSystemMessages quiet() {
    var messages = new CustomizedSystemMessages();
    messages.setSessionExpiredNotificationEnabled(true);
    return messages;
  }
}
