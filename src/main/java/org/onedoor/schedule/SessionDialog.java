package org.onedoor.schedule;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.onedoor.look.Notice;
import org.onedoor.look.Times;
import org.onedoor.look.WideText;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Refused;
import org.onedoor.people.Text;
import org.onedoor.people.Words;

/** One session: what, when, who, and what can be done with it. */
final class SessionDialog extends Dialog {

  private final Officer who;
  private final People people;
  private final Sessions sessions;
  private final String caseId;

  SessionDialog(Officer who, People people, Sessions sessions, Session s, LocalDate today) {
    this.who = who;
    this.people = people;
    this.sessions = sessions;
    caseId = s.caseId();
    setHeaderTitle(
        Words.clauses(getLocale(), s.caseId(), getTranslation("schedule.kind." + s.kind())));
    var room = new Anchor("cases/" + s.caseId(), getTranslation("schedule.openRoom"));
    room.getElement().setAttribute("router-link", true);
    room.getElement().addEventListener("click", _ -> close());
    var body =
        new Div(
            new Paragraph(
                getTranslation(
                    "schedule.line",
                    Times.date(s.from().toLocalDate(), today, getLocale()),
                    Times.CLOCK.format(s.from()),
                    Times.CLOCK.format(s.to()),
                    people.directory().hallName(s.hall(), getLocale()))),
            new Paragraph(said("schedule.mediators", s.mediators())),
            new Paragraph(said("schedule.officers", s.officers())),
            room);
    body.addClassName("dlg");
    add(body);
    if (!s.state().equals("booked")) return;
    if (Sessions.may(who)) {
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
    if (Sessions.mayHold(who, s))
      getFooter()
          .add(
              new Button(
                  getTranslation("schedule.held"),
                  e -> tried(() -> sessions.held(who, s.id(), s.mediators(), null))));
  }

  /** The case it belongs to, for whoever has to close it when the right to see that ends. */
  String caseId() {
    return caseId;
  }

  private String said(String what, List<String> ids) {
    var names = people.directory().officerNames(ids, getLocale());
    return getTranslation("look.of", getTranslation(what), names);
  }

  private void ask(Session s) {
    var reason = new WideText(getTranslation("schedule.reason"), Text.REASON);
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
