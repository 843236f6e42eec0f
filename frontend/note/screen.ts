import { EditorState, type Transaction } from '@codemirror/state';
import type { Caret } from './carets.ts';
import type { Store } from './unsent.ts';

/** What a session stands between: the world (line, stores, time) and a screen. */

export interface Person {
  id: string;
  name: string;
  agency: string;
  colour: number;
  i?: string;
}

export interface Wire {
  send(text: string): void;
  close(): void;
}

export interface World {
  /** Opens a socket; `closed` is called once, also when it never opened. */
  connect(path: string, on: { message(text: string): void; closed(code: number): void }): Wire;
  /** Answers for a client id when other tabs ask; says soon whether none of them answers for it. */
  claim(client: string, free: (mine: boolean) => void): () => void;
  /** Calls when this tab goes or is reloaded. */
  leaving(call: () => void): () => void;
  store: Store;
  /** What belongs to this tab and survives its reload. */
  tab: Store;
  /** Milliseconds that only ever grow. */
  now(): number;
  later(ms: number, call: () => void): () => void;
  random(): number;
}

/** Who wrote what, from the beginning of the text: how many units, whose account. */
export type Authors = [number, string][];

export interface Screen {
  current(): EditorState;
  /** A new text from the server. */
  reset(state: EditorState, authors: Authors, writers: Person[]): void;
  apply(tr: Transaction, by: string | null): void;
  people(people: Person[]): void;
  cursor(caret: Caret): void;
  light(light: Light): void;
  write(may: boolean, why: string): void;
  /** Words of a client that could not be sent, for their author to copy; '' when there are none any more. */
  kept(client: string, text: string, why: string): void;
  /** Whether an input method is at work. */
  composing(): boolean;
  /** The server will not have this page any more. */
  closed(code: number): void;
  me(me: Person): void;
}

export type Light =
  | { is: 'saved'; at: number | null }
  | { is: 'sending'; back: number }
  | { is: 'kept' }
  | { is: 'offline'; minutes: number; words: number; stored: boolean };

/** The screen of a tab that is not there any more; only what is left over is shown, on ours. */
export class Nobody implements Screen {
  private state = EditorState.create({});
  private readonly ours: Screen;
  constructor(ours: Screen) {
    this.ours = ours;
  }
  current(): EditorState {
    return this.state;
  }
  reset(state: EditorState): void {
    this.state = state;
  }
  apply(tr: Transaction): void {
    this.state = tr.state;
  }
  kept(client: string, text: string, why: string): void {
    this.ours.kept(client, text, why);
  }
  composing(): boolean {
    return false;
  }
  people(): void {}
  cursor(): void {}
  light(): void {}
  write(): void {}
  closed(): void {}
  me(): void {}
}
