package org.onedoor.shell;

import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinRequestInterceptor;
import com.vaadin.flow.server.VaadinResponse;
import com.vaadin.flow.server.VaadinServiceInitListener;
import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.spring.annotation.VaadinTaskExecutor;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.onedoor.people.SignIns;
import org.springframework.context.annotation.Bean;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.stereotype.Component;

/**
 * How screens outlive the server and end with their sign-in. Vaadin's own reload is replaced by a
 * quiet one of ours ({@code quiet-reload.ts}), because it takes the page away under the typist's
 * fingers.
 */
@Component
class Screens implements VaadinServiceInitListener, VaadinRequestInterceptor {
  private static final String OWNER = "onedoor.owner";

  /** Seconds a sign-in page nobody uses is remembered. */
  private static final int STRANGERS = 600;

  private static final String CONTEXT = "SPRING_SECURITY_CONTEXT";

  @Override
  public void serviceInit(ServiceInitEvent init) {
    init.addVaadinRequestInterceptor(this);
    init.getSource().setSystemMessagesProvider(_ -> Language.quiet());
    init.getSource().addSessionInitListener(e -> e.getSession().setErrorHandler(new Mishap()));
    init.getSource()
        .addUIInitListener(e -> {
          var ui = e.getUI();
          // come back in about a second, not all at once
          var interval = 800 + ThreadLocalRandom.current().nextInt(700);
          ui.getPushConfiguration().setParameter("reconnectInterval", "" + interval);
          ui.getReconnectDialogConfiguration().setReconnectInterval(1_000);
          ui.getReconnectDialogConfiguration().setReconnectAttempts(1_000_000);
        });
  }

  private final SignInCookie cookie;

  Screens(SignInCookie cookie) {
    this.cookie = cookie;
  }

  /**
   * A screen belongs to who opened it, as they were then: when that sign-in is over, another
   * person's, or its owner's roles are others, so is the screen. Who it is must also be found by
   * Vaadin on threads of ours, which look in the session.
   */
  @Override
  public void requestStart(VaadinRequest request, VaadinResponse response) {
    var session = request.getWrappedSession(false);
    if (session == null) return;
    var owner = session.getAttribute(OWNER);
    var now = cookie.who(request.getCookies()).orElse(null);
    if (owner == null && now == null) session.setMaxInactiveInterval(STRANGERS);
    if (owner == null && now != null) {
      session.setAttribute(OWNER, now);
      session.setMaxInactiveInterval((int) SignIns.LASTS.toSeconds());
    }
    if (owner != null && !owner.equals(now)) {
      session.invalidate();
      return;
    }
    if (request.getUserPrincipal() instanceof Authentication who)
      session.setAttribute(CONTEXT, new SecurityContextImpl(who));
  }

  @Override
  public void handleException(
      VaadinRequest request,
      VaadinResponse response,
      @Nullable VaadinSession session,
      Exception e) {}

  @Override
  public void requestEnd(
      VaadinRequest request, VaadinResponse response, @Nullable VaadinSession session) {}

  @Bean
  @VaadinTaskExecutor
  static AsyncTaskExecutor uiExecutor() {
    var executor = new SimpleAsyncTaskExecutor("ui-");
    executor.setVirtualThreads(true);
    return executor;
  }
}
