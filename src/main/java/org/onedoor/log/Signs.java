package org.onedoor.log;

import java.util.Map;
import java.util.function.Consumer;

/**
 * Signs of life that the servers of one centre give each other: who is in a room, who types in a
 * note and where. No facts: they never touch the log, and those of a server that died are gone
 * within seconds.
 */
public interface Signs {
  /** Gives or changes a sign; others see it in a moment, as long as this server lives. */
  void give(String place, String who, String what);

  /** Takes a sign back. */
  void take(String place, String who);

  /** What other servers say of a place now. */
  Map<String, String> others(String place);

  /** Tells the places of which other servers say something else than before; must not block. */
  Following watch(Consumer<String> changed);

  /** Where there is one server only. */
  Signs NONE =
      new Signs() {
        @Override
        public void give(String place, String who, String what) {}

        @Override
        public void take(String place, String who) {}

        @Override
        public Map<String, String> others(String place) {
          return Map.of();
        }

        @Override
        public Following watch(Consumer<String> changed) {
          return () -> {};
        }
      };
}
