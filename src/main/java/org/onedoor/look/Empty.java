package org.onedoor.look;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;

/** Nothing to show: what was looked for, and what to do next. */
public final class Empty extends Div {
  public Empty(String what, String how, Component... next) {
    addClassName("empty");
    add(new H2(what), new Paragraph(how));
    add(next);
  }
}
