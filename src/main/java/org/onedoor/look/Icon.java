package org.onedoor.look;

import com.vaadin.flow.component.Html;

/** Our line icons, 20 units, always beside a word or with a label. */
public enum Icon {
  CASES("<path d=\"M3.5 6.500h13M3.5 10h13M3.5 13.500h8\"/>"),
  CALENDAR(
      "<rect x=\"3.5\" y=\"4.5\" width=\"13\" height=\"12\" rx=\"2\"/><path d=\"M3.5 8.5h13M7 3v3M13 3v3\"/>"),
  SEARCH("<circle cx=\"9\" cy=\"9\" r=\"5\"/><path d=\"m13 13 4 4\"/>"),
  TODAY(
      "<rect x=\"4\" y=\"4\" width=\"12\" height=\"12\" rx=\"2.5\"/><path d=\"m7.3 10 2 2 3.6-4\"/>"),
  PERSON(
      "<circle cx=\"10\" cy=\"6.8\" r=\"3\"/><path d=\"M4.500 16.500c.4-3 2.600-4.800 5.500-4.800s5.100 1.800 5.500 4.800\"/>"),
  HOUSE("<path d=\"M4 17V6l6-3 6 3v11M2.5 17h15M8 17v-4h4v4M8 8.5h.01M12 8.5h.01\"/>"),
  DOOR("<path d=\"M5 17V4.5L12 3v14\"/><path d=\"M12 5h3v12M3 17h14M9.6 10v1\"/>"),
  CLOCK("<circle cx=\"10\" cy=\"10\" r=\"6.5\"/><path d=\"M10 6.3V10l2.4 1.6\"/>"),
  SETTINGS(
      "<path d=\"M3.5 6.5h7M14.5 6.5h2M3.5 13.5h2M9.5 13.5h7\"/><circle cx=\"12.5\" cy=\"6.5\" r=\"2\"/><circle cx=\"7.5\" cy=\"13.5\" r=\"2\"/>"),
  PLUS("<path d=\"M10 4.5v11M4.5 10h11\"/>"),
  PAPER("<path d=\"M5 3.5h7l3 3v10H5zM12 3.5v3h3M7.5 10h5M7.5 13h5\"/>"),
  PEN("<path d=\"M4 16l.8-3.300L13.500 4l2.500 2.500-8.700 8.700zM12 5.500 14.500 8\"/>");

  private final String shape;

  Icon(String shape) {
    this.shape = shape;
  }

  public Html draw() {
    return drawing("i", 20, shape);
  }

  /** Inside an element of its own: what Vaadin sets on an element it sets in small letters. */
  static Html drawing(String look, int units, String shape) {
    return new Html(
        "<i class=\"ic\" aria-hidden=\"true\"><svg class=\"%s\" viewBox=\"0 0 %d %d\">%s</svg></i>"
            .formatted(look, units, units, shape));
  }
}
