package org.onedoor.look;

import com.vaadin.flow.component.html.Span;
import java.util.Locale;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Words;

/** A person: round, initials, the ring in the agency's colour. */
public final class Face extends Span {
  public Face(Officer who, People people, Locale locale) {
    super(who.initials(locale));
    var agency = people.directory().agency(who.agency());
    addClassNames("av", AgencySquare.colour(agency.map(a -> a.colour()).orElse(1)));
    var called = who.name().in(locale);
    var name = agency.map(a -> Words.clauses(locale, called, a.name().in(locale))).orElse(called);
    setTitle(name);
    getElement().setAttribute("role", "img").setAttribute("aria-label", name);
  }
}
