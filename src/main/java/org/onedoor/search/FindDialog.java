package org.onedoor.search;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import org.onedoor.people.Officer;
import org.onedoor.search.CaseSearch.Filters;
import org.onedoor.search.CaseSearch.Found;

/** One box over everything one may see; opened from anywhere by Ctrl K. */
public final class FindDialog extends Dialog {
  private static final int SHOWN = 8;

  private final Officer who;
  private final CaseSearch search;
  private final Div hits = new Div();
  private int asked;

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
          UI.getCurrent()
              .navigate("search", com.vaadin.flow.router.QueryParameters.of("q", box.getValue()));
        });
    box.setAutofocus(true);
    hits.addClassName("hits");
    hits.getElement().setAttribute("aria-live", "polite");
    add(box, hits);
    addOpenedChangeListener(e -> {
      if (e.isOpened()) box.focus();
    });
    addAttachListener(attach -> {
      // a right withdrawn takes its hits off the screen
      var watching = index.watch(() -> attach.getUI().access(() -> again(box.getValue())));
      addDetachListener(detach -> {
        detach.unregisterListener();
        watching.close();
      });
    });
  }

  private void again(String typed) {
    if (asked > 0) ask(typed);
  }

  private void ask(String typed) {
    var ui = UI.getCurrent();
    var locale = getLocale();
    var mine = ++asked;
    Thread.ofVirtual()
        .start(() -> {
          var found = search.find(who, typed, Filters.NONE, SHOWN, locale);
          ui.access(() -> {
            if (mine == asked) show(found);
          });
        });
  }

  private void show(Found found) {
    hits.removeAll();
    hits.add(new Paragraph(getTranslation("search.found", found.total())));
    for (var hit : found.hits()) hits.add(new HitPanel(hit, this::close));
  }
}
