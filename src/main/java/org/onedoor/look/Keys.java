package org.onedoor.look;

import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Element;

/** Keys to press, drawn as keys; who hears the screen is told by the button itself. */
public final class Keys extends Span {
  public Keys(String... keys) {
    addClassName("keys");
    getElement().setAttribute("aria-hidden", "true");
    for (var key : keys) getElement().appendChild(new Element("kbd").setText(key));
  }

  /** Keys that no button tells of: they are heard too. */
  public Keys heard() {
    getElement().removeAttribute("aria-hidden");
    return this;
  }
}
