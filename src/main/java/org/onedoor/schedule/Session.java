package org.onedoor.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;

/**
 * A session in the calendar.
 *
 * @param state booked, cancelled or held
 */
public record Session(
    String id,
    String caseId,
    String kind,
    LocalDateTime from,
    LocalDateTime to,
    ZoneId zone,
    String hall,
    List<String> mediators,
    List<String> officers,
    List<String> agencies,
    List<String> parties,
    String state) {

  public Instant start() {
    return from.atZone(zone).toInstant();
  }

  public Instant end() {
    return to.atZone(zone).toInstant();
  }

  /** Whether it takes place at any time between; touching is not overlapping. */
  boolean overlaps(LocalDateTime others, LocalDateTime until) {
    return from.isBefore(until) && others.isBefore(to);
  }

  Session at(LocalDateTime newFrom, LocalDateTime newTo, String newHall) {
    return new Session(
        id, caseId, kind, newFrom, newTo, zone, newHall, mediators, officers, agencies, parties,
        state);
  }

  Session state(String now) {
    return new Session(
        id, caseId, kind, from, to, zone, hall, mediators, officers, agencies, parties, now);
  }
}
