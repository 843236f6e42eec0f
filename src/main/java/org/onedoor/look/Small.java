package org.onedoor.look;

import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Style.Display;

/** A second line under something, smaller and quieter. */
public final class Small extends Span {
  public Small(String text) {
    super(text);
    addClassNames("s", "m");
    getStyle().setDisplay(Display.BLOCK);
  }
}
