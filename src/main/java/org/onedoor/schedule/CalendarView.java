package org.onedoor.schedule;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Event.Typed;
import org.onedoor.log.Hub;
import org.onedoor.look.Empty;
import org.onedoor.look.Notice;
import org.onedoor.look.Reading;
import org.onedoor.look.Times;
import org.onedoor.look.WhileOpen;
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
  private final Officer who;
  private final People people;
  private final Sessions sessions;
  private final InstantSource clock;
  private final LocalDate today;
  private final H1 title = new H1();
  private final Div week = new Div();
  private @Nullable SessionDialog open;
  private final Reading reading = new Reading();
  private LocalDate monday;

  public CalendarView(Me me, People people, Sessions sessions, Hub hub, InstantSource clock) {
    who = me.get();
    this.people = people;
    this.sessions = sessions;
    this.clock = clock;
    today = LocalDate.ofInstant(clock.instant(), people.zone());
    monday = monday(today);
    week.addClassName("weekgrid");
    add(head(), week);
    // rights change what is seen of a session, so everything but typing counts
    WhileOpen.look(
        this,
        again ->
            hub.listen(
                "calendar",
                entry -> {
                  if (!(entry.event() instanceof Typed)) again.run();
                },
                again),
        this::look);
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
    if (Sessions.may(who)) {
      var book =
          new NativeButton(
              getTranslation("schedule.book"),
              e -> new BookingDialog(who, people, sessions, null, Map.of()).open());
      book.addClassNames("btn", "pri");
      head.add(book);
    }
    return head;
  }

  private Component step(String text, String label, Supplier<LocalDate> where) {
    var step =
        new NativeButton(
            text,
            e ->
                UI.getCurrent()
                    .navigate("calendar", QueryParameters.of("week", week(where.get()))));
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
    if (isAttached()) look(); // on a new screen the attaching looks
  }

  /** Looks again soon; rights change what is seen of a session too. */
  private void look() {
    title.setText(getTranslation("schedule.week", Times.date(monday, today, getLocale())));
    if (who.roles().stream().allMatch(r -> r == Role.TRAINEE || r == Role.ADMIN)) {
      week.removeAll();
      week.add(nothing());
      return;
    }
    var first = monday;
    reading.ask(() -> Week.of(first, who, sessions, people), this::show);
  }

  private Component nothing() {
    var role =
        getTranslation(
            "people.role." + who.roles().stream().findFirst().map(Role::word).orElse("trainee"));
    return new Empty(getTranslation("schedule.calendar"), getTranslation("schedule.mayNot", role));
  }

  private void show(Week seen) {
    if (open != null && !people.maySee(who, new Thing.Session(open.caseId()))) open.close();
    if (!seen.monday().equals(monday)) return;
    var now = LocalDateTime.ofInstant(clock.instant(), people.zone());
    week.removeAll();
    week.add(new WeekPanel(seen, people.directory(), now, this::open));
    if (seen.all().isEmpty())
      week.add(new Empty(getTranslation("schedule.none"), getTranslation("schedule.noneHow")));
  }

  private void open(Session session) {
    try {
      open = new SessionDialog(who, people, sessions, sessions.seen(who, session.id()), today);
      open.open();
    } catch (Refused refused) {
      Notice.refused(refused);
    }
  }

  @Override
  public String getPageTitle() {
    return getTranslation("schedule.calendar") + " · OneDoor";
  }
}
