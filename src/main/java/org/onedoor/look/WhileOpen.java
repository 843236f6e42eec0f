package org.onedoor.look;

import com.vaadin.flow.component.Component;
import java.util.function.Function;
import org.onedoor.log.Following;

/**
 * Looks again while a screen is open: what comes is seen, and what a withdrawn right hides goes.
 *
 * <pre>{@code
 * WhileOpen.listen(this, index::watch, this::look);
 * }</pre>
 */
public final class WhileOpen {
  private WhileOpen() {}

  /**
   * Listens as long as the screen is attached.
   *
   * @param source takes what it calls, on any thread, when something changed
   * @param again called on the screen's thread
   */
  public static void listen(
      Component screen, Function<Runnable, Following> source, Runnable again) {
    screen.addAttachListener(attach -> {
      var ui = attach.getUI();
      var listening = source.apply(() -> ui.access(again::run));
      screen.addDetachListener(detach -> {
        detach.unregisterListener();
        listening.close();
      });
    });
  }
}
