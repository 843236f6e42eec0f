package org.onedoor.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Somebody a case concerns.
 *
 * @param role petitioner, respondent, representative, guardian, interpreter, witness or other
 * @param type person or organisation
 * @param person the particulars; null once they were erased
 */
public record Party(String id, String role, String type, @JsonIgnore @Nullable Person person) {

  /** The name, or null once it was erased. */
  @JsonIgnore
  public @Nullable String name() {
    return person == null ? null : person.name();
  }

  Party with(@Nullable Map<String, String> known) {
    return new Party(id, role, type, Person.from(known));
  }

  static SequencedMap<String, Map<String, String>> particulars(List<Party> parties) {
    var all = new LinkedHashMap<String, Map<String, String>>();
    for (var party : parties)
      if (party.person() != null) all.put(party.id(), party.person().fields());
    return all;
  }
}
