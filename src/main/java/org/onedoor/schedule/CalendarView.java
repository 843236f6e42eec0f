package org.onedoor.schedule;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Event.HallAdded;
import org.onedoor.event.Event.Typed;
import org.onedoor.log.Hub;
import org.onedoor.look.AgencySquare;
import org.onedoor.look.Empty;
import org.onedoor.look.Notice;
import org.onedoor.look.Times;
import org.onedoor.people.Me;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Refused;
import org.onedoor.people.Role;
import org.onedoor.people.Thing;

/** A week, hall by hall; what one may not see is only taken. Its address names the week. */
@Route("calendar")
@PermitAll
public final class CalendarView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

  private final Officer who;
  private final People people;
  private final Sessions sessions;
  private final Hub hub;
  private final InstantSource clock;
  private final LocalDate today;
  private final H1 title = new H1();
  private final Div grid = new Div();
  private @Nullable SessionDialog open;
  private final AtomicBoolean waiting = new AtomicBoolean();
  private LocalDate monday;

  public CalendarView(Me me, People people, Sessions sessions, Hub hub, InstantSource clock) {
    who = me.get();
    this.people = people;
    this.sessions = sessions;
    this.hub = hub;
    this.clock = clock;
    today = LocalDate.ofInstant(clock.instant(), people.zone());
    monday = monday(today);
    grid.addClassName("weekgrid");
    add(head(), grid);
  }

  private static LocalDate monday(LocalDate day) {
    return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  private Component head() {
    var before = step("‹", "schedule.before", () -> monday.minusWeeks(1));
    var now = step(getTranslation("schedule.today"), "schedule.today", () -> monday(today));
    var after = step("›", "schedule.after", () -> monday.plusWeeks(1));
    var grow = new Span();
    grow.addClassName("grow");
    var head = new Div(title, before, now, after, grow);
    head.addClassName("head");
    if (who.is(Role.COORDINATOR)) {
      var book =
          new NativeButton(
              getTranslation("schedule.book"),
              e -> new BookingDialog(who, people, sessions, null, Map.of()).open());
      book.addClassNames("btn", "pri");
      head.add(book);
    }
    return head;
  }

  private Component step(String text, String label, java.util.function.Supplier<LocalDate> where) {
    var step =
        new NativeButton(
            text,
            e ->
                UI.getCurrent()
                    .navigate(
                        "calendar",
                        com.vaadin.flow.router.QueryParameters.of("week", week(where.get()))));
    step.addClassNames("btn", "sm");
    step.getElement().setAttribute("aria-label", getTranslation(label));
    return step;
  }

  private static String week(LocalDate day) {
    return "%04d-W%02d"
        .formatted(day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    var asked = event.getLocation().getQueryParameters().getSingleParameter("week").orElse("");
    try {
      monday =
          asked.isEmpty()
              ? monday(today)
              : LocalDate.parse(asked + "-1", DateTimeFormatter.ISO_WEEK_DATE);
    } catch (DateTimeException e) {
      monday = monday(today); // a mistyped week is this one
    }
    show();
  }

  private void show() {
    title.setText(getTranslation("schedule.week", Times.date(monday, today, getLocale())));
    grid.removeAll();
    if (open != null && !people.maySee(who, new Thing.Session(open.caseId))) open.close();
    if (who.roles().stream().allMatch(r -> r == Role.TRAINEE || r == Role.ADMIN)) {
      var role =
          getTranslation(
              "people.role." + who.roles().stream().findFirst().map(Role::word).orElse("trainee"));
      grid.add(
          new Empty(getTranslation("schedule.calendar"), getTranslation("schedule.mayNot", role)));
      return;
    }
    var slots = sessions.between(who, monday.atStartOfDay(), monday.plusWeeks(1).atStartOfDay());
    var table = new NativeTable();
    var heads = new NativeTableRow();
    heads.add(new NativeTableHeaderCell(getTranslation("schedule.hall")));
    var days =
        monday
            .datesUntil(monday.plusDays(7))
            .filter(d -> d.getDayOfWeek().getValue() < 6 || any(slots, d))
            .toList();
    for (var day : days) {
      var cell = new NativeTableHeaderCell(Times.day(day, getLocale()));
      if (day.equals(today)) cell.getElement().setAttribute("aria-current", "date");
      heads.add(cell);
    }
    table.add(heads);
    for (var hall : people.directory().halls().values()) table.add(row(hall, days, slots));
    grid.add(table);
    if (slots.isEmpty())
      grid.add(new Empty(getTranslation("schedule.none"), getTranslation("schedule.noneHow")));
  }

  private static boolean any(List<Sessions.Slot> slots, LocalDate day) {
    return slots.stream().anyMatch(s -> s.session().from().toLocalDate().equals(day));
  }

  private Component row(HallAdded hall, List<LocalDate> days, List<Sessions.Slot> slots) {
    var row = new NativeTableRow();
    var name = new NativeTableHeaderCell(hall.name().in(getLocale()));
    var small = new Span(about(hall));
    small.addClassNames("s", "m");
    small.getStyle().setDisplay(com.vaadin.flow.dom.Style.Display.BLOCK);
    name.add(small);
    row.add(name);
    for (var day : days) {
      var cell = new NativeTableCell();
      for (var slot : slots)
        if (slot.session().hall().equals(hall.id())
            && slot.session().from().toLocalDate().equals(day)) cell.add(entry(slot));
      row.add(cell);
    }
    return row;
  }

  private String about(HallAdded hall) {
    var about = getTranslation("schedule.seats", hall.seats());
    if (hall.stepFree()) about += ", " + getTranslation("schedule.stepFree");
    return about + ", " + getTranslation("schedule.waiting", hall.waitingRooms());
  }

  private Component entry(Sessions.Slot slot) {
    var s = slot.session();
    var time = CLOCK.format(s.from()) + "–" + CLOCK.format(s.to());
    var button = new NativeButton();
    button.addClassName("se");
    if (!slot.seen()) {
      button.addClassName("taken");
      button.add(new Span(getTranslation("schedule.takenOnly")), new Span(" " + time));
      button.setEnabled(false);
      return button;
    }
    var lead = people.directory().agency(people.access(s.caseId()).lead());
    lead.ifPresent(a -> button.addClassName(AgencySquare.colour(a.colour())));
    if (s.end().isBefore(clock.instant())) button.addClassName("past");
    var number = new Span(s.caseId());
    number.addClassName("no");
    var kind = new Span(getTranslation("schedule.kind." + s.kind()));
    kind.addClassName("kind");
    var at = new Span(CLOCK.format(s.from()));
    at.addClassName("at");
    button.add(at, number, kind);
    button.setTitle(time);
    button.addClickListener(e -> {
      try {
        open = new SessionDialog(sessions.seen(who, s.id()));
        open.open();
      } catch (Refused refused) {
        Notice.refused(refused);
      }
    });
    return button;
  }

  /** Shows the week again soon; what happens meanwhile is seen in the same look. */
  private void later(UI ui) {
    if (waiting.compareAndSet(false, true))
      Thread.ofVirtual()
          .start(() ->
              ui.access(() -> {
                waiting.set(false);
                show();
              }));
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    var ui = attach.getUI();
    var listening =
        hub.listen(
            "calendar",
            entry -> {
              // rights change what is seen of a session, so everything but typing counts
              if (!(entry.event() instanceof Typed)) later(ui);
            },
            () -> later(ui));
    addDetachListener(detach -> {
      detach.unregisterListener();
      listening.close();
    });
  }

  @Override
  public String getPageTitle() {
    return getTranslation("schedule.calendar") + " · OneDoor";
  }

  /** One session: what, when, who, and what can be done with it. */
  private final class SessionDialog extends Dialog {
    private final String caseId;

    SessionDialog(Session s) {
      caseId = s.caseId();
      setHeaderTitle(s.caseId() + ", " + getTranslation("schedule.kind." + s.kind()));
      var hall = people.directory().halls().get(s.hall());
      var room = new Anchor("cases/" + s.caseId(), getTranslation("schedule.openRoom"));
      room.getElement().setAttribute("router-link", true);
      room.getElement().addEventListener("click", _ -> close());
      var body =
          new Div(
              new Paragraph(
                  getTranslation(
                      "schedule.line",
                      Times.date(s.from().toLocalDate(), today, getLocale()),
                      CLOCK.format(s.from()),
                      CLOCK.format(s.to()),
                      hall == null ? s.hall() : hall.name().in(getLocale()))),
              new Paragraph(getTranslation("schedule.mediators") + ": " + names(s.mediators())),
              new Paragraph(getTranslation("schedule.officers") + ": " + names(s.officers())),
              room);
      body.addClassName("dlg");
      add(body);
      if (!s.state().equals("booked")) return;
      if (who.is(Role.COORDINATOR)) {
        getFooter().add(new Button(getTranslation("schedule.cancel"), e -> ask(s)));
        getFooter()
            .add(
                new Button(
                    getTranslation("schedule.move"),
                    e -> {
                      close();
                      new BookingDialog(who, people, sessions, s.caseId(), Map.of(), s).open();
                    }));
      }
      if (who.is(Role.COORDINATOR) || s.mediators().contains(who.id()))
        getFooter()
            .add(
                new Button(
                    getTranslation("schedule.held"),
                    e -> tried(() -> sessions.held(who, s.id(), s.mediators(), null))));
    }

    private String names(List<String> ids) {
      return ids.stream()
          .flatMap(o -> people.officer(o).stream())
          .map(o -> o.name().in(getLocale()))
          .collect(Collectors.joining(", "));
    }

    private void ask(Session s) {
      var reason = new TextArea(getTranslation("schedule.reason"));
      reason.setWidthFull();
      var go =
          new Button(
              getTranslation("schedule.cancel"),
              e -> {
                try {
                  sessions.cancel(who, s.id(), reason.getValue(), null);
                  Notice.done(getTranslation("schedule.cancelled"));
                  close();
                } catch (Refused refused) {
                  Notice.refused(refused, Map.of("reason", reason));
                }
              });
      go.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
      removeAll();
      var body = new Div(new Paragraph(getTranslation("schedule.cancelAsk")), reason);
      body.addClassName("dlg");
      add(body);
      getFooter().removeAll();
      getFooter().add(new Button(getTranslation("schedule.leave"), e -> close()), go);
    }

    private void tried(Runnable act) {
      try {
        act.run();
        close();
      } catch (Refused e) {
        Notice.refused(e);
      }
    }
  }
}
