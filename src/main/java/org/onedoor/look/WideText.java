package org.onedoor.look;

import com.vaadin.flow.component.textfield.TextArea;

/** A field for sentences, as wide as where it stands. */
public final class WideText extends TextArea {
  /**
   * An empty one.
   *
   * @param most characters it takes
   */
  public WideText(String label, int most) {
    super(label);
    setMaxLength(most);
    setWidthFull();
  }
}
