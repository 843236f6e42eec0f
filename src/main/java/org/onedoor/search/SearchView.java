package org.onedoor.search;

import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.onedoor.look.Address;
import org.onedoor.look.AgencySquare;
import org.onedoor.look.Empty;
import org.onedoor.look.Icon;
import org.onedoor.look.Reading;
import org.onedoor.look.WhileOpen;
import org.onedoor.people.Me;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.search.CaseSearch.Filters;
import org.onedoor.search.CaseSearch.Found;
import org.onedoor.search.Facets.Count;

/** Search as a page with an address: everything one may see, narrowed by facets. */
@Route("search")
@PermitAll
public final class SearchView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private static final int SHOWN = 50;

  private final Officer who;
  private final People people;
  private final CaseSearch search;
  private final TextField box = new TextField();
  private final Paragraph read = new Paragraph();
  private final Div facets = new Div();
  private final Div hits = new Div();
  private @Nullable String agency;
  private @Nullable String status;
  private final Reading reading = new Reading();

  public SearchView(Me me, People people, CaseSearch search, CaseIndex index) {
    WhileOpen.look(this, index::watch, this::ask);
    who = me.get();
    this.people = people;
    this.search = search;
    var title = new H1(getTranslation("search.title"));
    title.addClassName("speak");
    box.setWidthFull();
    box.addThemeNames("large");
    box.getElement().setAttribute("aria-keyshortcuts", "/");
    box.setAriaLabel(getTranslation("search.title"));
    box.setPrefixComponent(Icon.SEARCH.draw());
    box.setPlaceholder(getTranslation("search.placeholder"));
    box.setValueChangeMode(ValueChangeMode.LAZY);
    box.setValueChangeTimeout(200);
    box.addValueChangeListener(e -> {
      if (!e.isFromClient()) return;
      agency = null;
      status = null;
      askAnew();
    });
    box.setAutofocus(true);
    read.addClassName("read");
    read.getElement().setAttribute("role", "status");
    var head = new Div(title, box, read);
    head.addClassName("shead");
    facets.addClassName("facets");
    hits.addClassName("hits");
    var body = new Div(facets, hits);
    body.addClassName("sbody");
    add(head, body);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    var asked = event.getLocation().getQueryParameters();
    box.setValue(asked.getSingleParameter("q").orElse(""));
    agency = asked.getSingleParameter("agency").orElse(null);
    status = asked.getSingleParameter("status").orElse(null);
    if (isAttached()) ask(); // on a new screen the attaching looks
  }

  private void askAnew() {
    var asked = new LinkedHashMap<String, String>();
    asked.put("q", box.getValue());
    if (agency != null) asked.put("agency", agency);
    if (status != null) asked.put("status", status);
    Address.says("search", asked);
    ask();
  }

  private void ask() {
    var locale = getLocale();
    var typed = box.getValue();
    var filters = new Filters(null, agency, status, null, null);
    reading.ask(() -> search.find(who, typed, filters, SHOWN, locale), found -> show(typed, found));
  }

  private void show(String typed, Found found) {
    read.setText(
        getTranslation(
            "search.readAs", found.read(), getTranslation("search.found", found.total())));
    facets.removeAll();
    facet("search.agency", found.facets().get("agency"), agency, this::agency, v -> agency = v);
    facet(
        "search.status",
        found.facets().get("status"),
        status,
        (line, v) -> line.add(new Span(getTranslation("room.status." + v))),
        v -> status = v);
    hits.removeAll();
    for (var hit : found.hits()) hits.add(new HitPanel(hit, () -> {}));
    if (found.hits().isEmpty())
      hits.add(
          new Empty(getTranslation("search.nothing", typed), getTranslation("search.nothingHow")));
  }

  private void agency(Span line, String id) {
    var all = people.directory();
    all.agency(id).ifPresent(a -> line.add(new AgencySquare(a, getLocale(), "sm")));
    line.add(new Span(all.agencyName(id, getLocale())));
  }

  private void facet(
      String key,
      @Nullable List<Count> counts,
      @Nullable String chosen,
      BiConsumer<Span, String> name,
      Consumer<@Nullable String> choose) {
    if (counts == null || counts.isEmpty()) return;
    var boxes = new CheckboxGroup<Count>();
    boxes.setAriaLabel(getTranslation(key));
    boxes.setItems(counts);
    boxes.setRenderer(
        new ComponentRenderer<>(c -> {
          var count = new Span(String.valueOf(c.count()));
          count.addClassNames("count", "m");
          var line = new Span();
          line.addClassName("row");
          name.accept(line, c.value());
          line.add(count);
          return line;
        }));
    counts.stream().filter(c -> c.value().equals(chosen)).forEach(boxes::select);
    boxes.addValueChangeListener(e -> {
      var fresh = new HashSet<>(e.getValue());
      fresh.removeAll(e.getOldValue());
      choose.accept(fresh.stream().findFirst().map(Count::value).orElse(null));
      askAnew();
    });
    facets.add(new Section(new H2(getTranslation(key)), boxes));
  }

  @Override
  public String getPageTitle() {
    return getTranslation("search.title") + " · OneDoor";
  }
}
