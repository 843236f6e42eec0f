package org.onedoor.event;

import java.util.List;

/**
 * What somebody brings to a session, and where they may not mediate.
 *
 * @param skills what they know well, in the centre's words
 * @param languages in which they can talk with a party
 * @param conflicts persons and organisations in whose cases they do not mediate
 */
public record Abilities(List<String> skills, List<String> languages, List<String> conflicts) {
  public static final Abilities NONE = new Abilities(List.of(), List.of(), List.of());
}
