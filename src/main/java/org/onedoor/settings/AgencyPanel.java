package org.onedoor.settings;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Event.AgencyAdded;
import org.onedoor.event.Label;
import org.onedoor.look.AgencySquare;
import org.onedoor.people.Administration;

/** An agency's name, letters and colour, to be written down or changed. */
final class AgencyPanel extends Div implements RowsPanel.Row {
  private final NamePanel name;
  private final TextField letters = new TextField();
  private final TextField letter = new TextField();
  private final Select<Integer> colour = new Select<>();

  /**
   * @param known whether it stands in the log, and its id is fixed
   * @param next the colour that suggests itself
   */
  AgencyPanel(@Nullable AgencyAdded given, boolean known, int next) {
    name =
        given == null
            ? new NamePanel(null, null, false)
            : new NamePanel(given.name(), given.id(), known);
    letters.setLabel(getTranslation("settings.letters"));
    letters.setMaxLength(3);
    letter.setLabel(getTranslation("settings.letter"));
    letter.setMaxLength(2);
    letter.getElement().setAttribute("lang", "zh-Hans");
    colour.setLabel(getTranslation("settings.colour"));
    colour.setItems(IntStream.rangeClosed(1, Administration.COLOURS).boxed().toList());
    colour.setItemLabelGenerator(c -> getTranslation("settings.colour." + c));
    colour.setRenderer(new ComponentRenderer<>(this::shown));
    colour.setValue(
        given == null ? Math.floorMod(next - 1, Administration.COLOURS) + 1 : given.colour());
    if (given != null) {
      letters.setValue(given.letters().en());
      letter.setValue(Objects.requireNonNullElse(given.letters().zh(), ""));
    }
    name.suggest(letters, AgencyPanel::initials);
    var second = new Div(letters, letter, colour);
    second.addClassName("srow");
    add(name, second);
  }

  private static String initials(String name) {
    var text = name.strip();
    return text.substring(0, Math.min(2, text.length())).toUpperCase(Locale.ROOT);
  }

  private Component shown(int number) {
    var square = new Span();
    square.addClassNames("ag", "sm", AgencySquare.colour(number));
    square.getElement().setAttribute("aria-hidden", "true");
    var line = new Div(square, new Span(getTranslation("settings.colour." + number)));
    line.addClassName("row");
    return line;
  }

  AgencyAdded entered() {
    return new AgencyAdded(
        name.id(),
        name.label(),
        new Label(letters.getValue(), letter.getValue().isBlank() ? null : letter.getValue()),
        colour.getValue());
  }

  @Override
  public void focus() {
    name.focus();
  }

  @Override
  public Map<String, Component> fields(String at) {
    var all = new HashMap<>(name.fields(at));
    all.put(at + "letters", letters);
    all.put(at + "colour", colour);
    return all;
  }
}
