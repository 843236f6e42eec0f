package org.onedoor.schedule;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.timepicker.TimePicker;
import java.text.DateFormatSymbols;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Event.HallAdded;
import org.onedoor.look.Notice;
import org.onedoor.look.SmallButton;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Refused;
import org.onedoor.people.Role;
import org.onedoor.people.Words;

/**
 * Books a session, or moves one; what is in the way is said with the smallest way out beside it.
 */
public final class BookingDialog extends Dialog {

  private final Officer who;
  private final People people;
  private final Sessions sessions;
  private final @Nullable Session moved;
  private final TextField caseId = new TextField();
  private final Select<String> kind = new Select<>();
  private final DatePicker day = new DatePicker();
  private final TimePicker from = new TimePicker();
  private final TimePicker to = new TimePicker();
  private final Select<String> hall = new Select<>();
  private final MultiSelectComboBox<String> mediators = new MultiSelectComboBox<>();
  private final MultiSelectComboBox<String> officers = new MultiSelectComboBox<>();
  private final MultiSelectComboBox<String> agencies = new MultiSelectComboBox<>();
  private final MultiSelectComboBox<String> parties = new MultiSelectComboBox<>();
  private final Div clash = new Div();

  /**
   * Books for a case.
   *
   * @param given the case, if it is known already
   * @param partyNames the case's parties by id
   */
  public BookingDialog(
      Officer who,
      People people,
      Sessions sessions,
      @Nullable String given,
      Map<String, String> partyNames) {
    this(who, people, sessions, given, partyNames, null);
  }

  BookingDialog(
      Officer who,
      People people,
      Sessions sessions,
      @Nullable String given,
      Map<String, String> partyNames,
      @Nullable Session moved) {
    this.who = who;
    this.people = people;
    this.sessions = sessions;
    this.moved = moved;
    setHeaderTitle(getTranslation(moved == null ? "schedule.book" : "schedule.move"));
    fields(given, partyNames);
    clash.addClassName("clash");
    clash.getElement().setAttribute("role", "alert");
    clash.setVisible(false);
    var times = new Div(day, from, to);
    times.addClassName("row");
    var body =
        moved == null
            ? new Div(caseId, kind, times, hall, mediators, officers, agencies, parties, clash)
            : new Div(times, hall, clash);
    body.addClassName("dlg");
    add(body);
    var go =
        new Button(
            getTranslation(moved == null ? "schedule.bookNow" : "schedule.move"), e -> send());
    go.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    go.setId("book-now");
    getFooter().add(new Button(getTranslation("schedule.leave"), e -> close()), go);
  }

  private void fields(@Nullable String given, Map<String, String> partyNames) {
    caseId.setLabel(getTranslation("schedule.case"));
    caseId.setValue(given == null ? "" : given);
    caseId.setReadOnly(given != null);
    kind.setLabel(getTranslation("schedule.kindOf"));
    kind.setItems(Sessions.KINDS);
    kind.setItemLabelGenerator(k -> getTranslation("schedule.kind." + k));
    kind.setValue("joint");
    day.setLabel(getTranslation("schedule.day"));
    day.setI18n(days());
    from.setLocale(Locale.UK); // 24 hours in both languages
    to.setLocale(Locale.UK);
    from.setLabel(getTranslation("schedule.from"));
    to.setLabel(getTranslation("schedule.to"));
    from.setStep(Duration.ofMinutes(15));
    to.setStep(Duration.ofMinutes(15));
    day.setValue(moved == null ? nextWorkday() : moved.from().toLocalDate());
    from.setValue(moved == null ? LocalTime.of(9, 0) : moved.from().toLocalTime());
    to.setValue(moved == null ? LocalTime.of(10, 30) : moved.to().toLocalTime());
    hall.setLabel(getTranslation("schedule.hall"));
    var open = people.directory().openHalls().stream().map(HallAdded::id).toList();
    hall.setItems(
        moved == null || open.contains(moved.hall())
            ? open
            : Stream.concat(open.stream(), Stream.of(moved.hall())).toList());
    hall.setItemLabelGenerator(this::hallName);
    hall.setValue(moved == null ? open.stream().findFirst().orElse(null) : moved.hall());
    many(
        mediators,
        "schedule.mediators",
        people.directory().staff().stream()
            .filter(o -> o.is(Role.MEDIATOR))
            .map(Officer::id)
            .toList());
    many(
        officers,
        "schedule.officers",
        people.directory().staff().stream()
            .filter(o -> o.is(Role.OFFICER))
            .map(Officer::id)
            .toList());
    agencies.setLabel(getTranslation("schedule.agencies"));
    agencies.setItems(people.directory().agencyIds());
    agencies.setItemLabelGenerator(a -> people.directory().agencyName(a, getLocale()));
    parties.setLabel(getTranslation("schedule.parties"));
    parties.setItems(partyNames.keySet());
    parties.setItemLabelGenerator(p -> partyNames.getOrDefault(p, p));
    parties.setVisible(!partyNames.isEmpty());
    if (given != null) {
      var in = people.access(given);
      var invited = new LinkedHashSet<>(in.assisting());
      if (in.lead() != null) invited.add(in.lead());
      agencies.setValue(invited);
      parties.setValue(partyNames.keySet());
    }
  }

  /** The picker in the reader's language, days written as everywhere else. */
  private DatePicker.DatePickerI18n days() {
    var names = DateFormatSymbols.getInstance(getLocale());
    return new DatePicker.DatePickerI18n()
        .setDateFormat("yyyy-MM-dd")
        .setFirstDayOfWeek(1)
        .setMonthNames(List.of(names.getMonths()).subList(0, 12))
        .setWeekdays(List.of(names.getWeekdays()).subList(1, 8))
        .setWeekdaysShort(List.of(names.getShortWeekdays()).subList(1, 8))
        .setToday(getTranslation("schedule.today"))
        .setCancel(getTranslation("schedule.leave"));
  }

  private LocalDate nextWorkday() {
    var day = LocalDate.now(people.zone()).plusDays(1);
    while (day.getDayOfWeek().getValue() > 5) day = day.plusDays(1);
    return day;
  }

  private void many(MultiSelectComboBox<String> box, String label, List<String> ids) {
    box.setLabel(getTranslation(label));
    box.setItems(ids);
    box.setItemLabelGenerator(o -> people.directory().officerName(o, getLocale()));
  }

  private String hallName(@Nullable String id) {
    var found = id == null ? null : people.directory().halls().get(id);
    return found == null
        ? String.valueOf(id)
        : Words.clauses(
            getLocale(),
            found.name().in(getLocale()),
            getTranslation("schedule.seats", found.seats()));
  }

  private @Nullable LocalDateTime at(TimePicker time) {
    return day.getValue() == null || time.getValue() == null
        ? null
        : day.getValue().atTime(time.getValue());
  }

  private void send() {
    try {
      if (moved != null) {
        sessions.move(who, moved.id(), at(from), at(to), hall.getValue(), null);
        Notice.done(getTranslation("schedule.moved"));
      } else {
        sessions.book(
            who,
            new Booking(
                caseId.getValue().strip(),
                kind.getValue(),
                at(from),
                at(to),
                hall.getValue(),
                list(mediators.getValue()),
                list(officers.getValue()),
                list(agencies.getValue()),
                list(parties.getValue())),
            null);
        Notice.done(getTranslation("schedule.booked", day.getValue() + " " + from.getValue()));
      }
      close();
    } catch (Refused e) {
      refused(e);
    }
  }

  private static List<String> list(Set<String> some) {
    return List.copyOf(some);
  }

  private void refused(Refused e) {
    clash.setVisible(e.code() == Refused.Code.CONFLICT);
    clash.removeAll();
    if (e.code() != Refused.Code.CONFLICT) {
      Notice.refused(e, named());
      return;
    }
    clash.add(new Paragraph(e.say(getLocale())));
    var start = at(from);
    var end = at(to);
    if (start == null || end == null || !"hall".equals(e.field())) return;
    sessions.freeHalls(start, end, moved == null ? null : moved.id()).stream()
        .limit(2)
        .forEach(free -> {
          var take =
              new SmallButton(
                  getTranslation("schedule.takeHall", hallName(free)),
                  () -> {
                    hall.setValue(free);
                    clash.setVisible(false);
                  });
          clash.add(take);
        });
  }

  private Map<String, Component> named() {
    return Map.of(
        "case",
        caseId,
        "kind",
        kind,
        "from",
        from,
        "to",
        to,
        "hall",
        hall,
        "mediators",
        mediators,
        "officers",
        officers,
        "agencies",
        agencies,
        "parties",
        parties);
  }
}
