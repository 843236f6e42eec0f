package org.onedoor.note;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A change to a whole text, as CodeMirror's ChangeSet means and writes it: sections that are kept
 * or replaced, in order, lengths in UTF-16 units. {@link #map} decides in ties exactly as the npm
 * package does, because server and browsers must come to the same text; a test holds them against
 * each other.
 */
public final class ChangeSet {
  static final int KEPT = -1;

  private static final int FEW = 8;

  /** Per section: how long it was, how long it becomes (or KEPT), and the text that stands in. */
  final int[] lengths;

  final int[] becomes;
  final String[] texts;
  private final int before;
  private final int after;

  /** A change that is none: broken JSON, a lone surrogate, a character that cannot be kept. */
  public static final class Bad extends RuntimeException {
    Bad(String why) {
      super(why);
    }
  }

  ChangeSet(int[] lengths, int[] becomes, String[] texts) {
    this.lengths = lengths;
    this.becomes = becomes;
    this.texts = texts;
    before = Arrays.stream(lengths).sum();
    var sum = 0;
    for (var i = 0; i < lengths.length; i++) sum += becomes[i] == KEPT ? lengths[i] : becomes[i];
    after = sum;
  }

  /** The length of the text it applies to. */
  public int before() {
    return before;
  }

  /** The length of the text it makes. */
  public int after() {
    return after;
  }

  /** How many units it brings in. */
  public int inserted() {
    var sum = 0;
    for (var text : texts) sum += text.length();
    return sum;
  }

  /** Told each section in order: how long it was, how long it becomes (below 0: it is kept). */
  interface Sectioned {
    void section(int length, int becomes);
  }

  void sections(Sectioned each) {
    for (var i = 0; i < lengths.length; i++) each.section(lengths[i], becomes[i]);
  }

  /** Puts a text behind one of so many units. */
  static ChangeSet append(int length, String text) {
    return length == 0
        ? insert(text)
        : new ChangeSet(
            new int[] {length, 0}, new int[] {KEPT, text.length()}, new String[] {"", text});
  }

  /** Puts a text into an empty one. */
  static ChangeSet insert(String text) {
    return new ChangeSet(new int[] {0}, new int[] {text.length()}, new String[] {text});
  }

  /**
   * Reads what {@link #json} writes.
   *
   * @throws Bad if it is anything else
   */
  public static ChangeSet parse(String json) {
    return ChangeJson.read(json);
  }

  static ChangeSet parse(JsonNode node) {
    return ChangeJson.read(node);
  }

  /** As JSON: {@code [retain | [delete, "line", …]]}. */
  public String json() {
    return ChangeJson.write(lengths, becomes, texts);
  }

  /**
   * Changes a text.
   *
   * @throws Bad if it does not fit: another length, or an edge inside a surrogate pair
   */
  public void apply(StringBuilder text) {
    if (text.length() != before)
      throw new Bad("made for a text of " + before + " units, not " + text.length());
    checkEdges(text);
    var changes = 0;
    for (var b : becomes) if (b != KEPT) changes++;
    if (changes <= FEW) applyInPlace(text);
    else applyInOnePass(text);
  }

  private void applyInPlace(StringBuilder text) {
    var at = 0;
    for (var i = 0; i < lengths.length; i++) {
      if (becomes[i] == KEPT) {
        at += lengths[i];
      } else {
        text.replace(at, at + lengths[i], texts[i]);
        at += becomes[i];
      }
    }
  }

  /** Many changes in place would move the rest of the text for each of them. */
  private void applyInOnePass(StringBuilder text) {
    var made = new StringBuilder(after);
    var at = 0;
    for (var i = 0; i < lengths.length; i++) {
      if (becomes[i] == KEPT) made.append(text, at, at + lengths[i]);
      else made.append(texts[i]);
      at += lengths[i];
    }
    text.setLength(0);
    text.append(made);
  }

  /** Throws {@link Bad} if it cuts a character of this text in two. */
  void checkEdges(CharSequence text) {
    var at = 0;
    for (var i = 0; i < lengths.length; i++) {
      edge(text, at);
      at += lengths[i];
    }
    edge(text, at);
  }

  private static void edge(CharSequence text, int at) {
    if (at > 0
        && at < text.length()
        && Character.isHighSurrogate(text.charAt(at - 1))
        && Character.isLowSurrogate(text.charAt(at))) throw new Bad("an edge inside a character");
  }

  /**
   * This change as it has to be after {@code other}, both made for the same text.
   *
   * @param first whether this one comes first where both insert at one place
   */
  public ChangeSet map(ChangeSet other, boolean first) {
    if (before != other.before) throw new Bad("the lengths do not fit");
    var out = new Sections();
    var a = new Walk(this);
    var b = new Walk(other);
    var placed = -1; // the section of ours whose text already stands in the result
    while (!a.done() || !b.done()) {
      if (a.done() ? b.length > 0 : b.done() && a.length > 0)
        throw new Bad("the lengths do not fit");
      if (a.keeps() && b.keeps()) {
        var both = Math.min(a.length, b.length);
        out.add(both, KEPT, "");
        a.skip(both);
        b.skip(both);
      } else if (b.changes() && (!a.changes() || placed == a.index || theirsFirst(a, b, first))) {
        placed = over(a, b, out, placed);
      } else if (a.changes()) {
        placed = ours(a, b, out, placed);
      } else {
        throw new Bad("the lengths do not fit");
      }
    }
    return out.done();
  }

  /** Of two changes at one place the shorter one counts as first. */
  private static boolean theirsFirst(Walk a, Walk b, boolean first) {
    return a.offset == 0 && (b.length < a.length || (b.length == a.length && !first));
  }

  /** Steps over a change of theirs; what we insert inside it stands behind what they put there. */
  private static int over(Walk a, Walk b, Sections out, int placed) {
    out.add(b.becomes, KEPT, "");
    for (var left = b.length; left > 0; ) {
      var piece = Math.min(a.length, left);
      if (a.changes() && placed < a.index && a.length <= piece) {
        out.add(0, a.becomes, a.text());
        placed = a.index;
      }
      a.skip(piece);
      left -= piece;
    }
    b.next();
    return placed;
  }

  /** Does our change as far as theirs leaves what it replaces; what they deleted is deleted. */
  private static int ours(Walk a, Walk b, Sections out, int placed) {
    var still = 0;
    var left = a.length;
    while (left > 0) {
      if (b.keeps()) {
        var piece = Math.min(left, b.length);
        still += piece;
        left -= piece;
        b.skip(piece);
      } else if (b.becomes == 0 && !b.done() && b.length < left) {
        left -= b.length;
        b.next();
      } else {
        break;
      }
    }
    var fresh = placed < a.index;
    out.add(still, fresh ? a.becomes : 0, fresh ? a.text() : "");
    var index = a.index;
    a.skip(a.length - left);
    return index;
  }

  /** Both changes as one: first this, then {@code next}, which was made for this one's result. */
  public ChangeSet compose(ChangeSet next) {
    if (after != next.before) throw new Bad("the lengths do not fit");
    var out = new Sections();
    var a = new Walk(this);
    var b = new Walk(next);
    var open = false; // the section being written goes on
    while (!a.done() || !b.done()) {
      if (!a.done() && a.becomes == 0) {
        out.add(a.length, 0, "", open);
        a.next();
      } else if (!b.done() && b.length == 0) {
        out.add(0, b.becomes, b.text(), open);
        b.next();
      } else if (a.done() || b.done()) {
        throw new Bad("the lengths do not fit");
      } else {
        var both = Math.min(a.made(), b.length);
        var sections = out.count();
        if (a.keeps()) {
          var theirs = b.keeps() ? KEPT : b.offset > 0 ? 0 : b.becomes;
          out.add(both, theirs, theirs > 0 ? b.text() : "", open);
        } else if (b.keeps()) {
          out.add(a.offset > 0 ? 0 : a.length, both, a.text(both), open);
        } else {
          var theirs = b.offset > 0 ? 0 : b.becomes;
          out.add(a.offset > 0 ? 0 : a.length, theirs, theirs > 0 ? b.text() : "", open);
        }
        open =
            (a.becomes > both || (b.changes() && b.length > both))
                && (open || out.count() > sections);
        a.skipMade(both);
        b.skip(both);
      }
    }
    return out.done();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ChangeSet c
        && Arrays.equals(lengths, c.lengths)
        && Arrays.equals(becomes, c.becomes)
        && Arrays.equals(texts, c.texts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(lengths) * 31 + Arrays.hashCode(texts);
  }

  @Override
  public String toString() {
    return json();
  }
}
