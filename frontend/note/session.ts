import type { ChangeSet, Extension } from '@codemirror/state';
import { Carets, type Caret } from './carets.ts';
import { ClientId } from './client-id.ts';
import { Lamp, PATIENCE } from './lamp.ts';
import { Line } from './line.ts';
import { moved, NoteText, type Shown } from './note-text.ts';
import { Pointer } from './pointer.ts';
import { Nobody, type Screen, type World } from './screen.ts';
import { Timers } from './timers.ts';
import { countWords, inserted, newClient, UnsentStore } from './unsent.ts';

/** Milliseconds between two looks at the line and at what dead tabs left behind. */
const ALIVE = 5_000;

/**
 * The typing end of `/ws/notes/ID`, without a screen: real CodeMirror updates, numbered and kept in
 * the store until the server's own echo says that they are on disk; at most one push in flight.
 *
 * Easy to get wrong: push only after *this* socket's `open`.
 */
export class NoteSession {
  readonly note: string;
  private readonly world: World;
  private readonly screen: Screen;
  private readonly account: string;
  private readonly orphan: string | undefined;
  private readonly unsent: UnsentStore;
  private readonly client: ClientId;
  private readonly timers: Timers;
  private readonly line: Line;
  private readonly pointer: Pointer;
  private readonly text: NoteText;
  private readonly lamp = new Lamp();
  private whole = false;
  private stopped = false;
  private ended = false;
  private gaveUp = false;
  /** The number after the last update of ours on its way. */
  private sentTo = 0;
  private mayWrite = false;
  private kept = true;
  private readonly carets = new Carets();
  private readonly rescues = new Map<string, NoteSession>();

  /**
   * @param orphan the client of a tab that died and left words behind: they are sent under its numbers
   */
  constructor(world: World, screen: Screen, account: string, note: string, extensions: Extension, orphan?: string) {
    this.world = world;
    this.screen = screen;
    this.account = account;
    this.note = note;
    this.orphan = orphan;
    this.unsent = new UnsentStore(world.store, account, note);
    this.client = new ClientId(world, account, note);
    this.timers = new Timers(world);
    this.text = new NoteText(screen, extensions);
    this.pointer = new Pointer(world, this.timers, (a, h) => this.point(a, h));
    this.line = new Line(world, this.timers, { heard: (said) => this.hear(said), lost: (code) => this.lost(code) });
  }

  private get rescuing(): boolean {
    return this.orphan !== undefined;
  }

  start(): void {
    if (this.orphan === undefined) this.client.begin(() => this.connect(false));
    else this.client.inherit(this.orphan, (mine) => (mine ? this.connect(false) : this.stop()));
    this.timers.after(ALIVE, () => this.alive());
  }

  /** Begins anew under another id. The screen is typed on meanwhile, so the old one is left only when the new text is here. */
  private renew(): void {
    this.client.renew();
    this.again();
  }

  /** Leaves what is unsent under the old id, where a rescue finds it. */
  private leaveOldId(): void {
    if (this.client.next === null) return;
    this.remember();
    this.client.renewed();
    this.text.loaded = false;
  }

  /** Whether words are on their way, so that a page should not be taken from under them. */
  busy(): boolean {
    return this.line.greeted && this.mayWrite && (this.screen.composing() || this.text.waits());
  }

  stop(): void {
    if (this.text.loaded) {
      this.sentTo = 0; // what is on its way is known by its number when it comes twice
      this.push(true);
      this.remember();
    }
    this.stopped = true;
    this.client.letGo();
    if (!this.rescuing) this.client.putBack();
    this.timers.cancel();
    this.rescues.forEach((rescue) => rescue.stop());
    this.line.hangUp();
  }

  /** How many words stand here and not yet on the server. */
  unsentWords(): number {
    return countWords(inserted(this.text.pending()));
  }

  /** Called by the screen after each change of its own. */
  typed(): void {
    this.lamp.waits(this.world.now());
    this.timers.after(PATIENCE + 10, () => this.tell());
    this.remember();
    this.push();
    this.tell();
  }

  /** Called when an input method is done. */
  composed(): void {
    this.push();
  }

  /** Called when the caret moved. */
  cursor(anchor: number, head: number): void {
    this.pointer.moved(anchor, head);
  }

  /** A place in a text that others do not have yet would stand wrong: it waits until they do. */
  private point(a: number, h: number): boolean {
    if (!this.line.greeted || this.text.waits()) return false;
    this.line.send({ t: 'cursor', a, h, v: this.text.version });
    return true;
  }

  /** Lets go of words that cannot be sent, once their author has copied them. */
  discard(clients: string[]): void {
    for (const client of clients) {
      this.unsent.drop(client);
      this.screen.kept(client, '', '');
    }
    if (this.ended || !clients.includes(this.client.now)) return;
    this.line.hangUp();
    this.text.loaded = false;
    if (this.stopped) this.timers.after(ALIVE, () => this.alive());
    this.stopped = false;
    this.client.take(newClient());
    this.connect(false);
  }

  // ---- the line ----

  /** @param whole whether the text is asked for together with what came since our base */
  private connect(whole: boolean): void {
    if (this.stopped) return;
    const { now, next } = this.client;
    const left = this.text.loaded || next !== null ? null : this.unsent.load(now);
    const since = next !== null ? undefined : this.text.loaded ? this.text.version : left?.base;
    this.whole = whole || left !== null;
    this.sentTo = 0;
    this.line.dial(
      `ws/notes/${encodeURIComponent(this.note)}?i=${next ?? now}` +
        (since === undefined ? '' : `&since=${since}`) +
        (this.whole ? '&whole=1' : ''),
    );
  }

  /** Something is missing: a new socket says from where. */
  private again(whole = false): void {
    this.line.hangUp();
    this.connect(whole);
  }

  private lost(code: number): void {
    if (this.stopped) return;
    if (code >= 4400 && code <= 4412) return this.closedForGood(code);
    this.lamp.offline(this.world.now());
    this.remember();
    this.tell();
    this.line.later(() => this.connect(false));
  }

  private closedForGood(code: number): void {
    if (code === 4410) return this.rescuing ? this.stop() : this.renew(); // a stopped rescue is begun again
    this.setAside(String(code));
    this.ended = true;
    this.screen.write(false, String(code));
    this.tell();
    this.stop();
    this.text.loaded = false; // the screen lets go of the text: nobody asks for it again
    this.screen.closed(code);
  }

  private alive(): void {
    if (this.stopped) return;
    this.line.beat();
    if (this.line.greeted && !this.rescuing) this.rescue();
    this.tell();
    this.timers.after(ALIVE, () => this.alive());
  }

  private hear(said: any): void {
    switch (said.t) {
      case 'open':
        return this.opened(said);
      case 'updates':
        return this.received(said.v, said.u, said.h);
      case 'cursor':
        return this.others(said);
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
    this.leaveOldId();
    this.screen.me(said.me);
    this.mayWrite = said.write;
    if (said.doc === undefined && said.next < this.text.acked) return this.wentBack();
    if (said.doc !== undefined && !this.fresh(said)) return;
    this.line.greeted = true;
    this.lamp.online(() => this.unsentWords());
    this.screen.people(said.people);
    this.screen.write(said.write, said.write ? '' : 'readOnly');
    if (!said.write) this.setAside('readOnly');
    if (said.head === said.v || said.doc !== undefined) this.push();
    this.tell();
    if (!this.rescuing) this.rescue();
    this.drained();
  }

  /** The server went back to an earlier state: what stands here is shown beside what stands there. */
  private wentBack(): void {
    this.screen.kept('reset', this.text.words(), 'reset');
    this.renew();
  }

  private write(may: boolean, why: string): void {
    if (may && !this.mayWrite && this.unsent.load(this.client.now)) {
      this.text.loaded = false; // what was set aside can be sent after all
      this.screen.kept(this.client.now, '', '');
      return this.again();
    }
    this.mayWrite = may;
    this.screen.write(may, why);
    if (!may) this.setAside(why);
  }

  /** Takes the whole text and puts what is unsent on top. False: asked anew, in another way. */
  private fresh(said: any): boolean {
    const left = this.text.loaded ? this.text.unsent() : this.unsent.load(this.client.now);
    const waits = left && said.next < left.first + left.changes.length ? left.changes : [];
    if (waits.length && !said.past && !said.reset && !this.whole) {
      this.again(true);
      return false;
    }
    const mine = !waits.length || !said.write ? [] : said.past ? moved(waits, said.past, this.client.now) : null;
    if (waits.length && said.write && !mine) {
      if (!this.rescuing) this.renew();
      else this.giveUp(waits, said.reset ? 'reset' : 'tooOld');
      return false;
    }
    const before = this.text.loaded ? this.text.words() : '';
    this.carets.clear(said.v);
    this.text.begin(said, this.client.now);
    if (said.reset && before && before !== said.doc) this.screen.kept('reset', before, 'reset');
    if (!waits.length) this.unsent.drop(this.client.now);
    else if (mine?.length) this.replay(mine);
    else this.screen.kept(this.client.now, inserted(waits), 'readOnly');
    return true;
  }

  private replay(mine: ChangeSet[]): void {
    this.text.replay(mine);
    this.lamp.waitsAnew(this.world.now());
    this.remember();
  }

  private received(from: number, updates: Shown[], sum?: number): void {
    if (!this.text.loaded) return;
    const at = this.text.version;
    if (from > at) return this.again();
    for (const u of updates.slice(at - from)) {
      this.carets.typed(this.text.receive(u));
      if (u.i === this.client.now) this.echoed(u.at);
    }
    if (updates.some((u) => u.i === this.client.now)) this.remember();
    this.check(from + updates.length, sum);
    this.push();
    this.pointer.tell();
    this.carets.waiting().forEach((caret) => this.others(caret));
    this.tell();
    this.drained();
  }

  private echoed(at: string): void {
    this.text.acked++;
    this.lamp.saved(Date.parse(at));
    this.lamp.waitsAnew(this.world.now());
    this.line.holds();
  }

  private others(cursor: Caret): void {
    const placed = this.text.loaded ? this.carets.place(cursor, this.screen.current()) : null;
    if (placed) this.screen.cursor(placed);
  }

  private check(version: number, sum?: number): void {
    if (!this.text.differs(version, sum)) return;
    this.stopped = true;
    this.mayWrite = false;
    this.screen.write(false, 'differs');
    this.screen.kept(this.client.now, this.text.words(), 'differs');
    this.line.hangUp();
    this.screen.light({ is: 'kept' });
  }

  // ---- what goes out ----

  private push(leaving = false): void {
    if (!this.line.greeted || !this.text.loaded || !this.mayWrite || this.text.acked < this.sentTo) return;
    if (this.screen.composing() && !leaving) return;
    const updates = this.text.batch(this.client.now);
    if (!updates.length) return;
    this.sentTo = this.text.acked + updates.length;
    this.line.send({ t: 'push', v: this.text.version, s: this.text.acked, u: updates });
  }

  private refused(said: any): void {
    if (said.code === 'TOO_FAST') {
      this.timers.after(1_000, () => {
        this.sentTo = 0;
        this.push();
      });
    } else if (this.rescuing) {
      this.giveUp(this.text.pending(), said.why);
    } else if (said.code === 'NOT_ALLOWED' || said.code === 'CLOSED') {
      this.write(false, said.why);
    } else {
      this.renew(); // a rescue shows what was refused; everything else can be typed on
    }
  }

  /** A rescue shows what cannot be sent, which stays in the store until its author lets it go. */
  private giveUp(waits: unknown[], why: string): void {
    this.screen.kept(this.client.now, inserted(waits), why);
    this.gaveUp = true;
    this.text.loaded = false;
    this.stop();
  }

  /** What cannot be sent is shown to its author, and stays in the store. */
  private setAside(why: string): void {
    const left = this.text.loaded ? this.text.pending() : (this.unsent.load(this.client.now)?.changes ?? []);
    const words = inserted(left);
    if (words.trim()) this.screen.kept(this.client.now, words, why);
  }

  private remember(): void {
    if (!this.text.loaded) return;
    const unsent = this.text.unsent();
    if (unsent.changes.length === 0 && !this.mayWrite) return; // what was set aside stays
    this.kept = this.unsent.save(this.client.now, unsent);
  }

  /** Sends what dead tabs of the same account left behind, each under its own numbers. */
  private rescue(): void {
    for (const [client, rescue] of this.rescues) if (rescue.stopped && !rescue.gaveUp) this.rescues.delete(client);
    for (const client of this.unsent.others(this.client.now)) {
      if (this.rescues.has(client)) continue;
      const rescue = new NoteSession(this.world, new Nobody(this.screen), this.account, this.note, [], client);
      this.rescues.set(client, rescue);
      rescue.start();
    }
  }

  /** A rescue ends when all is stored, or was shown because it cannot be. */
  private drained(): void {
    if (!this.rescuing || !this.line.greeted || this.text.waits()) return;
    if (!this.mayWrite) this.gaveUp = true;
    this.text.loaded = false; // what stays in the store is not touched any more
    this.stop();
  }

  private tell(): void {
    const light = this.lamp.light(this.world.now(), {
      pending: this.text.waits(),
      aside: !this.mayWrite && (this.line.greeted || this.ended),
      loaded: this.text.loaded,
      kept: this.kept,
      words: () => this.unsentWords(),
    });
    if (light) this.screen.light(light);
  }
}
