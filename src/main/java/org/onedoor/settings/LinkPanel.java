package org.onedoor.settings;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;

/**
 * Something secret that is shown once, to be handed on: a link for somebody, or a token. The
 * browser makes the link whole, because only it knows by which name the server is reached.
 */
final class LinkPanel extends Div {
  /** A link into this program. */
  static LinkPanel link(String label, String path) {
    var panel = new LinkPanel(label, path);
    panel.shown.getElement().executeJs("this.value = new URL($0, document.baseURI).href", path);
    return panel;
  }

  static LinkPanel secret(String label, String secret) {
    return new LinkPanel(label, secret);
  }

  private final TextField shown = new TextField();

  private LinkPanel(String label, String text) {
    addClassName("linkp");
    shown.setLabel(label);
    shown.setReadOnly(true);
    shown.setValue(text);
    shown.setWidthFull();
    var said = new Span();
    said.getElement().setAttribute("role", "status");
    said.addClassNames("m", "s");
    var copy = new NativeButton(getTranslation("settings.copy"));
    copy.addClassNames("btn", "sm");
    copy.getElement().setAttribute("aria-label", getTranslation("settings.copyOf", label));
    copy.addClickListener(e ->
        shown
            .getElement()
            .executeJs(
                "const field = this.inputElement; field.select();"
                    + "return navigator.clipboard ? navigator.clipboard.writeText(field.value)"
                    + ".then(() => true) : document.execCommand('copy')")
            .then(_ -> said.setText(getTranslation("settings.copied"))));
    add(shown, copy, said);
  }
}
