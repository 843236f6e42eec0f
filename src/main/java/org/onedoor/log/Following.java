package org.onedoor.log;

/** A subscription to the log; closing it ends it, and no entry is handed over afterwards. */
public interface Following extends AutoCloseable {
  @Override
  void close();
}
