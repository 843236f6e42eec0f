package org.onedoor.shell;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import jakarta.servlet.http.HttpServletResponse;
import org.onedoor.look.Empty;
import org.onedoor.people.Bug;

/** A bug of ours, said calmly, with a reference that stands in the server's log. */
@AnonymousAllowed
public final class ErrorView extends Div implements HasErrorParameter<Exception>, HasDynamicTitle {
  @Override
  public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Exception> parameter) {
    var reference = Bug.note("onedoor.screen", parameter.getCaughtException());
    add(new Empty(getTranslation("shell.bug"), getTranslation("shell.bugHow", reference)));
    return HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
  }

  @Override
  public String getPageTitle() {
    return getTranslation("shell.bug") + " · OneDoor";
  }
}
