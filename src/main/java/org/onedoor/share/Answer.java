package org.onedoor.share;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a POST is answered, so that it can be given again word for word. */
record Answer(int status, Map<String, ? extends @Nullable Object> body) {
  static Answer of(int status, Map<String, ? extends @Nullable Object> body) {
    return new Answer(status, body);
  }
}
