package org.onedoor.look;

import com.vaadin.flow.component.html.Span;
import java.util.Locale;
import org.onedoor.event.Event.AgencyAdded;
import org.onedoor.people.Administration;

/** An agency as a coloured square with its letters; the name is its title and its label. */
public final class AgencySquare extends Span {
  public AgencySquare(AgencyAdded agency, Locale locale, String... looks) {
    super(agency.letters().in(locale));
    addClassNames("ag", colour(agency.colour()));
    addClassNames(looks);
    var name = agency.name().in(locale);
    setTitle(name);
    getElement().setAttribute("role", "img").setAttribute("aria-label", name);
  }

  /** The class that sets an agency's colour; from the eleventh on they repeat. */
  public static String colour(int number) {
    return "a" + (Math.floorMod(number - 1, Administration.COLOURS) + 1);
  }
}
