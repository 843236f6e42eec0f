package org.onedoor.settings;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.PasswordField;
import java.util.Map;
import org.onedoor.people.Passwords;

/** A new password, twice. */
final class PasswordPanel extends Div {
  private final PasswordField first = new PasswordField();
  private final PasswordField again = new PasswordField();

  PasswordPanel() {
    first.setLabel(getTranslation("settings.newPassword"));
    first.setHelperText(getTranslation("settings.passwordHow", Passwords.SHORTEST));
    again.setLabel(getTranslation("settings.passwordAgain"));
    for (var field : new PasswordField[] {first, again}) {
      field.setWidthFull();
      field.setRequiredIndicatorVisible(true);
      field.setAutocomplete(Autocomplete.NEW_PASSWORD);
    }
    add(first, again);
    addClassName("sform");
  }

  String first() {
    return first.getValue();
  }

  String again() {
    return again.getValue();
  }

  void clear() {
    first.clear();
    again.clear();
  }

  Map<String, Component> fields() {
    return Map.of("password", first, "again", again);
  }
}
