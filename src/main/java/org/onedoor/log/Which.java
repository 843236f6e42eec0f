package org.onedoor.log;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which entries, always in order of position.
 *
 * @param stream a stream, or with a trailing {@code /} all streams that begin so; null: any
 * @param about the case the entries are about; null: any
 * @param kinds the stored names of the kinds of event; empty: any
 * @param not stored names of kinds that are passed over
 */
public record Which(
    @Nullable String stream, @Nullable String about, Set<String> kinds, Set<String> not) {

  public static Which all() {
    return new Which(null, null, Set.of(), Set.of());
  }

  /** One stream; with a trailing {@code /} all streams that begin so. */
  public static Which stream(String name) {
    return new Which(name, null, Set.of(), Set.of());
  }

  /** All that is about one case: its own entries, its notes', its sessions'. */
  public static Which about(String caseId) {
    return new Which(null, caseId, Set.of(), Set.of());
  }

  public Which only(String... names) {
    return new Which(stream, about, Set.of(names), not);
  }

  public Which but(String... names) {
    return new Which(stream, about, kinds, Set.of(names));
  }
}
