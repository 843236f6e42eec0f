package org.onedoor.event;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A name in the centre's languages; where the Chinese one is missing the other stands in. */
public record Label(String en, @Nullable String zh) {
  public String in(Locale locale) {
    return zh != null && locale.getLanguage().equals("zh") ? zh : en;
  }
}
