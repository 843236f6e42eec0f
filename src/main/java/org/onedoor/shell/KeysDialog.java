package org.onedoor.shell;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.server.VaadinRequest;
import org.onedoor.look.Keys;

/** The keys of every page, and whether the single ones are heard in this browser. */
final class KeysDialog extends Dialog {
  private static final String COOKIE = "onedoor-keys";

  private final DescriptionList all = new DescriptionList();

  /**
   * @param registers whether its reader may register a case
   */
  KeysDialog(boolean registers) {
    setHeaderTitle(getTranslation("shell.keys"));
    all.addClassName("keylist");
    key("find", "Ctrl", "K");
    key("filter", "/");
    key("move", "J", "K");
    key("open", "Enter");
    if (registers) key("register", "C");
    key("send", "Ctrl", "Enter");
    key("keys", "?");
    var single = new Checkbox(getTranslation("shell.keysOn"), on());
    single.setHelperText(getTranslation("shell.keysHow"));
    single.addValueChangeListener(e -> Language.remember(COOKIE, e.getValue() ? "on" : "off"));
    add(all, single);
    getFooter().add(new Button(getTranslation("shell.close"), e -> close()));
  }

  private void key(String does, String... keys) {
    all.add(
        new DescriptionList.Term(new Keys(keys).heard()),
        new DescriptionList.Description(getTranslation("shell.key." + does)));
  }

  /** As this browser has it; saying nothing means on. */
  private static boolean on() {
    return Language.remembered(VaadinRequest.getCurrent(), COOKIE).filter("off"::equals).isEmpty();
  }
}
