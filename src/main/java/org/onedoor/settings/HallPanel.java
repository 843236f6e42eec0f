package org.onedoor.settings;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Event.HallAdded;

/** A hall: how many it seats, what it has, and whether one gets in without a step. */
final class HallPanel extends Div {
  private final NamePanel name;
  private final IntegerField seats = new IntegerField();
  private final IntegerField waiting = new IntegerField();
  private final Checkbox stepFree = new Checkbox();
  private final TextField equipment = new TextField();

  HallPanel(@Nullable HallAdded given) {
    name =
        given == null
            ? new NamePanel(null, null, false)
            : new NamePanel(given.name(), given.id(), true);
    seats.setLabel(getTranslation("settings.seats"));
    seats.setRequiredIndicatorVisible(true);
    waiting.setLabel(getTranslation("settings.waitingRooms"));
    equipment.setLabel(getTranslation("settings.equipment"));
    equipment.setHelperText(getTranslation("settings.equipmentHow"));
    stepFree.setLabel(getTranslation("settings.stepFree"));
    seats.setStepButtonsVisible(true);
    waiting.setStepButtonsVisible(true);
    seats.setValue(given == null ? 8 : given.seats());
    waiting.setValue(given == null ? 0 : given.waitingRooms());
    if (given != null) {
      stepFree.setValue(given.stepFree());
      equipment.setValue(String.join(", ", given.equipment()));
    }
    var second = new Div(seats, waiting, equipment);
    second.addClassName("srow");
    add(name, second, stepFree);
  }

  HallAdded entered() {
    return new HallAdded(
        name.id(),
        name.label(),
        Objects.requireNonNullElse(seats.getValue(), 0),
        stepFree.getValue(),
        Objects.requireNonNullElse(waiting.getValue(), 0),
        Arrays.stream(equipment.getValue().split("[,，、]"))
            .map(String::strip)
            .filter(e -> !e.isEmpty())
            .toList());
  }

  Map<String, Component> fields() {
    var all = new HashMap<>(name.fields(""));
    all.put("seats", seats);
    all.put("waitingRooms", waiting);
    all.put("equipment", equipment);
    return all;
  }
}
