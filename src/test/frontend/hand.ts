import assert from 'node:assert/strict';
import { EditorState, type Transaction } from '@codemirror/state';
import type { Light, Screen, World } from '../../../frontend/note/screen.ts';
import { NoteSession } from '../../../frontend/note/session.ts';

const PIECES = ['工资', '🙂', 'a', 'dormitory ', '\n', '𠮷', '👨‍👩‍👧', '宿舍。'];

/** Somebody at a keyboard, who plants words that can be found again: «NAME.NUMBER». */
export abstract class Hand implements Screen {
  readonly name: string;
  readonly planted: string[] = [];
  readonly lost: string[] = [];
  may = false;
  shown: Light = { is: 'saved', at: null };
  protected loaded = false;
  protected session!: NoteSession;
  private text: EditorState | null = EditorState.create({});
  private readonly below: (n: number) => number;

  constructor(name: string, below: (n: number) => number) {
    this.name = name;
    this.below = below;
  }

  protected abstract world(): World;

  protected begin(note: string): void {
    this.loaded = this.may = false;
    this.session = new NoteSession(this.world(), this, this.name, note, []);
    this.session.start();
  }

  stop(): void {
    this.session.stop();
  }

  /** Types or deletes something anywhere but in a planted word; false if that is not possible here. */
  type(): boolean {
    if (!this.loaded || !this.may) return false;
    const doc = this.doc();
    const edge = (at: number) => (at > 0 && /[\ud800-\udbff]/.test(doc[at - 1]!) ? at - 1 : at);
    const from = edge(this.below(doc.length + 1));
    if (doc.lastIndexOf('«', from - 1) > doc.lastIndexOf('»', from - 1)) return false;
    if (this.below(4) === 0 && doc.length > 0) {
      const to = edge(Math.min(doc.length, from + this.below(5)));
      if (to > from && !/«|»/.test(doc.slice(from, to))) {
        this.change(from, to, '');
        return true;
      }
    }
    this.change(from, from, this.below(3) === 0 ? this.plant() : PIECES[this.below(PIECES.length)]!);
    return true;
  }

  private plant(): string {
    const word = `«${this.name}.${this.planted.length}»`;
    this.planted.push(word);
    return word;
  }

  change(from: number, to: number, insert: string): void {
    this.text = this.current().update({ changes: { from, to, insert } }).state;
    this.session.typed();
  }

  doc(): string {
    return this.current().doc.toString();
  }
  unsent(): number {
    return this.session.unsentWords();
  }

  current(): EditorState {
    assert.ok(this.text, 'a text that was let go of is asked for');
    return this.text;
  }
  reset(state: EditorState): void {
    this.text = state;
    this.loaded = true;
  }
  apply(tr: Transaction): void {
    this.text = tr.state;
  }
  write(may: boolean): void {
    this.may = may;
  }
  kept(_client: string, text: string): void {
    if (text) this.lost.push(text);
  }
  composing(): boolean {
    return false;
  }
  light(light: Light): void {
    this.shown = light;
  }
  people(): void {}
  cursor(): void {}
  closed(): void {
    this.text = null;
  }
  me(): void {}
}
