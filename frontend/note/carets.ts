import { sendableUpdates } from '@codemirror/collab';
import type { ChangeSet, EditorState } from '@codemirror/state';

/** Changes remembered to place a caret that was sent before them. */
const RING = 200;

/** Another's caret: whose, of which window, anchor and head, in which version. */
export interface Caret {
  by: string;
  i: string;
  a: number;
  h: number;
  v: number;
}

/** Places others' carets in a text that has moved on, or has not come so far yet. */
export class Carets {
  private recent: ChangeSet[] = [];
  private version = 0;
  private early: Caret[] = [];

  /** Begins with a new text. */
  clear(version: number): void {
    this.recent = [];
    this.version = version;
    this.early = [];
  }

  /** A change that is stored. */
  typed(changes: ChangeSet): void {
    this.version++;
    this.recent.push(changes);
    if (this.recent.length > RING) this.recent.shift();
  }

  /** Those that came before their text did. */
  waiting(): Caret[] {
    const all = this.early;
    this.early = [];
    return all;
  }

  /** A caret moved over what came since it was sent, and over what is only here yet; null if not (yet) possible. */
  place(caret: Caret, state: EditorState): Caret | null {
    const behind = this.version - caret.v;
    if (behind < 0) this.early = [...this.early.filter((c) => c.i !== caret.i), caret];
    if (behind < 0 || behind > this.recent.length) return null;
    const over = [...this.recent.slice(this.recent.length - behind), ...sendableUpdates(state).map((u) => u.changes)];
    const moved = (place: number) => over.reduce((at, c) => c.mapPos(Math.min(at, c.length), 1), place);
    return { ...caret, a: moved(caret.a), h: moved(caret.h) };
  }
}
