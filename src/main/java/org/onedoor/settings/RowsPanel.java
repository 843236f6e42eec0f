package org.onedoor.settings;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Event.AccountOpened;
import org.onedoor.event.Event.AgencyAdded;
import org.onedoor.event.Label;
import org.onedoor.look.SmallButton;
import org.onedoor.people.Role;

/** Several of the same kind, one under the other, to which one more can be added. */
abstract class RowsPanel<P extends Component & RowsPanel.Row> extends Div {
  /** One of them. */
  interface Row {
    void focus();

    /** Its fields by the names refusals use, each beginning so. */
    Map<String, Component> fields(String at);
  }

  private final List<P> panels = new ArrayList<>();
  private final Div rows = new Div();
  private final int fixed;

  /**
   * @param fixed how many of the first cannot be taken away
   */
  RowsPanel(String add, int fixed) {
    this.fixed = fixed;
    var more = new SmallButton(getTranslation(add), () -> put(fresh()).focus());
    add(rows, more);
  }

  /** An empty one. */
  abstract P fresh();

  final P put(P panel) {
    panels.add(panel);
    var row = new Div(panel);
    row.addClassName("srows");
    if (panels.size() > fixed) {
      var gone =
          new NativeButton(
              getTranslation("settings.takeAway"),
              e -> {
                panels.remove(panel);
                rows.remove(row);
              });
      gone.addClassNames("btn", "q", "sm");
      row.add(gone);
    }
    rows.add(row);
    return panel;
  }

  final void none() {
    panels.clear();
    rows.removeAll();
  }

  final List<P> panels() {
    return panels;
  }

  /** All fields by the names refusals use. */
  final Map<String, Component> fields(String list) {
    var all = new HashMap<String, Component>();
    for (var i = 0; i < panels.size(); i++) all.putAll(panels.get(i).fields(list + "[" + i + "]."));
    return all;
  }

  static final class Agencies extends RowsPanel<AgencyPanel> {
    Agencies() {
      super("settings.addAgency", 1);
      put(fresh());
    }

    void fill(List<AgencyAdded> all) {
      none();
      for (var one : all) put(new AgencyPanel(one, false, 1));
      if (all.isEmpty()) put(fresh());
    }

    List<AgencyAdded> entered() {
      return panels().stream().map(AgencyPanel::entered).toList();
    }

    Map<String, Component> fields() {
      return fields("agencies");
    }

    @Override
    AgencyPanel fresh() {
      return new AgencyPanel(null, false, panels().size() + 1);
    }
  }

  /** The first is whoever sets the centre up. */
  static final class Accounts extends RowsPanel<AccountPanel> {
    private final Supplier<List<AgencyAdded>> agencies;

    Accounts(Supplier<List<AgencyAdded>> agencies) {
      super("settings.openAccount", 1);
      this.agencies = agencies;
      put(row(administrator()));
    }

    private static AccountOpened administrator() {
      return new AccountOpened("", new Label("", null), "", Set.of(Role.ADMIN.word()));
    }

    /** Puts an administrator first. */
    void fill(List<AccountOpened> all) {
      var admins = all.stream().filter(a -> a.roles().contains(Role.ADMIN.word())).toList();
      var first = admins.isEmpty() ? administrator() : admins.getFirst();
      none();
      put(row(first));
      for (var one : all) if (!one.equals(first)) put(row(one));
    }

    /** The agencies as they are by now. */
    void offer() {
      panels().forEach(p -> p.offer(agencies.get()));
    }

    List<AccountOpened> entered() {
      return panels().stream().map(AccountPanel::entered).toList();
    }

    /** The account of whoever does this. */
    String own() {
      return panels().getFirst().entered().id();
    }

    Map<String, Component> fields() {
      return fields("accounts");
    }

    private AccountPanel row(@Nullable AccountOpened given) {
      return new AccountPanel(given, false, false, agencies.get());
    }

    @Override
    AccountPanel fresh() {
      return row(null);
    }
  }
}
