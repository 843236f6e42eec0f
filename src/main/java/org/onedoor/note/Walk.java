package org.onedoor.note;

/** A place in a change, moving forward. */
final class Walk {
  private final ChangeSet set;
  int index = -1;
  int length;
  int becomes;
  int offset;

  Walk(ChangeSet set) {
    this.set = set;
    next();
  }

  void next() {
    index++;
    offset = 0;
    length = done() ? 0 : set.lengths[index];
    becomes = done() ? -2 : set.becomes[index];
  }

  boolean done() {
    return index >= set.lengths.length;
  }

  boolean keeps() {
    return becomes == ChangeSet.KEPT;
  }

  boolean changes() {
    return becomes >= 0;
  }

  /** How long what it makes is. */
  int made() {
    return keeps() ? length : becomes;
  }

  String text() {
    return set.texts[index];
  }

  String text(int units) {
    return set.texts[index].substring(offset, offset + units);
  }

  /** Moves over so much of the text before. */
  void skip(int units) {
    if (units == length) {
      next();
    } else {
      length -= units;
      offset += units;
    }
  }

  /** Moves over so much of the text after. */
  void skipMade(int units) {
    if (keeps()) {
      skip(units);
    } else if (units == becomes) {
      next();
    } else {
      becomes -= units;
      offset += units;
    }
  }
}
