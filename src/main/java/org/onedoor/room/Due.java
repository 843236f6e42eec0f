package org.onedoor.room;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * By when something has to be done, and from what that follows. Calendar days, counted from the day
 * after the one on which the clock starts (the field's rules: accept or refuse 15 days after
 * registration, handle 60 days after acceptance).
 *
 * @param what accept or handle
 * @param on the last day
 * @param from the day the clock started
 * @param days how many days it runs
 */
public record Due(String what, LocalDate on, LocalDate from, int days) {
  static final int ACCEPT = 15;
  static final int HANDLE = 60;

  /** When a written yes or no is due. */
  public static Due accept(Instant registered, ZoneId zone) {
    var from = LocalDate.ofInstant(registered, zone);
    return new Due("accept", from.plusDays(ACCEPT), from, ACCEPT);
  }

  /** When the case has to be settled; the clock starts with acceptance, not with registration. */
  static Due handle(Instant accepted, ZoneId zone) {
    var from = LocalDate.ofInstant(accepted, zone);
    return new Due("handle", from.plusDays(HANDLE), from, HANDLE);
  }

  /** What is due next in a case; null when nothing is. */
  public static @Nullable Due of(CaseRoom room, ZoneId zone) {
    return switch (room.status()) {
      case "registered" -> accept(room.registeredAt(), zone);
      case "accepted" ->
          handle(room.acceptedAt() == null ? room.registeredAt() : room.acceptedAt(), zone);
      default -> null;
    };
  }

  public boolean late(LocalDate today) {
    return on.isBefore(today);
  }
}
