package org.onedoor.look;

import com.vaadin.flow.component.Html;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;

/** Our sign over a page of whoever is not yet inside. */
public final class Brand extends Div {
  private static final String SIGN =
      "<path d=\"M2.5 21h19M5 21V4.5A1.5 1.5 0 0 1 6.5 3h11A1.5 1.5 0 0 1 19 4.5V21\"/>"
          + "<path class=\"leaf\" d=\"M5 21l8-2V6.5L5 3.6\"/><path d=\"M10.3 12.3v1.2\"/>";

  public Brand() {
    super(sign(), new Span("OneDoor"));
    addClassName("sb");
  }

  /** The open door. */
  public static Html sign() {
    return Icon.drawing("sign", 24, SIGN);
  }
}
