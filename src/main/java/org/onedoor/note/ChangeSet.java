package org.onedoor.note;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A change to a whole text, as CodeMirror's ChangeSet means and writes it: sections that are kept
 * or replaced, in order, lengths in UTF-16 units. {@link #map} decides in ties exactly as the npm
 * package does, because server and browsers must come to the same text; a test holds them against
 * each other.
 */
public final class ChangeSet {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int KEPT = -1;

  /** Places one change may touch: a replacement all over a long note; more is no typing. */
  private static final int MOST_SECTIONS = 10_000;

  private static final int FEW = 8;

  /** Per section: how long it was, how long it becomes (or KEPT), and the text that stands in. */
  private final int[] lengths;

  private final int[] becomes;
  private final String[] texts;
  private final int before;
  private final int after;

  /** A change that is none: broken JSON, a lone surrogate, a character that cannot be kept. */
  public static final class Bad extends RuntimeException {
    Bad(String why) {
      super(why);
    }
  }

  private ChangeSet(int[] lengths, int[] becomes, String[] texts) {
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
   * Reads {@code [retain | [delete, "line", …]]}.
   *
   * @throws Bad if it is anything else
   */
  public static ChangeSet parse(String json) {
    try {
      return parse(JSON.readTree(json));
    } catch (tools.jackson.core.JacksonException e) {
      throw new Bad("not JSON");
    }
  }

  static ChangeSet parse(JsonNode node) {
    if (!node.isArray()) throw new Bad("a change is a list");
    var sections = new Sections();
    long total = 0;
    for (var part : node) {
      if (part.isIntegralNumber()) {
        total += length(part);
        sections.add(part.intValue(), KEPT, "");
      } else if (part.isArray() && !part.isEmpty()) {
        total += length(part.get(0));
        var text = lines(part);
        total += text.length();
        if (part.get(0).intValue() > 0 || !text.isEmpty())
          sections.raw(part.get(0).intValue(), text.length(), text);
      } else throw new Bad("a section is a number or a list");
      if (total > Integer.MAX_VALUE / 2 || sections.count() > MOST_SECTIONS)
        throw new Bad("too long");
    }
    return sections.done();
  }

  private static int length(JsonNode part) {
    if (!part.isIntegralNumber() || !part.canConvertToInt() || part.intValue() < 0)
      throw new Bad("a length is a whole number from 0");
    return part.intValue();
  }

  private static String lines(JsonNode part) {
    var text = new StringBuilder();
    for (var i = 1; i < part.size(); i++) {
      var line = part.get(i);
      if (!line.isString()) throw new Bad("a line is a text");
      var value = line.stringValue();
      if (value.indexOf('\n') >= 0) throw new Bad("a line has no newline in it");
      if (i > 1) text.append('\n');
      text.append(value);
    }
    check(text);
    return text.toString();
  }

  private static void check(CharSequence text) {
    if (text.codePoints().anyMatch(c -> c == '\r' || c == 0))
      throw new Bad("a character that cannot be kept");
    if (text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE))
      throw new Bad("half of a character");
  }

  /** As JSON, in the form {@link #parse} reads. */
  public String json() {
    var out = new StringBuilder("[");
    for (var i = 0; i < lengths.length; i++) {
      if (i > 0) out.append(',');
      if (becomes[i] == KEPT) {
        out.append(lengths[i]);
      } else {
        out.append('[').append(lengths[i]);
        if (becomes[i] > 0)
          for (var line : texts[i].split("\n", -1))
            out.append(',').append(JSON.writeValueAsString(line));
        out.append(']');
      }
    }
    return out.append(']').toString();
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

  /** A place in a change, moving forward. */
  private static final class Walk {
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
      return becomes == KEPT;
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

  /** A change being written; sections that belong together are joined as CodeMirror joins them. */
  private static final class Sections {
    private final List<int[]> sections = new ArrayList<>();
    private final List<StringBuilder> texts = new ArrayList<>();

    int count() {
      return sections.size();
    }

    void raw(int length, int becomes, String text) {
      sections.add(new int[] {length, becomes});
      texts.add(new StringBuilder(text));
    }

    void add(int length, int becomes, String text) {
      add(length, becomes, text, false);
    }

    void add(int length, int becomes, String text, boolean join) {
      if (length == 0 && becomes <= 0) return;
      var last = sections.isEmpty() ? null : sections.getLast();
      if (last != null && becomes <= 0 && becomes == last[1]) {
        last[0] += length;
      } else if (last != null && length == 0 && last[0] == 0) {
        last[1] += becomes;
        texts.getLast().append(text);
      } else if (join && last != null) {
        last[0] += length;
        last[1] += becomes;
        texts.getLast().append(text);
      } else {
        raw(length, becomes, text);
      }
    }

    ChangeSet done() {
      return new ChangeSet(
          sections.stream().mapToInt(s -> s[0]).toArray(),
          sections.stream().mapToInt(s -> s[1]).toArray(),
          texts.stream().map(StringBuilder::toString).toArray(String[]::new));
    }
  }
}
