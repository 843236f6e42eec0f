package org.onedoor.look;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.notification.Notification;
import java.util.Map;
import org.onedoor.people.Refused;

/** What was done, quietly, and what was refused, beside its field where there is one. */
public final class Notice {
  private static final int MILLIS = 5_000;

  private Notice() {}

  public static void done(String text) {
    Notification.show(text, MILLIS, Notification.Position.BOTTOM_START);
  }

  public static void refused(Refused e) {
    var notice = Notification.show(said(e), 2 * MILLIS, Notification.Position.BOTTOM_START);
    notice.setAssertive(true);
    notice.addThemeNames("error");
  }

  /** Says it at the field it is about, else as a notice. */
  public static void refused(Refused e, Map<String, ? extends Component> fields) {
    fields
        .values()
        .forEach(f -> {
          if (f instanceof HasValidation v) v.setInvalid(false);
        });
    var field = e.field() == null ? null : fields.get(e.field());
    if (field instanceof HasValidation v) {
      v.setErrorMessage(said(e));
      v.setInvalid(true);
      if (field instanceof Focusable<?> f) f.focus();
    } else {
      refused(e);
    }
  }

  private static String said(Refused e) {
    return e.say(UI.getCurrent().getLocale());
  }
}
