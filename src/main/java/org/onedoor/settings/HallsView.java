package org.onedoor.settings;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.onedoor.event.Event.HallAdded;
import org.onedoor.look.Empty;
import org.onedoor.look.Notice;
import org.onedoor.look.SmallButton;
import org.onedoor.look.Times;
import org.onedoor.look.WhileOpen;
import org.onedoor.people.Administration;
import org.onedoor.people.Me;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Refused;
import org.onedoor.people.Words;
import org.onedoor.room.AskDialog;
import org.onedoor.schedule.Blocks;
import org.onedoor.schedule.Calendar.Block;

/** The halls: what each has, and when it cannot be booked. */
@Route("settings/halls")
@RolesAllowed({"ADMIN", "COORDINATOR"})
public final class HallsView extends Div implements HasDynamicTitle {
  private final Officer who;
  private final People people;
  private final Administration administration;
  private final Blocks blocks;
  private final Div body = new Div();

  public HallsView(Me me, People people, Administration administration, Blocks blocks) {
    who = me.get();
    this.people = people;
    this.administration = administration;
    this.blocks = blocks;
    var add = new NativeButton(getTranslation("settings.addHall"), e -> add());
    add.addClassNames("btn", "pri");
    body.addClassName("setbody");
    add(new TabsPanel(who, "halls", add), body);
    WhileOpen.look(this, people::watch, this::show);
  }

  private void show() {
    body.removeAll();
    var halls = people.directory().openHalls();
    if (halls.isEmpty())
      body.add(
          new Empty(getTranslation("settings.noHalls"), getTranslation("settings.noHallsHow")));
    for (var hall : halls) body.add(hall(hall));
  }

  private Component hall(HallAdded hall) {
    var about = new Paragraph(about(hall));
    about.addClassName("m");
    var actions =
        new Div(
            button("settings.change", hall, () -> change(hall)),
            button("settings.block", hall, () -> block(hall)),
            button("settings.closeHall", hall, () -> close(hall)));
    actions.addClassName("row");
    var section = new Section(new H2(hall.name().in(getLocale())), about);
    var blocked = blocks.of(hall.id());
    if (!blocked.isEmpty()) section.add(list(blocked));
    section.add(actions);
    section.addClassName("hallc");
    return section;
  }

  private String about(HallAdded hall) {
    var said = new ArrayList<String>();
    said.add(getTranslation("schedule.seats", hall.seats()));
    said.add(getTranslation("schedule.waiting", hall.waitingRooms()));
    if (hall.stepFree()) said.add(getTranslation("schedule.stepFree"));
    said.addAll(hall.equipment());
    return Words.clauses(getLocale(), said);
  }

  private Component list(List<Block> blocked) {
    var list = new UnorderedList();
    for (var block : blocked) {
      var said =
          new Span(
              getTranslation(
                  "settings.blockedFromTo",
                  Times.MINUTE.format(block.from()),
                  Times.MINUTE.format(block.to()),
                  block.reason()));
      var free =
          new SmallButton(getTranslation("settings.unblock"), said.getText(), () -> unblock(block));
      var item = new ListItem(said, free);
      item.addClassName("row");
      list.add(item);
    }
    return list;
  }

  private SmallButton button(String key, HallAdded hall, Runnable act) {
    return new SmallButton(getTranslation(key), hall.name().in(getLocale()), act);
  }

  private void add() {
    var panel = new HallPanel(null);
    ask("settings.addHall", panel, () -> administration.addHall(who, panel.entered()));
  }

  private void change(HallAdded hall) {
    var panel = new HallPanel(hall);
    ask("settings.change", panel, () -> administration.changeHall(who, panel.entered()));
  }

  private void ask(String title, HallPanel panel, Runnable act) {
    new AskDialog(getTranslation(title), "", panel.fields(), List.of(panel), () -> saved(act))
        .open();
  }

  private void saved(Runnable act) {
    act.run();
    show();
    Notice.done(getTranslation("settings.saved"));
  }

  private void block(HallAdded hall) {
    var from = when("settings.from");
    var to = when("settings.to");
    var reason = new TextField(getTranslation("settings.reason"));
    reason.setWidthFull();
    new AskDialog(
            getTranslation("settings.block"),
            getTranslation("settings.blockHow", hall.name().in(getLocale())),
            Map.of("from", from, "to", to, "reason", reason),
            List.of(from, to, reason),
            () ->
                saved(() ->
                    blocks.block(
                        who, hall.id(), from.getValue(), to.getValue(), reason.getValue())))
        .open();
  }

  private DateTimePicker when(String key) {
    var when = new DateTimePicker();
    when.setLabel(getTranslation(key));
    when.setLocale(Locale.UK); // 24 hours in both languages
    when.setStep(Duration.ofMinutes(30));
    when.setDateAriaLabel(getTranslation("schedule.day"));
    when.setTimeAriaLabel(getTranslation(key));
    when.setWidthFull();
    return when;
  }

  private void unblock(Block block) {
    try {
      saved(() -> blocks.unblock(who, block.id()));
    } catch (Refused refused) {
      Notice.refused(refused);
    }
  }

  private void close(HallAdded hall) {
    new AskDialog(
            getTranslation("settings.closeHall"),
            getTranslation("settings.closeHallHow", hall.name().in(getLocale())),
            Map.of(),
            List.of(),
            () -> saved(() -> administration.closeHall(who, hall.id())))
        .open();
  }

  @Override
  public String getPageTitle() {
    return getTranslation("settings.halls") + " · OneDoor";
  }
}
