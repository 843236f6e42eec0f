import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EditorState, type Transaction } from '@codemirror/state';
import { NoteSession, type Screen } from '../../../frontend/note/session.ts';
import { Clock, Memory, Server, world } from './server.ts';

function random(seed: number): (n: number) => number {
  let state = seed >>> 0;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

const WORDS = ['工资', '🙂', 'a', 'dormitory ', '\n', '𠮷', '👨‍👩‍👧', '宿舍。'];

/** Somebody at a keyboard, with a browser that can be reloaded. */
class Typist implements Screen {
  private text = EditorState.create({});
  private session!: NoteSession;
  readonly line: { cut?: () => void; doubling: boolean } = { doubling: true };
  private readonly store = new Memory();
  private tab = new Memory();
  private loaded = false;
  private may = false;
  kept = (text: string) => this.lost.push(text);
  readonly lost: string[] = [];
  readonly planted: string[] = [];
  readonly name: string;
  private readonly server: Server;
  private readonly clock: Clock;
  private readonly below: (n: number) => number;

  constructor(name: string, server: Server, clock: Clock, below: (n: number) => number) {
    this.name = name;
    this.server = server;
    this.clock = clock;
    this.below = below;
    this.begin();
  }

  private begin(): void {
    this.loaded = false;
    this.may = false;
    const w = world(this.server, this.clock, this.store, this.tab, this.below, this.line);
    this.session = new NoteSession(w, this, this.name, 'note', []);
    this.session.start();
  }

  reload(): void {
    this.session.stop();
    this.begin();
  }

  stop(): void {
    this.session.stop();
  }

  type(): void {
    if (!this.loaded || !this.may) return;
    const doc = this.text.doc.toString();
    const edge = (at: number) => (at > 0 && /[\ud800-\udbff]/.test(doc[at - 1]!) ? at - 1 : at);
    const from = edge(this.below(doc.length + 1));
    // not inside a planted word, which has to stay whole to be found
    if (doc.lastIndexOf('«', from - 1) > doc.lastIndexOf('»', from - 1)) return;
    if (this.below(4) === 0 && doc.length > 0) {
      const to = edge(Math.min(doc.length, from + this.below(5)));
      if (to > from && !/«|»/.test(doc.slice(from, to))) return this.change(from, to, '');
    }
    const word = this.below(3) === 0 ? this.plant() : WORDS[this.below(WORDS.length)]!;
    this.change(from, from, word);
  }

  private plant(): string {
    const word = `«${this.name}${this.planted.length}»`;
    this.planted.push(word);
    return word;
  }

  private change(from: number, to: number, insert: string): void {
    this.text = this.text.update({ changes: { from, to, insert } }).state;
    this.session.typed();
  }

  doc(): string {
    return this.text.doc.toString();
  }

  current(): EditorState {
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
  unsent(): number {
    return this.session.unsentWords();
  }
  people(): void {}
  cursor(): void {}
  light(): void {}
  closed(): void {}
  me(): void {}
}

for (const seed of [1, 2, 3, 4, 5, 6]) {
  test(`typing over bad lines, with cuts and reloads, comes to one text (seed ${seed})`, () => {
    const below = random(seed);
    const clock = new Clock();
    const server = new Server();
    const typists = ['A', 'B', 'C', 'D'].map((n) => new Typist(n, server, clock, below));
    clock.step(500);
    for (let n = 0; n < 1500; n++) {
      const who = typists[below(typists.length)]!;
      const what = below(100);
      if (what < 2) who.line.cut?.();
      else if (what < 3) who.reload();
      else who.type();
      clock.step(below(15));
    }
    clock.step(120_000);
    const text = server.doc.toString();
    for (const who of typists) {
      assert.deepEqual(who.lost, [], `${who.name} was left with words, seed ${seed}`);
      assert.equal(who.unsent(), 0, `${who.name} still has words to send, seed ${seed}`);
      assert.equal(who.doc(), text, `${who.name} has another text, seed ${seed}`);
      for (const word of who.planted)
        assert.equal(text.split(word).length - 1, 1, `${word} stands ${text.split(word).length - 1} times, seed ${seed}`);
      who.stop();
    }
  });
}
