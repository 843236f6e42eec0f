package org.onedoor.note;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.springframework.stereotype.Component;

/** People as sockets and REST show them: id, name, agency and its colour. */
@Component
public final class Cards {
  private final People people;

  Cards(People people) {
    this.people = people;
  }

  public Map<String, Object> of(Officer officer, Locale locale) {
    var card = new LinkedHashMap<String, Object>();
    card.put("id", officer.id());
    card.put("name", officer.name().in(locale));
    card.put("agency", officer.agency());
    card.put("colour", people.directory().agency(officer.agency()).map(a -> a.colour()).orElse(1));
    return card;
  }
}
