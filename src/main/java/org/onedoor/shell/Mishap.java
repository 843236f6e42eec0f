package org.onedoor.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.ErrorHandler;
import org.onedoor.log.Conflict;
import org.onedoor.log.Unavailable;
import org.onedoor.look.Notice;
import org.onedoor.people.Bug;
import org.onedoor.people.Refused;

/**
 * What a screen says when what was asked for did not happen: a refusal as itself, a log that cannot
 * be written as that, and a bug of ours calmly, with a reference that stands in the server's log.
 */
final class Mishap implements ErrorHandler {
  @Override
  public void error(ErrorEvent event) {
    var why = event.getThrowable();
    while (why.getCause() != null && !(why instanceof Refused) && !(why instanceof Unavailable))
      why = why.getCause();
    if (why instanceof UIDetachedException) return; // the screen was closed meanwhile
    var refused =
        switch (why) {
          case Refused r -> r;
          case Unavailable _, Conflict _ ->
              new Refused(Refused.Code.UNAVAILABLE, "people.unavailable");
          default ->
              new Refused(
                  Refused.Code.UNAVAILABLE,
                  "people.bug",
                  Bug.note("onedoor.screen", event.getThrowable()));
        };
    if (UI.getCurrent() != null) Notice.refused(refused);
  }
}
