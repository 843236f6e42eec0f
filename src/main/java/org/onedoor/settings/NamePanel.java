package org.onedoor.settings;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Label;

/** What something is called, in both languages, and the id by which it is known for ever. */
final class NamePanel extends Div {
  private final TextField id = new TextField();
  private final TextField en = new TextField();
  private final TextField zh = new TextField();

  /**
   * @param given what it is called; null: it is new
   * @param chosen the id it has so far; null: none
   * @param known whether that stands in the log, for ever
   */
  NamePanel(@Nullable Label given, @Nullable String chosen, boolean known) {
    addClassName("srow");
    en.setLabel(getTranslation("settings.nameEn"));
    zh.setLabel(getTranslation("settings.nameZh"));
    id.setLabel(getTranslation("settings.id"));
    zh.getElement().setAttribute("lang", "zh-Hans");
    en.setRequiredIndicatorVisible(true);
    id.setRequiredIndicatorVisible(true);
    id.setReadOnly(known);
    if (!known) id.setHelperText(getTranslation("settings.idHow"));
    if (given != null) {
      en.setValue(given.en());
      zh.setValue(Objects.requireNonNullElse(given.zh(), ""));
    }
    if (chosen != null) id.setValue(chosen);
    en.setValueChangeMode(ValueChangeMode.LAZY);
    if (!known) suggest(id, NamePanel::asId);
    add(en, zh, id);
  }

  /** Fills in what follows from the name, as long as nobody wrote something else there. */
  void suggest(TextField field, UnaryOperator<String> from) {
    en.addValueChangeListener(e -> {
      if (field.isEmpty() || field.getValue().equals(from.apply(e.getOldValue())))
        field.setValue(from.apply(e.getValue()));
    });
  }

  private static String asId(String name) {
    var id = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    return id.substring(0, Math.min(40, id.length()));
  }

  String id() {
    return id.getValue().strip();
  }

  Label label() {
    return new Label(en.getValue(), zh.getValue().isBlank() ? null : zh.getValue());
  }

  void focus() {
    en.focus();
  }

  Map<String, Component> fields(String at) {
    return Map.of(at + "id", id, at + "name", en);
  }
}
