package org.onedoor.settings;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import java.util.Map;
import org.onedoor.look.Notice;
import org.onedoor.look.SmallButton;
import org.onedoor.people.Account;
import org.onedoor.people.Administration;
import org.onedoor.people.Invitations;
import org.onedoor.people.Officer;
import org.onedoor.people.Refused;

/** One account: what it is, and what its administrator may do with it at once. */
final class AccountDialog extends Dialog {
  private final Div body = new Div();

  AccountDialog(String name) {
    setHeaderTitle(name);
    body.addClassName("dlg");
    add(body);
    getFooter().add(new Button(getTranslation("settings.close"), e -> close()));
  }

  /** Shows the link for its owner, once. */
  void link(String secret) {
    body.removeAll();
    body.add(
        new Paragraph(getTranslation("settings.linkHow", Invitations.LASTS.toDays())),
        LinkPanel.link(getTranslation("settings.link"), "welcome?key=" + secret));
    open();
  }

  void change(
      Officer who,
      Account account,
      AccountPanel panel,
      Administration administration,
      Runnable save) {
    var id = account.id();
    var now = new Div();
    now.addClassName("row");
    if (account.disabled()) {
      now.add(at("settings.enable", () -> administration.enable(who, id)));
    } else {
      now.add(
          button("settings.newLink", () -> link(administration.invite(who, id))),
          at("settings.signOut", () -> administration.signOut(who, id)),
          at("settings.disable", () -> administration.disable(who, id)));
    }
    body.add(panel, now);
    var go = new Button(getTranslation("settings.save"), e -> act(save, panel.fields(""), true));
    go.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    getFooter().add(go);
    open();
  }

  /** Does it, says so, and is done. */
  private SmallButton at(String key, Runnable act) {
    return button(
        key,
        () -> {
          act.run();
          Notice.done(getTranslation(key + "Done", getHeaderTitle()));
          close();
        });
  }

  private SmallButton button(String key, Runnable act) {
    return new SmallButton(getTranslation(key), () -> act(act, Map.of(), false));
  }

  private void act(Runnable act, Map<String, Component> fields, boolean done) {
    try {
      act.run();
      if (done) close();
    } catch (Refused refused) {
      Notice.refused(refused, fields);
    }
  }
}
