package org.onedoor.look;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;

/** Our sign over a page of whoever is not yet inside. */
public final class Brand extends Div {
  public Brand() {
    super(Icon.DOOR.draw(), new Span("OneDoor"));
    addClassName("sb");
  }
}
