package org.onedoor.look;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads off the screen's thread and shows the answer on it, so that no screen waits for a disk. One
 * reading at a time: what is asked meanwhile is read next, of several only the last, so an older
 * answer never comes after a newer one.
 *
 * <pre>{@code
 * private final Reading reading = new Reading();
 * reading.ask(() -> cases.count(who, query), this::show); // on the screen's thread
 * }</pre>
 */
public final class Reading {
  private static final System.Logger LOG = System.getLogger("onedoor.screen");

  private @Nullable Runnable next;
  private boolean running;

  /**
   * Reads soon.
   *
   * @param read asks the index or a fold; not on the screen's thread, so it may not touch the
   *     screen
   * @param show takes the answer on the screen's thread
   */
  public <T> void ask(Supplier<T> read, Consumer<T> show) {
    var ui = UI.getCurrent();
    synchronized (this) {
      next = () -> answer(ui, read, show);
      if (running) return;
      running = true;
    }
    Thread.ofVirtual().start(this::run);
  }

  /** Does what has no answer, in turn with what is read, and says so on the screen's thread. */
  public void ask(Runnable work, Runnable done) {
    ask(
        () -> {
          work.run();
          return true;
        },
        _ -> done.run());
  }

  private void run() {
    for (var one = take(); one != null; one = take()) {
      try {
        one.run();
      } catch (UIDetachedException e) {
        LOG.log(System.Logger.Level.DEBUG, "the screen was closed meanwhile");
      } catch (RuntimeException | Error e) { // the screen keeps what it shows
        LOG.log(System.Logger.Level.WARNING, "a screen could not be read anew", e);
      }
    }
  }

  private synchronized @Nullable Runnable take() {
    var one = next;
    next = null;
    running = one != null;
    return one;
  }

  private static <T> void answer(UI ui, Supplier<T> read, Consumer<T> show) {
    var answer = read.get();
    ui.access(() -> show.accept(answer));
  }
}
