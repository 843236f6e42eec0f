import { collab, getSyncedVersion, receiveUpdates, sendableUpdates } from '@codemirror/collab';
import { ChangeSet, EditorState, type Extension, type Transaction } from '@codemirror/state';
import { crc32c } from './crc32c.ts';
import { ALIVE, countWords, inserted, newClient, UnsentStore, type Store } from './unsent.ts';

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
  /** Opens a socket; the handlers are called for it only until it is closed. */
  connect(path: string, on: { message(text: string): void; closed(code: number): void }): Wire;
  store: Store;
  /** What belongs to this tab and survives its reload. */
  tab: Store;
  now(): number;
  later(ms: number, call: () => void): () => void;
  random(): number;
}

export interface Screen {
  current(): EditorState;
  /** A new text from the server. */
  reset(state: EditorState): void;
  apply(tr: Transaction, by: string | null): void;
  people(people: Person[]): void;
  cursor(cursor: { by: string; i: string; a: number; h: number; v: number }): void;
  light(light: Light): void;
  write(may: boolean, why: string): void;
  /** Words that will not be sent any more are kept for their author. */
  kept(text: string, why: string): void;
  closed(code: number): void;
  me(me: Person): void;
}

export type Light =
  | { is: 'saved'; at: number | null }
  | { is: 'sending' }
  | { is: 'offline'; since: number; words: number };

interface Shown {
  c: unknown;
  i: string;
  by: string;
  at: string;
}

const MOST_UPDATES = 100;
const PATIENCE = 600;

export class NoteSession {
  readonly note: string;
  private readonly unsentStore: UnsentStore;
  private readonly world: World;
  private readonly screen: Screen;
  private readonly extensions: Extension;
  client: string;
  private wire: Wire | null = null;
  private greeted = false;
  private inFlight = false;
  private replaying: { base: number; first: number; changes: unknown[] } | null = null;
  private stopped = false;
  private loaded = false;
  private acked = 0;
  private mayWrite = false;
  private backoff = 300;
  private savedAt: number | null = null;
  private offlineSince: number | null = null;
  private waitingSince: number | null = null;
  private cursorAt = 0;
  private cancelCursor: (() => void) | null = null;
  composing = false;
  private readonly cancels = new Set<() => void>();

  constructor(world: World, screen: Screen, account: string, note: string, extensions: Extension) {
    this.world = world;
    this.screen = screen;
    this.note = note;
    this.extensions = extensions;
    this.unsentStore = new UnsentStore(world.store, account, note);
    const key = `note-client:${account}:${note}`;
    this.client = world.tab.getItem(key) ?? newClient();
    world.tab.setItem(key, this.client);
    this.renew = () => {
      this.client = newClient();
      world.tab.setItem(key, this.client);
    };
  }

  private readonly renew: () => void;

  start(): void {
    this.connect();
    this.alive();
  }

  stop(): void {
    this.stopped = true;
    this.remember();
    this.cancels.forEach((cancel) => cancel());
    this.wire?.close();
    this.wire = null;
  }

  /** How many words stand here and not yet on the server. */
  unsentWords(): number {
    return this.loaded ? countWords(inserted(this.pending())) : 0;
  }

  private pending(): unknown[] {
    if (this.replaying) return this.replaying.changes;
    return sendableUpdates(this.screen.current()).map((u) => u.changes.toJSON());
  }

  /** Called by the screen after each change of its own. */
  typed(): void {
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

  private after(ms: number, call: () => void): () => void {
    const cancel = this.world.later(ms, () => {
      this.cancels.delete(cancel);
      call();
    });
    this.cancels.add(cancel);
    return cancel;
  }

  private connect(): void {
    if (this.stopped) return;
    this.greeted = false;
    this.inFlight = false;
    const since = this.loaded ? `&since=${getSyncedVersion(this.screen.current())}` : '';
    const wire = this.world.connect(`ws/notes/${encodeURIComponent(this.note)}?i=${this.client}${since}`, {
      message: (text) => {
        if (wire === this.wire) this.hear(JSON.parse(text));
      },
      closed: (code) => {
        if (wire === this.wire) this.closed(code);
      },
    });
    this.wire = wire;
  }

  private closed(code: number): void {
    this.wire = null;
    this.greeted = false;
    this.inFlight = false;
    if (this.stopped) return;
    this.offlineSince ??= this.world.now();
    this.tell();
    if (code === 4410) this.anotherTab();
    if (code >= 4400 && code <= 4409) {
      this.keep(String(code));
      this.screen.write(false, String(code));
      this.screen.closed(code);
      return;
    }
    const wait = this.backoff * (0.5 + this.world.random() / 2);
    this.backoff = Math.min(5_000, this.backoff * 1.6);
    this.after(wait, () => this.connect());
  }

  /** The tab was copied with its client id: this one goes on under a new one, from the text as it is. */
  private anotherTab(): void {
    this.renew();
    this.loaded = false;
    this.replaying = null;
  }

  private hear(said: any): void {
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
        this.mayWrite = said.write;
        this.screen.write(said.write, said.why);
        if (!said.write) this.keep(said.why);
        return this.push();
    }
  }

  private opened(said: any): void {
    this.backoff = 300;
    this.mayWrite = said.write;
    if (said.doc !== undefined) this.fresh(said);
    this.greeted = true;
    this.offlineSince = null;
    this.screen.me(said.me);
    this.screen.people(said.people);
    this.screen.write(said.write && !this.replaying, said.write ? '' : 'readOnly');
    if (said.head === said.v) this.push();
    this.tell();
    this.rescue();
  }

  private fresh(said: any): void {
    const kept = this.loaded
      ? { base: getSyncedVersion(this.screen.current()), first: this.acked, changes: this.pending() }
      : this.unsentStore.load(this.client);
    const state = EditorState.create({
      doc: said.doc,
      extensions: [this.extensions, collab({ startVersion: said.v, clientID: this.client })],
    });
    this.loaded = true;
    this.acked = said.next;
    this.replaying = null;
    this.screen.reset(state);
    if (!kept?.changes.length) return;
    const stored = Math.max(0, said.next - kept.first);
    if (stored >= kept.changes.length) return this.unsentStore.drop(this.client);
    if (said.reset) return this.keep('reset', inserted(kept.changes.slice(stored)));
    this.replaying = { base: kept.base, first: kept.first, changes: kept.changes };
  }

  private received(from: number, updates: Shown[], sum?: number): void {
    if (!this.loaded) return;
    const at = getSyncedVersion(this.screen.current());
    if (from > at) return this.again();
    for (const u of updates.slice(at - from)) {
      const change = { changes: ChangeSet.fromJSON(u.c), clientID: u.i };
      const own = u.i === this.client;
      if (own) this.acked++;
      this.screen.apply(receiveUpdates(this.screen.current(), [change]), u.by);
      if (own) this.savedAt = Date.parse(u.at);
    }
    if (updates.some((u) => u.i === this.client)) this.echoed();
    this.check(sum);
    this.push();
    this.tell();
  }

  private echoed(): void {
    if (this.replaying && this.acked >= this.replaying.first + this.replaying.changes.length) {
      this.replaying = null;
      this.unsentStore.drop(this.client);
      this.screen.write(this.mayWrite, '');
    }
    this.inFlight = false;
    this.remember();
  }

  private check(sum?: number): void {
    if (sum === undefined || sendableUpdates(this.screen.current()).length) return;
    if (crc32c(this.screen.current().doc.toString()) === sum) return;
    this.stopped = true;
    this.screen.write(false, 'differs');
    this.screen.kept(this.screen.current().doc.toString(), 'differs');
    this.wire?.close();
  }

  private push(): void {
    if (!this.greeted || this.inFlight || this.composing || !this.wire || !this.mayWrite) return;
    const unsent = this.replaying;
    if (unsent) {
      this.inFlight = true;
      this.sendPush(unsent.base, unsent.first, unsent.changes.slice(0, MOST_UPDATES));
      return;
    }
    const updates = sendableUpdates(this.screen.current()).slice(0, MOST_UPDATES);
    if (!updates.length) return;
    this.inFlight = true;
    this.sendPush(
      getSyncedVersion(this.screen.current()),
      this.acked,
      updates.map((u) => u.changes.toJSON()),
    );
  }

  private sendPush(v: number, s: number, changes: unknown[]): void {
    this.waitingSince ??= this.world.now();
    const u = changes.map((c) => ({ c, i: this.client }));
    this.wire?.send(JSON.stringify({ t: 'push', v, s, u }));
    this.after(PATIENCE + 10, () => this.tell());
  }

  private refused(said: any): void {
    this.inFlight = false;
    if (said.code === 'TOO_FAST') {
      this.after(1_000, () => this.push());
      return;
    }
    this.mayWrite = false;
    this.keep(said.why);
    this.screen.write(false, said.why);
  }

  /** What cannot be sent is shown to its author, and stays in the store. */
  private keep(why: string, text?: string): void {
    const words = text ?? (this.loaded ? inserted(this.pending()) : '');
    if (words.trim()) this.screen.kept(words, why);
  }

  /** Something is missing: a new socket says from where. */
  private again(): void {
    const wire = this.wire;
    this.wire = null;
    wire?.close();
    this.connect();
  }

  private remember(): void {
    if (!this.loaded || this.replaying) return;
    const changes = sendableUpdates(this.screen.current()).map((u) => u.changes.toJSON());
    this.unsentStore.save(this.client, {
      base: getSyncedVersion(this.screen.current()),
      first: this.acked,
      changes,
      at: this.world.now(),
    });
  }

  /** Sends what a dead tab of the same account left behind, under that tab's own numbers. */
  private rescue(): void {
    for (const client of this.unsentStore.orphans(this.world.now(), this.client)) {
      const left = this.unsentStore.load(client);
      if (!left) continue;
      const wire = this.world.connect(`ws/notes/${encodeURIComponent(this.note)}?i=${client}`, {
        message: (text) => {
          const said = JSON.parse(text);
          if (said.t === 'open') {
            if (said.next >= left.first + left.changes.length) done();
            else if (said.write)
              wire.send(
                JSON.stringify({
                  t: 'push',
                  v: left.base,
                  s: left.first,
                  u: left.changes.slice(0, MOST_UPDATES).map((c) => ({ c, i: client })),
                }),
              );
          } else if (said.t === 'updates' && said.u.some((u: Shown) => u.i === client)) {
            if (left.changes.length <= MOST_UPDATES) done();
          } else if (said.t === 'refused' || said.t === 'behind') {
            this.screen.kept(inserted(left.changes), said.why ?? 'behind');
            wire.close();
          }
        },
        closed: () => {},
      });
      const done = () => {
        this.unsentStore.drop(client);
        wire.close();
      };
    }
  }

  private alive(): void {
    if (this.stopped) return;
    this.remember();
    this.tell();
    this.after(ALIVE, () => this.alive());
  }

  private tell(): void {
    const pending = this.loaded && this.pending().length > 0;
    if (!pending) this.waitingSince = null;
    if (this.offlineSince !== null) {
      this.screen.light({ is: 'offline', since: this.offlineSince, words: this.unsentWords() });
    } else if (pending && this.waitingSince !== null && this.world.now() - this.waitingSince >= PATIENCE) {
      this.screen.light({ is: 'sending' });
    } else if (!pending) {
      this.screen.light({ is: 'saved', at: this.savedAt });
    }
  }
}
