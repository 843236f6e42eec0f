package org.onedoor.settings;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import org.onedoor.people.Administration;
import org.onedoor.people.Officer;

/** The head of each page of the settings: its title, what one may do there, and the other pages. */
final class TabsPanel extends Div {
  TabsPanel(Officer who, String here, Component... actions) {
    var grow = new Span();
    grow.addClassName("grow");
    var head = new Div(new H1(getTranslation("settings." + here)), grow);
    head.add(actions);
    head.addClassName("head");
    var tabs = new Nav();
    tabs.addClassName("stabs");
    tabs.getElement().setAttribute("aria-label", getTranslation("settings.title"));
    if (Administration.keepsPeople(who)) {
      tab(tabs, "centre", "settings", here);
      tab(tabs, "agencies", "settings/agencies", here);
      tab(tabs, "accounts", "settings/accounts", here);
    }
    if (Administration.keepsHalls(who)) tab(tabs, "halls", "settings/halls", here);
    if (Administration.keepsLists(who)) tab(tabs, "kinds", "settings/kinds", here);
    add(head, tabs);
  }

  private void tab(Nav tabs, String name, String path, String here) {
    var link = new Anchor(path, getTranslation("settings." + name));
    link.getElement().setAttribute("router-link", true);
    if (name.equals(here)) link.getElement().setAttribute("aria-current", "page");
    tabs.add(link);
  }
}
