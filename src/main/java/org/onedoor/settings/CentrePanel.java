package org.onedoor.settings;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextField;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.onedoor.event.Event.CentreNamed;
import org.onedoor.event.Label;

/** The centre's name, its zone, and the language it speaks to whose browser wants another. */
final class CentrePanel extends Div {
  private final TextField en = new TextField();
  private final TextField zh = new TextField();
  private final ComboBox<String> zone = new ComboBox<>();
  private final RadioButtonGroup<String> language = new RadioButtonGroup<>();

  /**
   * @param founded the zone is fixed then: what was booked and counted in it stays true
   */
  CentrePanel(boolean founded) {
    en.setLabel(getTranslation("settings.centreEn"));
    en.setRequiredIndicatorVisible(true);
    zh.setLabel(getTranslation("settings.centreZh"));
    zh.getElement().setAttribute("lang", "zh-Hans");
    zone.setLabel(getTranslation("settings.zone"));
    zone.setHelperText(getTranslation("settings.zoneHow"));
    zone.setItems(ZoneId.getAvailableZoneIds().stream().sorted().toList());
    zone.setReadOnly(founded);
    language.setLabel(getTranslation("settings.language"));
    language.setItems("en", "zh");
    language.setItemLabelGenerator(l -> getTranslation("settings.language." + l));
    for (Component field : List.of(en, zh, zone))
      field.getElement().getStyle().set("width", "100%");
    add(en, zh, zone, language);
    addClassName("sform");
  }

  void fill(Label name, String zoneId, String speaks) {
    en.setValue(name.en());
    zh.setValue(Objects.requireNonNullElse(name.zh(), ""));
    zone.setValue(zoneId);
    language.setValue(speaks);
  }

  CentreNamed entered() {
    return new CentreNamed(
        new Label(en.getValue(), zh.getValue().isBlank() ? null : zh.getValue()),
        Objects.requireNonNullElse(zone.getValue(), ""),
        language.getValue());
  }

  Map<String, Component> fields() {
    return Map.of("name", en, "zone", zone, "language", language);
  }
}
