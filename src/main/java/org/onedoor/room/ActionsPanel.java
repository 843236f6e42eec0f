package org.onedoor.room;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.contextmenu.ContextMenu;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Event.AgencyAdded;
import org.onedoor.look.Notice;
import org.onedoor.look.WideText;
import org.onedoor.note.Notes;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Refused;
import org.onedoor.people.Text;
import org.onedoor.room.Petition.NewParty;
import org.onedoor.schedule.BookingDialog;
import org.onedoor.schedule.Sessions;

/** What can be done with a case now, as buttons; each asks what it needs. */
final class ActionsPanel {
  /** What is done often stands in the open where there is room; everything is behind "More". */
  private static final Set<Act> OPEN = EnumSet.range(Act.ACCEPT, Act.CONTACT);

  private final Officer who;
  private final People people;
  private final Rooms rooms;
  private final Sessions sessions;
  private final Notes notes;
  private final Erasures erasures;
  private final Reveals reveals;
  private final List<Dialog> dialogs = new ArrayList<>();

  ActionsPanel(
      Officer who,
      People people,
      Rooms rooms,
      Sessions sessions,
      Notes notes,
      Erasures erasures,
      Reveals reveals) {
    this.who = who;
    this.people = people;
    this.rooms = rooms;
    this.sessions = sessions;
    this.notes = notes;
    this.erasures = erasures;
    this.reveals = reveals;
  }

  Component bar(CaseRoom room) {
    var may = Act.may(who, room);
    var bar = new Div();
    bar.addClassName("actions");
    for (var act : may) {
      if (!OPEN.contains(act)) continue;
      var button = new NativeButton(say("room.do." + act.word()), e -> begin(room.id(), act));
      button.addClassName("btn");
      if (act == Act.ACCEPT) button.addClassName("pri");
      button.setId("do-" + act.word());
      bar.add(button);
    }
    bar.add(more(room.id(), may));
    return bar;
  }

  private Component more(String id, Set<Act> may) {
    var button = new NativeButton("⋯");
    button.addClassNames("btn", "icon");
    button.setId("do-more");
    button.setTitle(say("room.do.more"));
    button.getElement().setAttribute("aria-label", say("room.do.more"));
    var menu = new ContextMenu(button);
    menu.setOpenOnClick(true);
    for (var act : may)
      menu.addItem(say("room.do." + act.word()), e -> begin(id, act)).setId("menu-" + act.word());
    menu.addItem(
            say("room.do.print"), e -> UI.getCurrent().getPage().open("cases/" + id + "/receipt"))
        .setId("menu-print");
    return button;
  }

  private String say(String key, Object... args) {
    return UI.getCurrent().getTranslation(key, args);
  }

  private void begin(String id, Act act) {
    CaseRoom room;
    try {
      room = rooms.seen(who, id);
    } catch (Refused e) {
      Notice.refused(e);
      return;
    }
    switch (act) {
      case ACCEPT -> now(() -> rooms.accept(who, id, null));
      case DECLINE -> reason(act, r -> rooms.decline(who, id, r, null));
      case OBJECT -> reason(act, r -> rooms.object(who, id, r, null));
      case REOPEN -> reason(act, r -> rooms.reopen(who, id, r, null));
      case LEAD -> agency(act, people.directory().agencyList(), a -> rooms.lead(who, id, a, null));
      case ASSIST ->
          agency(act, HeadPanel.others(room, people), a -> rooms.assist(who, id, a, null));
      case RELEASE -> release(room);
      case CONTACT -> contact(id);
      case PARTY -> party(id);
      case CORRECT -> open(CorrectDialog.of(who, rooms, reveals, room));
      case CLOSE -> close(id);
      case BOOK -> open(new BookingDialog(who, people, sessions, id, parties(room)));
      case ERASE -> open(EraseDialog.of(who, erasures, room, parties(room)));
    }
  }

  /** Names of the parties by their ids, for who picks some of them. */
  Map<String, String> parties(CaseRoom room) {
    var names = new LinkedHashMap<String, String>();
    for (var p : room.parties()) {
      var name = p.name();
      names.put(p.id(), name == null ? say("room.erasedName") : name);
    }
    return names;
  }

  Notes notes() {
    return notes;
  }

  Erasures erasures() {
    return erasures;
  }

  private void now(Runnable command) {
    try {
      command.run();
      Notice.done(say("room.done"));
    } catch (Refused e) {
      Notice.refused(e);
    }
  }

  private void reason(Act act, Consumer<String> command) {
    var reason = reasonField();
    var consequence = act == Act.REOPEN ? "" : say("room.ask." + act.word());
    ask(
        act,
        consequence,
        Map.of("reason", reason),
        List.of(reason),
        () -> command.accept(reason.getValue()));
  }

  private void agency(Act act, List<AgencyAdded> choices, Consumer<@Nullable String> command) {
    var agency = agencyField(choices);
    ask(act, "", Map.of("agency", agency), List.of(agency), () -> command.accept(id(agency)));
  }

  private void release(CaseRoom room) {
    var in = people.directory().agencies().values().stream().filter(a -> room.has(a.id())).toList();
    var agency = agencyField(in);
    var reason = reasonField();
    ask(
        Act.RELEASE,
        say("room.ask.release"),
        Map.of("agency", agency, "reason", reason),
        List.of(agency, reason),
        () -> rooms.release(who, room.id(), id(agency), reason.getValue(), null));
  }

  private void contact(String id) {
    var channel = choice("room.channelOf", Intake.CHANNELS, "room.channel.", "visit");
    var words = new WideText(say("room.whatSaid"), Text.WORDS);
    ask(
        Act.CONTACT,
        "",
        Map.of("channel", channel, "words", words),
        List.of(channel, words),
        () -> rooms.contact(who, id, channel.getValue(), words.getValue(), null, null));
  }

  private void party(String id) {
    var role = choice("room.roleOf", Intake.PARTY_ROLES, "room.role.", "respondent");
    var type = choice("room.typeOf", List.of("person", "organisation"), "room.type.", "person");
    var name = new TextField(say("room.name"));
    var phone = new TextField(say("room.phone"));
    var contact = new TextField(say("room.contactPerson"));
    var address = new TextField(say("room.address"));
    ask(
        Act.PARTY,
        "",
        Map.of(
            "role", role, "type", type, "name", name, "phone", phone, "contact", contact, "address",
            address),
        List.of(role, type, name, phone, contact, address),
        () ->
            rooms.addParty(
                who,
                id,
                new NewParty(
                    name.getValue(),
                    role.getValue(),
                    type.getValue(),
                    contact.getValue(),
                    phone.getValue(),
                    null,
                    address.getValue()),
                null));
  }

  private void close(String id) {
    var outcome = choice("room.outcome", Rooms.OUTCOMES, "room.outcome.", "agreement");
    var summary = new WideText(say("room.summary"), Text.WORDS);
    ask(
        Act.CLOSE,
        say("room.ask.close"),
        Map.of("outcome", outcome, "summary", summary),
        List.of(outcome, summary),
        () -> rooms.close(who, id, outcome.getValue(), summary.getValue(), null));
  }

  private void ask(
      Act act,
      String consequence,
      Map<String, ? extends Component> named,
      List<? extends Component> shown,
      Runnable command) {
    open(new AskDialog(say("room.do." + act.word()), consequence, named, shown, command));
  }

  private void open(Dialog dialog) {
    dialogs.removeIf(d -> !d.isOpened());
    dialogs.add(dialog);
    dialog.open();
  }

  /** What stands in an open question of a room must go with the room. */
  void closeDialogs() {
    dialogs.forEach(Dialog::close);
    dialogs.clear();
  }

  private Select<String> choice(String label, List<String> items, String key, String first) {
    var select = new Select<String>();
    select.setLabel(say(label));
    select.setItems(items);
    select.setItemLabelGenerator(i -> say(key + i));
    select.setValue(first);
    return select;
  }

  private ComboBox<AgencyAdded> agencyField(List<AgencyAdded> choices) {
    var locale = UI.getCurrent().getLocale();
    var agency = new ComboBox<AgencyAdded>(say("room.agency"));
    agency.setItems(choices);
    agency.setItemLabelGenerator(a -> a.name().in(locale));
    return agency;
  }

  private static @Nullable String id(ComboBox<AgencyAdded> agency) {
    return agency.getValue() == null ? null : agency.getValue().id();
  }

  private WideText reasonField() {
    return new WideText(say("room.reason"), Text.REASON);
  }
}
