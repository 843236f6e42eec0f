package org.onedoor.desk;

import com.vaadin.flow.component.html.Div;
import java.util.List;
import org.onedoor.look.Face;
import org.onedoor.look.WhileOpen;
import org.onedoor.people.People;
import org.onedoor.room.Presence;

/** Who is in a case's room now, as small faces in its row of a list. */
final class HerePanel extends Div {
  /** Faces in a row; who wants to know all of them opens the room. */
  private static final int MOST = 3;

  private final People people;

  HerePanel(String caseId, People people, Presence presence) {
    this.people = people;
    addClassName("avs");
    WhileOpen.look(
        this, again -> presence.watch(caseId, _ -> again.run()), () -> show(presence.here(caseId)));
  }

  private void show(List<String> here) {
    removeAll();
    here.stream()
        .flatMap(id -> people.officer(id).stream())
        .limit(MOST)
        .forEach(officer -> {
          var face = new Face(officer, people, getLocale());
          face.addClassName("sm");
          add(face);
        });
  }
}
