package org.onedoor.look;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import java.util.Map;

/** The address in the browser: it says what a screen asks, so that it can be kept or sent on. */
public final class Address {
  private Address() {}

  /** Puts it in place of the present one; nothing is asked by that. */
  public static void says(String path, Map<String, String> asked) {
    UI.getCurrent()
        .getPage()
        .getHistory()
        .replaceState(null, new Location(path, QueryParameters.simple(asked)));
  }
}
