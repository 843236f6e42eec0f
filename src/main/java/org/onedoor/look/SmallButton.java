package org.onedoor.look;

import com.vaadin.flow.component.html.NativeButton;

/** A quiet button beside what it acts on. */
public final class SmallButton extends NativeButton {
  public SmallButton(String text, Runnable act) {
    super(text, e -> act.run());
    addClassNames("btn", "sm");
  }

  /** One of several with the same word: who does not see it beside its thing hears which one. */
  public SmallButton(String text, String of, Runnable act) {
    this(text, act);
    getElement().setAttribute("aria-label", getTranslation("look.of", text, of));
  }
}
