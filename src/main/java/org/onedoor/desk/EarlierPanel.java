package org.onedoor.desk;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Aside;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import java.util.List;
import java.util.Locale;
import org.onedoor.look.Reading;
import org.onedoor.people.Officer;
import org.onedoor.room.Petition;
import org.onedoor.search.EarlierCases;

/** Earlier cases of the same person or matter, beside what is being written down. */
final class EarlierPanel extends Aside {
  private static final int MOST = 6;

  private final Officer who;
  private final EarlierCases search;
  private final Div earlier = new Div();
  private final Reading reading = new Reading();

  EarlierPanel(Officer who, EarlierCases search) {
    this.who = who;
    this.search = search;
    earlier.getElement().setAttribute("aria-live", "polite");
    var hint = new Paragraph(getTranslation("desk.earlierHow"));
    hint.addClassNames("m", "s");
    add(new Section(new H2(getTranslation("desk.earlier")), earlier, hint));
    addClassName("aside");
  }

  /** Looks for cases of the person or matter of a petition; keeps nothing. */
  void look(Petition petition) {
    var locale = getLocale();
    reading.ask(() -> find(petition, locale), this::show);
  }

  private List<EarlierCases.Earlier> find(Petition p, Locale locale) {
    var first = p.parties().isEmpty() ? null : p.parties().getFirst();
    return search.of(
        who,
        first == null ? null : first.name(),
        first == null ? null : first.phone(),
        p.words(),
        MOST,
        locale);
  }

  private void show(List<EarlierCases.Earlier> found) {
    earlier.removeAll();
    if (found.isEmpty()) earlier.add(new Paragraph(getTranslation("desk.noEarlier")));
    for (var one : found) {
      var link = new Anchor("cases/" + one.line().id(), one.line().id());
      link.setTarget("_blank");
      var status =
          new Paragraph(
              getTranslation(
                  "desk.earlierWhy",
                  one.why(),
                  getTranslation("room.status." + one.line().status())));
      var hit = new Div(link, new Span(" " + one.line().title()), status);
      hit.addClassName("hitc");
      earlier.add(hit);
    }
  }
}
