package org.onedoor.room;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Event.Closed;
import org.onedoor.event.Event.Registered;
import org.onedoor.log.Fact;
import org.onedoor.log.Hub;
import org.springframework.stereotype.Component;

/** Many petitions under one sync of the disk, each with the next number of its own year. */
@Component
public final class Batch {
  private final Hub hub;
  private final Rooms rooms;

  /**
   * A petition of another system.
   *
   * @param once under which it may come in only once
   * @param closed how it ended, if it has
   */
  public record Told(Registered registered, @Nullable Closed closed, String once) {}

  public Batch(Hub hub, Rooms rooms) {
    this.hub = hub;
    this.rooms = rooms;
  }

  /**
   * Appends those that are not there yet, all or none.
   *
   * @return how many were new
   */
  public int append(List<Told> petitions, String by) {
    var entries = hub.settleAll(() -> facts(fresh(petitions), by));
    return (int) entries.stream().filter(e -> e.event() instanceof Registered).count();
  }

  /** Those of these that are not there yet. */
  public List<Told> fresh(List<Told> petitions) {
    var known = hub.done(petitions.stream().map(Told::once).toList());
    return petitions.stream().filter(t -> !known.contains(t.once())).toList();
  }

  private List<Fact> facts(List<Told> petitions, String by) {
    var next = new HashMap<Integer, Integer>();
    var facts = new ArrayList<Fact>();
    for (var told : petitions) {
      var year = rooms.year(told.registered());
      var number = next.computeIfAbsent(year, rooms::nextNumber);
      next.put(year, number + 1);
      var stream = "case/" + Numbers.id(year, number);
      facts.add(new Fact(stream, 0, told.registered(), by, told.once()));
      if (told.closed() != null) facts.add(new Fact(stream, 1, told.closed(), by));
    }
    return facts;
  }
}
