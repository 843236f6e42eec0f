package org.onedoor.room;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is written down when somebody comes, before it was checked.
 *
 * @param words the person's own
 * @param at when it came, if not now (an import)
 */
public record Petition(
    @Nullable String title,
    @Nullable String words,
    @Nullable String kind,
    @Nullable String channel,
    @Nullable String lead,
    List<NewParty> parties,
    List<String> needs,
    @Nullable String externalNumber,
    @Nullable String externalSource,
    @Nullable Instant at) {

  /** A party as entered. */
  public record NewParty(
      @Nullable String name,
      @Nullable String role,
      @Nullable String type,
      @Nullable String contact,
      @Nullable String phone,
      @Nullable String idNumber,
      @Nullable String address) {}

  /** Under which an external system's number may come in only once; null without such a number. */
  public @Nullable String externalKey() {
    if (externalNumber == null) return null;
    var source = externalSource == null ? "" : externalSource;
    // a colon in the source must not look like the one behind it
    return "external:" + source.replace("%", "%25").replace(":", "%3A") + ":" + externalNumber;
  }
}
