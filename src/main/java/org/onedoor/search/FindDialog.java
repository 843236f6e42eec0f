package org.onedoor.search;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.QueryParameters;
import org.onedoor.look.Reading;
import org.onedoor.look.WhileOpen;
import org.onedoor.people.Officer;
import org.onedoor.search.CaseSearch.Filters;
import org.onedoor.search.CaseSearch.Found;

/** One box over everything one may see; opened from anywhere by Ctrl K. */
public final class FindDialog extends Dialog {
  private static final int SHOWN = 8;

  private final Officer who;
  private final CaseSearch search;
  private final Div hits = new Div();
  private final Reading reading = new Reading();
  private boolean asked;

  public FindDialog(Officer who, CaseSearch search, CaseIndex index) {
    this.who = who;
    this.search = search;
    setHeaderTitle(getTranslation("search.title"));
    setWidth("min(92vw, 720px)");
    var box = new TextField();
    box.setWidthFull();
    box.setAriaLabel(getTranslation("search.title"));
    box.setPlaceholder(getTranslation("search.placeholder"));
    box.setValueChangeMode(ValueChangeMode.LAZY);
    box.setValueChangeTimeout(150);
    box.addValueChangeListener(e -> ask(e.getValue()));
    box.addKeyPressListener(
        Key.ENTER,
        e -> {
          close();
          UI.getCurrent().navigate("search", QueryParameters.of("q", box.getValue()));
        });
    box.setAutofocus(true);
    hits.addClassName("hits");
    hits.getElement().setAttribute("aria-live", "polite");
    add(box, hits);
    addOpenedChangeListener(e -> {
      if (e.isOpened()) box.focus();
    });
    WhileOpen.look(this, index::watch, () -> again(box.getValue()));
  }

  private void again(String typed) {
    if (asked) ask(typed);
  }

  private void ask(String typed) {
    asked = true;
    var locale = getLocale();
    reading.ask(() -> search.find(who, typed, Filters.NONE, SHOWN, locale), this::show);
  }

  private void show(Found found) {
    hits.removeAll();
    hits.add(new Paragraph(getTranslation("search.found", found.total())));
    for (var hit : found.hits()) hits.add(new HitPanel(hit, this::close));
  }
}
