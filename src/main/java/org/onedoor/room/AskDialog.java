package org.onedoor.room;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.KeyModifier;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import java.util.List;
import java.util.Map;
import org.onedoor.look.Notice;
import org.onedoor.people.Refused;

/** Asks what an action needs and names its consequence; a refusal is said at its field. */
public final class AskDialog extends Dialog {
  /**
   * A question with fields.
   *
   * @param named the fields by the names refusals use
   * @param shown the same in order
   */
  public AskDialog(
      String title,
      String consequence,
      Map<String, ? extends Component> named,
      List<? extends Component> shown,
      Runnable act) {
    setHeaderTitle(title);
    var body = new Div();
    body.addClassName("dlg");
    if (!consequence.isEmpty()) body.add(new Paragraph(consequence));
    shown.forEach(body::add);
    add(body);
    var leave = new Button(getTranslation("room.leave"), e -> close());
    var go =
        new Button(
            title,
            e -> {
              try {
                act.run();
                close();
              } catch (Refused refused) {
                Notice.refused(refused, named);
              }
            });
    go.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    // what is being typed in counts
    go.addClickShortcut(Key.ENTER, KeyModifier.CONTROL).resetFocusOnActiveElement();
    getFooter().add(leave, go);
  }
}
