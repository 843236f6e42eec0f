package org.onedoor.note;

/**
 * How fast one socket may speak: nobody typing comes near it. Counted in windows of a second, and
 * twice what the public contract promises, because what was sent evenly may arrive in a bunch.
 */
final class Pace {
  private static final int MESSAGES = 800;
  private static final int PUSHES = 200;
  private static final int UPDATES = 2_000;
  private static final int CURSORS = 20;

  private long window;
  private int messages;
  private int pushes;
  private int updates;
  private int cursors;

  boolean message() {
    turn();
    return ++messages <= MESSAGES;
  }

  boolean push(int more) {
    turn();
    updates += more;
    return ++pushes <= PUSHES && updates <= UPDATES;
  }

  boolean cursor() {
    turn();
    return ++cursors <= CURSORS;
  }

  private void turn() {
    var now = System.nanoTime() / 1_000_000_000L;
    if (now == window) return;
    window = now;
    messages = 0;
    pushes = 0;
    updates = 0;
    cursors = 0;
  }
}
