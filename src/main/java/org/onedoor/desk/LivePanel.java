package org.onedoor.desk;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.onedoor.search.CaseIndex;

/** Asks the index off the screen's thread, now and whenever lists may look different. */
final class LivePanel {
  private LivePanel() {}

  /** Shows what {@code ask} answers while the component is on screen. */
  static <T> void on(Component screen, CaseIndex index, Supplier<T> ask, Consumer<T> show) {
    screen.addAttachListener(attach -> {
      var ui = attach.getUI();
      var watching = index.watch(() -> refresh(ui, ask, show));
      refresh(ui, ask, show);
      screen.addDetachListener(detach -> {
        detach.unregisterListener();
        watching.close();
      });
    });
  }

  private static <T> void refresh(UI ui, Supplier<T> ask, Consumer<T> show) {
    Thread.ofVirtual()
        .start(() -> {
          var answer = ask.get();
          if (ui.isAttached()) ui.access(() -> show.accept(answer));
        });
  }
}
