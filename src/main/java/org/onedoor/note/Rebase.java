package org.onedoor.note;

import java.util.ArrayList;
import java.util.List;

/**
 * Moves a client's late updates over what was stored since their base, one at a time: over a
 * composed batch another text comes out in about one case of a hundred where something is deleted.
 */
final class Rebase {
  private Rebase() {}

  /**
   * The client's updates that are not stored yet, as they have to be now.
   *
   * @param changes the client's, made for the base one after the other
   * @param first the number of the first of them
   * @param since what was stored since the base, in order; some of it may be the client's own
   */
  static List<ChangeSet> over(
      List<ChangeSet> changes, String client, int first, List<Note.Shown> since) {
    var others = new ArrayList<ChangeSet>();
    var known = 0;
    for (var stored : since) {
      var own = stored.client().equals(client) && stored.number() == first + known;
      if (own && known < changes.size()) past(changes.get(known++), others);
      else others.add(stored.change());
    }
    var moved = new ArrayList<ChangeSet>();
    for (var change : changes.subList(known, changes.size())) moved.add(past(change, others));
    return moved;
  }

  /** A change moved over others, and each of these moved over it. */
  private static ChangeSet past(ChangeSet change, List<ChangeSet> others) {
    var moved = change;
    for (var i = 0; i < others.size(); i++) {
      var other = others.get(i);
      others.set(i, other.map(moved, true));
      moved = moved.map(other, false);
    }
    return moved;
  }
}
