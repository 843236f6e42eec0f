package org.onedoor.shell;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Says when the clock is not to be trusted; requests are served all the same. */
@Component
final class ClockHealth implements HealthIndicator {
  private final Watchman watchman;

  ClockHealth(Watchman watchman) {
    this.watchman = watchman;
  }

  @Override
  public Health health() {
    var health = Health.up();
    if (watchman.troubles().contains(Watchman.Trouble.CLOCK))
      health.withDetail(
          "why", "The clock jumped, or stands before the last entry of the log. Set it right.");
    return health.build();
  }
}
