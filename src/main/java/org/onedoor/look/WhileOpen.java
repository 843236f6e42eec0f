package org.onedoor.look;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.onedoor.log.Following;

/**
 * Looks when a screen opens and again while it is open: what comes is seen, and what a withdrawn
 * right hides goes.
 *
 * <pre>{@code
 * WhileOpen.look(this, index::watch, this::look);
 * }</pre>
 */
public final class WhileOpen {
  private WhileOpen() {}

  /**
   * Looks now and again as long as the screen is attached.
   *
   * @param source takes what it calls, on any thread, when something changed
   * @param look called on the screen's thread
   */
  public static void look(Component screen, Function<Runnable, Following> source, Runnable look) {
    screen.addAttachListener(attach -> {
      var listening = source.apply(soon(attach.getUI(), look));
      look.run(); // once it is listened: nothing that comes between is missed
      screen.addDetachListener(detach -> {
        detach.unregisterListener();
        listening.close();
      });
    });
  }

  /**
   * Something that may be called often and by any thread, which never waits: the screen looks soon,
   * on its own thread, and what happens meanwhile is seen in the same look.
   */
  public static Runnable soon(UI ui, Runnable look) {
    var waiting = new AtomicBoolean();
    return () -> {
      if (!waiting.compareAndSet(false, true)) return;
      Thread.startVirtualThread(() -> {
        try {
          ui.access(() -> {
            waiting.set(false);
            look.run();
          });
        } catch (UIDetachedException e) {
          // the screen was closed meanwhile
        }
      });
    };
  }
}
