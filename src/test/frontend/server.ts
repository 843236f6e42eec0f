import { ChangeSet, Text } from '@codemirror/state';
import { crc32c } from '../../../frontend/note/crc32c.ts';
import { rebase } from '../../../frontend/note/rebase.ts';
import type { Wire, World } from '../../../frontend/note/screen.ts';
import type { Store } from '../../../frontend/note/unsent.ts';

interface Stored {
  c: ChangeSet;
  i: string;
  s: number;
}

interface Line {
  client: string;
  hear(text: string): void;
  shut(code: number): void;
}

/** A note server in memory that follows the public contract: late pushes rebased one at a time. */
export class Server {
  updates: Stored[] = [];
  doc = Text.empty;
  lines = new Set<Line>();
  pushes = 0;
  opens = 0;
  /** Takes connections and says nothing. */
  mute = false;
  refuses: (text: string) => boolean = () => false;

  next(client: string): number {
    return this.updates.filter((u) => u.i === client).length;
  }

  open(line: Line, since: number | null, whole: boolean): void {
    this.opens++;
    if (this.mute) return;
    for (const other of this.lines) if (other.client === line.client) other.shut(4410);
    this.lines.add(line);
    const v = this.updates.length;
    const me = { id: 'me', name: 'Me', agency: 'x', colour: 1 };
    const head = { t: 'open', head: v, next: this.next(line.client), me, write: true, audience: 'joint', people: [] };
    if (since !== null && since <= v && !whole) {
      line.hear(JSON.stringify({ ...head, v: since }));
      if (since < v) line.hear(this.frame(since, v));
      return;
    }
    const past = since !== null && since <= v && whole ? { past: this.shown(since, v) } : {};
    line.hear(JSON.stringify({ ...head, v, doc: this.doc.toString(), h: crc32c(this.doc.toString()), ...past }));
  }

  private shown(from: number, to: number): unknown[] {
    const at = new Date(0).toISOString();
    return this.updates.slice(from, to).map((x) => ({ c: x.c.toJSON(), i: x.i, by: 'by-' + x.i, at }));
  }

  private frame(from: number, to: number): string {
    const passed = Math.floor(to / 50) > Math.floor(from / 50) && to === this.updates.length;
    const sum = passed ? { h: crc32c(this.doc.toString()) } : {};
    return JSON.stringify({ t: 'updates', v: from, u: this.shown(from, to), ...sum });
  }

  said(line: Line, text: string): void {
    const m = JSON.parse(text);
    if (m.t === 'ping') return line.hear('{"t":"pong","n":0}');
    if (m.t !== 'push') return;
    this.pushes++;
    if (this.refuses(text)) return line.hear(JSON.stringify({ t: 'refused', s: m.s, code: 'BAD_CHANGE', why: 'bad' }));
    const known = this.next(line.client);
    if (m.v > this.updates.length || m.s > known) return line.hear('{"t":"behind"}');
    const changes: ChangeSet[] = m.u.map((u: { c: unknown }) => ChangeSet.fromJSON(u.c));
    for (let i = 0; i < this.updates.length; i++) {
      const u = this.updates[i]!;
      if (u.i === line.client && u.s >= m.s && u.s < m.s + changes.length) line.hear(this.frame(i, i + 1));
    }
    const from = this.updates.length;
    for (const moved of rebase(changes, line.client, this.updates.slice(m.v).filter((u) => u.i !== line.client || u.s >= m.s))) {
      this.doc = moved.apply(this.doc);
      this.updates.push({ c: moved, i: line.client, s: this.next(line.client) });
    }
    if (this.updates.length > from) {
      const frame = this.frame(from, this.updates.length);
      for (const each of this.lines) each.hear(frame);
    }
  }
}

/** A storage like a browser's. */
export class Memory implements Store {
  private readonly map = new Map<string, string>();
  copy(): Memory {
    const copy = new Memory();
    this.map.forEach((value, key) => copy.setItem(key, value));
    return copy;
  }
  getItem(key: string): string | null {
    return this.map.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.map.set(key, value);
  }
  removeItem(key: string): void {
    this.map.delete(key);
  }
  get length(): number {
    return this.map.size;
  }
  key(n: number): string | null {
    return [...this.map.keys()][n] ?? null;
  }
}

/** Time and lines under the test's hand: nothing happens until {@link Clock.step}. */
export class Clock {
  time = 1_000_000;
  private queue: { at: number; n: number; call: () => void }[] = [];
  private n = 0;

  later(ms: number, call: () => void): () => void {
    const entry = { at: this.time + ms, n: this.n++, call };
    let low = 0;
    for (let high = this.queue.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (this.queue[middle]!.at <= entry.at) low = middle + 1;
      else high = middle;
    }
    this.queue.splice(low, 0, entry);
    return () => {
      const place = this.queue.indexOf(entry);
      if (place >= 0) this.queue.splice(place, 1);
    };
  }

  /** Runs what is due up to a time from now. */
  step(ms: number): void {
    const until = this.time + ms;
    for (let first = this.queue[0]; first && first.at <= until; first = this.queue[0]) {
      this.queue.shift();
      this.time = Math.max(this.time, first.at);
      first.call();
    }
    this.time = until;
  }
}

/** A browser of which the test decides what its lines do: delay, double, be cut. */
export class Browser {
  readonly store = new Memory();
  readonly owners = new Map<string, number>();
  cut: () => void = () => {};
  /** Another line goes by the same id. */
  takenOver: () => void = () => {};
  /** The server cannot be reached. */
  away = false;
  /** The cable is out: nothing arrives, and nobody is told. */
  unplugged = false;
  private readonly server: Server;
  private readonly clock: Clock;
  private readonly below: (n: number) => number;

  constructor(server: Server, clock: Clock, below: (n: number) => number) {
    this.server = server;
    this.clock = clock;
    this.below = below;
  }

  world(tab: Store): World {
    const { server, clock, below, owners } = this;
    return {
      connect: (path, on) => this.connect(path, on),
      claim(client, free) {
        const mine = !owners.get(client);
        owners.set(client, (owners.get(client) ?? 0) + 1);
        const cancel = clock.later(80, () => free(mine));
        let held = true;
        return () => {
          cancel();
          if (!held) return;
          held = false;
          owners.set(client, owners.get(client)! - 1);
        };
      },
      leaving: () => () => {},
      store: this.store,
      tab,
      now: () => clock.time,
      later: (ms, call) => clock.later(ms, call),
      random: () => below(1000) / 1000,
    };
  }

  private connect(path: string, on: { message(text: string): void; closed(code: number): void }): Wire {
    const { server, clock, below } = this;
    const query = new URLSearchParams(path.split('?')[1]);
    const since = query.get('since');
    let open = true;
    let last = 0;
    const held: (() => void)[] = [];
    // in order, each way, but at any pace; nothing passes while the cable is out, and nothing is left out
    const inOrder = (call: () => void) => {
      last = Math.max(last, clock.time + below(40));
      clock.later(last - clock.time, () => {
        held.push(call);
        while (open && !this.unplugged && held.length) held.shift()!();
      });
    };
    const shut = (code: number) => {
      if (!open) return;
      open = false;
      server.lines.delete(here);
      clock.later(1, () => on.closed(code));
    };
    const here = { client: query.get('i')!, hear: (text: string) => inOrder(() => on.message(text)), shut };
    this.cut = () => shut(1006);
    this.takenOver = () => shut(4410);
    clock.later(below(20), () => {
      if (this.away || this.unplugged) shut(1006);
      else if (open) server.open(here, since === null ? null : Number(since), query.has('whole'));
    });
    return {
      send: (text) => {
        inOrder(() => server.said(here, text));
        if (below(10) === 0) inOrder(() => server.said(here, text));
      },
      close: () => {
        open = false;
        server.lines.delete(here);
      },
    };
  }
}
