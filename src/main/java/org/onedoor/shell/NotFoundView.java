package org.onedoor.shell;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.ParentLayout;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import jakarta.servlet.http.HttpServletResponse;
import org.onedoor.look.Empty;

/** Nothing there, or nothing one may know of: the same words for both. */
@ParentLayout(MainLayout.class)
@AnonymousAllowed
public final class NotFoundView extends Div
    implements HasErrorParameter<NotFoundException>, HasDynamicTitle {
  @Override
  public int setErrorParameter(
      BeforeEnterEvent event, ErrorParameter<NotFoundException> parameter) {
    var home = new Anchor("", getTranslation("shell.home"));
    home.getElement().setAttribute("router-link", true);
    add(new Empty(getTranslation("shell.notFound"), getTranslation("shell.notFoundHow"), home));
    return HttpServletResponse.SC_NOT_FOUND;
  }

  @Override
  public String getPageTitle() {
    return getTranslation("shell.notFound") + " · OneDoor";
  }
}
