package org.onedoor.desk;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.onedoor.log.Hub;
import org.onedoor.log.Keep;
import org.onedoor.room.Petition;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What somebody has begun to register: per account, in any browser, for seven days. */
@Component
public final class Drafts {
  private static final String SHELF = "draft";
  private static final Duration KEPT = Duration.ofDays(7);

  private final Keep keep;
  private final InstantSource clock;

  public Drafts(Hub hub, InstantSource clock) {
    keep = hub.keep();
    this.clock = clock;
  }

  public Optional<Petition> load(String account) {
    try {
      return keep.get(SHELF, account)
          .map(text -> JsonMapper.shared().readValue(text, Petition.class));
    } catch (JacksonException e) {
      return Optional.empty(); // of a program whose form was another one
    }
  }

  public void save(String account, Petition draft) {
    keep.put(
        SHELF, account, JsonMapper.shared().writeValueAsString(draft), clock.instant().plus(KEPT));
  }

  public void drop(String account) {
    keep.drop(SHELF, account);
  }
}
