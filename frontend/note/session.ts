import { collab, getSyncedVersion, receiveUpdates, sendableUpdates } from '@codemirror/collab';
import { ChangeSet, EditorState, type Extension, type Transaction } from '@codemirror/state';
import { crc32c } from './crc32c.ts';
import { rebase } from './rebase.ts';
import { countWords, inserted, newClient, UnsentStore, type Store } from './unsent.ts';

/**
 * The typing end of `/ws/notes/ID`, without a screen: real CodeMirror updates, numbered and kept in
 * the store until the server's own echo says that they are on disk; at most one push in flight.
 *
 * Easy to get wrong: push only after *this* socket's `open`, and take in others' updates one at a
 * time, or texts part once something is deleted.
 */
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
  /** Says soon whether no other living tab goes by this client id, and answers such questions for it. */
  claim(client: string, free: (mine: boolean) => void): () => void;
  store: Store;
  /** What belongs to this tab and survives its reload. */
  tab: Store;
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
  cursor(cursor: { by: string; i: string; a: number; h: number; v: number }): void;
  light(light: Light): void;
  write(may: boolean, why: string): void;
  /** Words that could not be sent, for their author to copy; '' when there are none any more. */
  kept(text: string, why: string): void;
  /** The server will not have this page any more. */
  closed(code: number): void;
  me(me: Person): void;
}

export type Light =
  | { is: 'saved'; at: number | null }
  | { is: 'sending'; back: number }
  | { is: 'offline'; since: number; words: number; stored: boolean };

interface Shown {
  c: unknown;
  i: string;
  by: string;
  at: string;
}

/** What one push may hold, from the public contract. */
const MOST_UPDATES = 100;
const MOST_UNITS = 300_000;

/** Milliseconds of waiting after which the light says so. */
const PATIENCE = 600;

/** The line is asked for a sign of life this often; one that owes an answer is given up. */
const ALIVE = 5_000;

export class NoteSession {
  readonly note: string;
  private readonly world: World;
  private readonly screen: Screen;
  private readonly extensions: Extension;
  private readonly unsent: UnsentStore;
  private readonly tabKey: string;
  private client = '';
  private unclaim: () => void = () => {};
  private wire: Wire | null = null;
  private greeted = false;
  private whole = false;
  private loaded = false;
  private stopped = false;
  /** Updates of ours that are stored, and the number after the last one on its way. */
  private acked = 0;
  private sentTo = 0;
  private mayWrite = false;
  private owesPong = false;
  private stored = true;
  private backoff = 300;
  private savedAt: number | null = null;
  private offlineSince: number | null = null;
  private waitingSince: number | null = null;
  private back = 0;
  private cursorAt = 0;
  private cancelCursor: (() => void) | null = null;
  private readonly cancels = new Set<() => void>();
  private readonly rescues = new Map<string, NoteSession>();
  composing = false;

  /**
   * @param orphan the client of a tab that died and left words behind: they are sent under its numbers
   */
  constructor(world: World, screen: Screen, account: string, note: string, extensions: Extension, orphan?: string) {
    this.world = world;
    this.screen = screen;
    this.note = note;
    this.extensions = extensions;
    this.unsent = new UnsentStore(world.store, account, note);
    this.tabKey = orphan ? '' : `note-client:${account}:${note}`;
    this.rescuing = orphan !== undefined;
    this.account = account;
    if (orphan) this.client = orphan;
  }

  private readonly rescuing: boolean;
  private readonly account: string;

  start(): void {
    const known = this.client || this.world.tab.getItem(this.tabKey);
    this.take(known ?? newClient(), known !== null);
    this.after(ALIVE, () => this.alive());
  }

  /** Goes by a client id; one that a copied tab may share is asked for first. */
  private take(client: string, ask: boolean): void {
    this.unclaim();
    this.unclaim = this.world.claim(client, (mine) => {
      if (this.stopped || this.client === client) return;
      if (mine) this.begin(client);
      else if (!this.rescuing) this.take(newClient(), false);
    });
    if (!ask) this.begin(client);
    else this.client = '';
  }

  private begin(client: string): void {
    this.client = client;
    if (!this.rescuing) this.world.tab.setItem(this.tabKey, client);
    this.connect(false);
  }

  stop(): void {
    this.stopped = true;
    this.remember();
    this.unclaim();
    this.cancels.forEach((cancel) => cancel());
    this.rescues.forEach((rescue) => rescue.stop());
    this.hangUp();
  }

  /** How many words stand here and not yet on the server. */
  unsentWords(): number {
    return countWords(inserted(this.pending()));
  }

  private pending(): unknown[] {
    return this.loaded ? sendableUpdates(this.screen.current()).map((u) => u.changes.toJSON()) : [];
  }

  /** Called by the screen after each change of its own. */
  typed(): void {
    this.waitingSince ??= this.world.now();
    this.after(PATIENCE + 10, () => this.tell());
    this.remember();
    this.push();
    this.tell();
  }

  /** Called when an input method is done. */
  composed(): void {
    this.composing = false;
    this.push();
  }

  cursor(anchor: number, head: number): void {
    const send = () => {
      this.cancelCursor = null;
      this.cursorAt = this.world.now();
      const v = this.loaded ? getSyncedVersion(this.screen.current()) : 0;
      if (this.greeted) this.wire?.send(JSON.stringify({ t: 'cursor', a: anchor, h: head, v }));
    };
    this.cancelCursor?.();
    const wait = Math.max(0, this.cursorAt + 120 - this.world.now());
    this.cancelCursor = this.after(wait, send);
  }

  /** Lets go of words that cannot be sent, once their author has copied them. */
  discard(): void {
    this.rescues.forEach((rescue, client) => {
      rescue.stop();
      this.unsent.drop(client);
    });
    this.rescues.clear();
    this.unsent.drop(this.client);
    this.screen.kept('', '');
    this.loaded = false;
    this.stopped = false;
    this.hangUp();
    this.take(newClient(), false);
  }

  private after(ms: number, call: () => void): () => void {
    const cancel = this.world.later(ms, () => {
      this.cancels.delete(cancel);
      call();
    });
    this.cancels.add(cancel);
    return cancel;
  }

  // ---- the line ----

  /** @param whole whether the text is asked for together with what came since our base */
  private connect(whole: boolean): void {
    if (this.stopped) return;
    const left = this.loaded ? null : this.unsent.load(this.client);
    const since = this.loaded ? getSyncedVersion(this.screen.current()) : left?.base;
    this.whole = whole || left !== null;
    this.greeted = false;
    this.sentTo = 0;
    this.owesPong = false;
    const asked =
      `ws/notes/${encodeURIComponent(this.note)}?i=${this.client}` +
      (since === undefined ? '' : `&since=${since}`) +
      (this.whole ? '&whole=1' : '');
    const wire: Wire = this.world.connect(asked, {
      message: (text) => {
        if (wire === this.wire) this.hear(JSON.parse(text));
      },
      closed: (code) => {
        if (wire === this.wire) this.closed(code);
      },
    });
    this.wire = wire;
  }

  private hangUp(): void {
    const wire = this.wire;
    this.wire = null;
    this.greeted = false;
    wire?.close();
  }

  /** Something is missing: a new socket says from where. */
  private again(whole = false): void {
    this.hangUp();
    this.connect(whole);
  }

  private closed(code: number): void {
    this.wire = null;
    this.greeted = false;
    this.sentTo = 0;
    if (this.stopped) return;
    this.offlineSince ??= this.world.now();
    this.remember();
    this.tell();
    if (code >= 4400 && code <= 4412 && code !== 4410) {
      this.setAside(String(code));
      this.screen.write(false, String(code));
      this.screen.closed(code);
      return;
    }
    if (code === 4410 && this.rescuing) return;
    const wait = this.backoff * (0.5 + this.world.random() / 2);
    this.backoff = Math.min(5_000, this.backoff * 1.6);
    this.after(wait, () => {
      if (this.wire !== null) return;
      if (code !== 4410) return this.connect(false);
      this.loaded = false; // the other tab has our id and our unsent words
      this.take(newClient(), false);
    });
  }

  /** A cable that was pulled closes nothing: only an answer that does not come tells. */
  private alive(): void {
    if (this.stopped) return;
    if (this.greeted && this.owesPong) {
      this.hangUp();
      this.closed(1006);
    } else if (this.greeted) {
      this.owesPong = true;
      this.wire?.send('{"t":"ping","n":0}');
    }
    this.tell();
    this.after(ALIVE, () => this.alive());
  }

  private hear(said: any): void {
    this.owesPong = false;
    switch (said.t) {
      case 'open':
        return this.opened(said);
      case 'updates':
        return this.received(said.v, said.u, said.h);
      case 'cursor':
        return this.screen.cursor(said);
      case 'people':
        return this.screen.people(said.people);
      case 'behind':
        return this.again();
      case 'refused':
        return this.refused(said);
      case 'write':
        return this.write(said.write, said.why);
    }
  }

  private opened(said: any): void {
    this.screen.me(said.me);
    if (said.doc !== undefined && !this.fresh(said)) return;
    this.backoff = 300;
    this.greeted = true;
    this.mayWrite = said.write;
    if (this.offlineSince !== null) this.back = this.unsentWords();
    this.offlineSince = null;
    this.screen.people(said.people);
    this.screen.write(said.write, said.write ? '' : 'readOnly');
    if (said.head === said.v || said.doc !== undefined) this.push();
    this.tell();
    if (!this.rescuing) this.rescue();
    this.drained();
  }

  private write(may: boolean, why: string): void {
    if (may && !this.mayWrite && this.unsent.load(this.client)) {
      this.loaded = false; // what was set aside can be sent after all
      this.screen.kept('', '');
      return this.again();
    }
    this.mayWrite = may;
    this.screen.write(may, why);
    if (!may) this.setAside(why);
  }

  /** Takes the whole text and puts what is unsent on top. False: asked anew, in another way. */
  private fresh(said: any): boolean {
    const left = this.loaded
      ? { base: getSyncedVersion(this.screen.current()), first: this.acked, changes: this.pending() }
      : this.unsent.load(this.client);
    const waits = left && said.next < left.first + left.changes.length ? left.changes : [];
    if (waits.length && !said.past && !said.reset && !this.whole) {
      this.again(true);
      return false;
    }
    const before = this.loaded ? this.screen.current().doc.toString() : '';
    if (waits.length && said.write && !said.past && !this.rescuing) {
      this.remember(); // they stay under the old id, and a rescue shows them
      this.hangUp();
      this.loaded = false;
      this.take(newClient(), false);
      return false;
    }
    const doc = EditorState.create({
      doc: said.doc,
      extensions: [this.extensions, collab({ startVersion: said.v, clientID: this.client })],
    });
    this.acked = said.next;
    this.screen.reset(doc, said.authors ?? [], said.writers ?? []);
    this.loaded = true;
    if (said.reset && before && before !== said.doc) this.screen.kept(before, 'reset');
    if (!waits.length) this.unsent.drop(this.client);
    else if (said.past && said.write) this.replay(waits, said.past);
    else this.screen.kept(inserted(waits), said.write ? 'tooOld' : 'readOnly');
    return true;
  }

  private replay(waits: unknown[], past: Shown[]): void {
    const others = past.map((u) => ({ c: ChangeSet.fromJSON(u.c), i: u.i }));
    const mine = waits.map((c) => ChangeSet.fromJSON(c));
    for (const changes of rebase(mine, this.client, others))
      this.screen.apply(this.screen.current().update({ changes, filter: false }), null);
    this.waitingSince = this.world.now();
    this.remember();
  }

  private received(from: number, updates: Shown[], sum?: number): void {
    if (!this.loaded) return;
    const at = getSyncedVersion(this.screen.current());
    if (from > at) return this.again();
    for (const u of updates.slice(at - from)) {
      const change = { changes: ChangeSet.fromJSON(u.c), clientID: u.i };
      const own = u.i === this.client;
      if (own) {
        this.acked++;
        this.savedAt = Date.parse(u.at);
      }
      this.screen.apply(receiveUpdates(this.screen.current(), [change]), u.by);
    }
    if (updates.some((u) => u.i === this.client)) this.remember();
    this.check(sum);
    this.push();
    this.tell();
    this.drained();
  }

  private check(sum?: number): void {
    if (sum === undefined || sendableUpdates(this.screen.current()).length) return;
    const text = this.screen.current().doc.toString();
    if (crc32c(text) === sum) return;
    this.stopped = true;
    this.screen.write(false, 'differs');
    this.screen.kept(text, 'differs');
    this.hangUp();
  }

  // ---- what goes out ----

  private push(): void {
    if (!this.greeted || !this.loaded || this.composing || !this.mayWrite || this.acked < this.sentTo) return;
    const updates: { c: unknown; i: string }[] = [];
    let units = 0;
    for (const update of sendableUpdates(this.screen.current()).slice(0, MOST_UPDATES)) {
      const c = update.changes.toJSON();
      units += inserted([c]).length;
      if (updates.length && units > MOST_UNITS) break;
      updates.push({ c, i: this.client });
    }
    if (!updates.length) return;
    this.sentTo = this.acked + updates.length;
    const v = getSyncedVersion(this.screen.current());
    this.wire?.send(JSON.stringify({ t: 'push', v, s: this.acked, u: updates }));
  }

  private refused(said: any): void {
    if (said.code === 'TOO_FAST') {
      this.after(1_000, () => {
        this.sentTo = 0;
        this.push();
      });
      return;
    }
    this.mayWrite = false;
    this.screen.write(false, said.why);
    this.setAside(said.why);
  }

  /** What cannot be sent is shown to its author, and stays in the store. */
  private setAside(why: string): void {
    const words = inserted(this.pending());
    if (words.trim()) this.screen.kept(words, why);
  }

  private remember(): void {
    if (!this.loaded || !this.client) return;
    const changes = this.pending();
    if (changes.length === 0 && this.mayWrite === false) return; // what was set aside stays
    this.stored = this.unsent.save(this.client, {
      base: getSyncedVersion(this.screen.current()),
      first: this.acked,
      changes,
    });
  }

  /** Sends what dead tabs of the same account left behind, each under its own numbers. */
  private rescue(): void {
    for (const client of this.unsent.others(this.client)) {
      if (this.rescues.has(client)) continue;
      const rescue = new NoteSession(
        this.world,
        new Nobody((text, why) => this.screen.kept(text, why)),
        this.account,
        this.note,
        [],
        client,
      );
      this.rescues.set(client, rescue);
      rescue.start();
    }
  }

  /** A rescue ends when all is stored, or was shown because it cannot be. */
  private drained(): void {
    if (!this.rescuing || !this.greeted || this.pending().length) return;
    this.loaded = false; // what stays in the store is not touched any more
    this.stop();
  }

  private tell(): void {
    const pending = this.pending().length > 0;
    if (!pending) {
      this.waitingSince = null;
      this.back = 0;
    }
    const now = this.world.now();
    if (this.offlineSince !== null) {
      this.screen.light({ is: 'offline', since: this.offlineSince, words: this.unsentWords(), stored: this.stored });
    } else if (pending && (this.back > 0 || now - (this.waitingSince ?? now) >= PATIENCE)) {
      this.screen.light({ is: 'sending', back: this.back });
    } else if (!pending) {
      this.screen.light({ is: 'saved', at: this.savedAt });
    }
  }
}

/** The screen of a tab that is not there any more. */
class Nobody implements Screen {
  private state = EditorState.create({});
  readonly kept: (text: string, why: string) => void;
  constructor(kept: (text: string, why: string) => void) {
    this.kept = kept;
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
  people(): void {}
  cursor(): void {}
  light(): void {}
  write(): void {}
  closed(): void {}
  me(): void {}
}
