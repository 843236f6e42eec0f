package org.onedoor.shell;

import org.onedoor.log.EventLog;
import org.onedoor.log.Unavailable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Well is a server whose log can be written. */
@Component
final class LogHealth implements HealthIndicator {
  private final EventLog log;

  LogHealth(EventLog log) {
    this.log = log;
  }

  @Override
  public Health health() {
    try {
      log.writable();
      return Health.up().build();
    } catch (Unavailable e) {
      return Health.down()
          .withDetail(
              "why", "The log cannot be written. Nothing is lost; writing resumes by itself.")
          .build();
    }
  }
}
