import { sendableUpdates } from '@codemirror/collab';
import { RangeSet, RangeSetBuilder, RangeValue, StateEffect, StateField, Transaction, type Extension } from '@codemirror/state';
import { Decoration, EditorView, gutter, GutterMarker, WidgetType, type DecorationSet } from '@codemirror/view';
import type { Authors } from './screen.ts';

/** What stands on and beside a text without being in it: who wrote what, carets, what is not sent, what was sought. */

/** Who is who among those who write. */
export interface Names {
  /** The account of who sits here. */
  myself(): string;
  nameOf(account: string): string;
  colourOf(account: string): number;
}

interface Cursor {
  i: string;
  by: string;
  at: number;
}

export const setCursor = StateEffect.define<Cursor>();
export const keepCursors = StateEffect.define<Set<string>>();
export const setAuthor = StateEffect.define<{ from: number; to: number; by: string }>();
export const giveAuthors = StateEffect.define<Authors>();
export const refreshNames = StateEffect.define<null>();
export const markFound = StateEffect.define<{ from: number; to: number }>();

/** Who wrote which line, in the gutter. */
export function authorNames(names: Names): Extension {
  const field = StateField.define<RangeSet<Author>>({
    create: () => RangeSet.empty,
    update(authors, tr) {
      for (const e of tr.effects) if (e.is(giveAuthors)) return given(e.value);
      let next = authors.map(tr.changes);
      if (tr.docChanged && !tr.annotation(Transaction.remote))
        tr.changes.iterChangedRanges((_fa, _ta, from, to) => (next = written(next, from, to, names.myself())));
      for (const e of tr.effects) if (e.is(setAuthor)) next = written(next, e.value.from, e.value.to, e.value.by);
      return next;
    },
  });
  const shown = gutter({
    class: 'by-gutter',
    lineMarker: (view, line) => {
      const by = mostBy(view.state.field(field), line.from, line.to);
      if (!by) return null;
      const above = line.from > 0 ? view.state.doc.lineAt(line.from - 1) : null;
      const before = above ? mostBy(view.state.field(field), above.from, above.to) : '';
      return new AuthorMarker(by === before ? '' : names.nameOf(by), names.colourOf(by));
    },
    lineMarkerChange: (u) => u.docChanged || u.transactions.some((tr) => tr.effects.length > 0),
  });
  return [field, shown];
}

/** Others' carets. */
export function cursorFlags(names: Names): Extension {
  return StateField.define<{ all: Cursor[]; shown: DecorationSet }>({
    create: () => ({ all: [], shown: Decoration.none }),
    update(value, tr) {
      let all = value.all;
      if (tr.docChanged) all = all.map((c) => ({ ...c, at: tr.changes.mapPos(c.at, 1) }));
      for (const e of tr.effects) {
        if (e.is(setCursor)) all = [...all.filter((c) => c.i !== e.value.i), e.value];
        if (e.is(keepCursors)) all = all.filter((c) => e.value.has(c.i));
      }
      if (all === value.all && !tr.effects.some((e) => e.is(refreshNames))) return value;
      const builder = new RangeSetBuilder<Decoration>();
      for (const c of [...all].sort((a, b) => a.at - b.at)) {
        const at = Math.min(c.at, tr.newDoc.length);
        const widget = new Flag(names.nameOf(c.by), names.colourOf(c.by));
        builder.add(at, at, Decoration.widget({ widget, side: 1 }));
      }
      return { all, shown: builder.finish() };
    },
    provide: (f) => EditorView.decorations.from(f, (v) => v.shown),
  });
}

/** A dotted line under words that are not on the server yet. */
export function unsentMarks(saved: () => boolean): Extension {
  const mark = Decoration.mark({ class: 'unsent' });
  return EditorView.decorations.of((view) => {
    if (saved()) return Decoration.none;
    const updates = sendableUpdates(view.state);
    if (!updates.length) return Decoration.none;
    let all = updates[0]!.changes;
    for (const u of updates.slice(1)) all = all.compose(u.changes);
    const builder = new RangeSetBuilder<Decoration>();
    all.iterChangedRanges((_fa, _ta, from, to) => {
      if (to > from) builder.add(from, to, mark);
    });
    return builder.finish();
  });
}

/** The words somebody came for, marked until they are typed over. */
export const foundWords = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, tr) {
    for (const e of tr.effects)
      if (e.is(markFound)) return Decoration.set([Decoration.mark({ tagName: 'mark' }).range(e.value.from, e.value.to)]);
    return marks.map(tr.changes);
  },
  provide: (f) => EditorView.decorations.from(f),
});

/** Authors as the server tells them. */
function given(authors: Authors): RangeSet<Author> {
  const builder = new RangeSetBuilder<Author>();
  let from = 0;
  for (const [length, by] of authors) builder.add(from, (from += length), new Author(by));
  return builder.finish();
}

/** The authors with a stretch of text written anew. */
function written(authors: RangeSet<Author>, from: number, to: number, by: string): RangeSet<Author> {
  if (to <= from || !by) return authors;
  const add = [new Author(by).range(from, to)];
  const cut: { from: number; to: number; value: Author }[] = [];
  authors.between(from, to, (f, t, value) => void cut.push({ from: f, to: t, value }));
  for (const old of cut) {
    if (old.from < from) add.push(old.value.range(old.from, from));
    if (old.to > to) add.push(old.value.range(to, old.to));
  }
  return authors.update({ filterFrom: from, filterTo: to, filter: (f, t) => t <= from || f >= to, add, sort: true });
}

/** Who wrote most of a stretch. */
function mostBy(authors: RangeSet<Author>, from: number, to: number): string {
  const lengths = new Map<string, number>();
  authors.between(from, to, (f, t, a) => {
    const length = Math.min(t, to) - Math.max(f, from);
    if (length > 0) lengths.set(a.by, (lengths.get(a.by) ?? 0) + length);
  });
  let by = '';
  for (const [who, length] of lengths) if (length > (lengths.get(by) ?? 0)) by = who;
  return by;
}

/** The class of an agency's colour; strangers have none. */
function colour(n: number): string {
  return n > 0 ? `a${((n - 1) % 10) + 1}` : '';
}

/** Marks a stretch of text with its author. */
class Author extends RangeValue {
  readonly by: string;
  constructor(by: string) {
    super();
    this.by = by;
  }
  override eq(other: RangeValue): boolean {
    return other instanceof Author && other.by === this.by;
  }
}

/** The author's name in the gutter, at the first of several lines. */
class AuthorMarker extends GutterMarker {
  private readonly name: string;
  private readonly colour: number;
  override elementClass: string;
  constructor(name: string, number: number) {
    super();
    this.name = name;
    this.colour = number;
    this.elementClass = `byline ${colour(number)}`;
  }
  override eq(other: GutterMarker): boolean {
    return other instanceof AuthorMarker && other.name === this.name && other.colour === this.colour;
  }
  override toDOM(): Node {
    const span = document.createElement('span');
    span.className = 'by';
    span.textContent = this.name;
    return span;
  }
}

/** Another person's caret with their name; not read aloud. */
class Flag extends WidgetType {
  private readonly name: string;
  private readonly colour: number;
  constructor(name: string, colour: number) {
    super();
    this.name = name;
    this.colour = colour;
  }
  override eq(other: WidgetType): boolean {
    return other instanceof Flag && other.name === this.name && other.colour === this.colour;
  }
  override toDOM(): HTMLElement {
    const cur = document.createElement('span');
    cur.className = `cur ${colour(this.colour)}`;
    cur.setAttribute('aria-hidden', 'true');
    const name = document.createElement('i');
    name.textContent = this.name;
    cur.append(name);
    return cur;
  }
}
