package org.onedoor.search;

import com.vaadin.flow.component.Component;

/**
 * Looks again while a screen is open: a case that comes is seen, a right withdrawn takes hits off.
 */
public final class IndexWatch {
  private IndexWatch() {}

  /** Calls on the screen's thread whenever lists may look different, at most once a second. */
  public static void on(Component screen, CaseIndex index, Runnable changed) {
    screen.addAttachListener(attach -> {
      var ui = attach.getUI();
      var watching = index.watch(() -> ui.access(changed::run));
      screen.addDetachListener(detach -> {
        detach.unregisterListener();
        watching.close();
      });
    });
  }
}
