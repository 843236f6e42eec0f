import { ChangeSet, Text } from '@codemirror/state';
import { crc32c } from '../../../frontend/note/crc32c.ts';
import type { Store, Wire, World } from '../../../frontend/note/session.ts';

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

/** A note server in memory that follows CONTRACTS.md: late pushes rebased one at a time. */
export class Server {
  updates: Stored[] = [];
  doc = Text.empty;
  lines = new Set<Line>();

  next(client: string): number {
    return this.updates.filter((u) => u.i === client).length;
  }

  open(line: Line, since: number | null): void {
    for (const other of this.lines) if (other.client === line.client) other.shut(4410);
    this.lines.add(line);
    const v = this.updates.length;
    const head = { t: 'open', head: v, next: this.next(line.client), me: { id: 'me', name: 'Me', agency: 'x', colour: 1 }, write: true, audience: 'joint', people: [] };
    if (since !== null && since <= v) {
      line.hear(JSON.stringify({ ...head, v: since }));
      if (since < v) line.hear(this.frame(since, v));
    } else line.hear(JSON.stringify({ ...head, v, doc: this.doc.toString(), h: crc32c(this.doc.toString()) }));
  }

  private frame(from: number, to: number): string {
    const u = this.updates.slice(from, to).map((x) => ({ c: x.c.toJSON(), i: x.i, by: 'by-' + x.i, at: new Date(0).toISOString() }));
    const passed = Math.floor(to / 50) > Math.floor(from / 50) && to === this.updates.length;
    return JSON.stringify({ t: 'updates', v: from, u, ...(passed ? { h: crc32c(this.doc.toString()) } : {}) });
  }

  said(line: Line, text: string): void {
    const m = JSON.parse(text);
    if (m.t !== 'push') return;
    const known = this.next(line.client);
    if (m.v > this.updates.length || m.s > known) return line.hear('{"t":"behind"}');
    const changes: ChangeSet[] = m.u.map((u: { c: unknown }) => ChangeSet.fromJSON(u.c));
    const others: ChangeSet[] = [];
    let done = 0;
    const past = (change: ChangeSet): ChangeSet => {
      for (let i = 0; i < others.length; i++) {
        const other = others[i]!;
        others[i] = other.map(change, true);
        change = change.map(other);
      }
      return change;
    };
    for (const u of this.updates.slice(m.v)) {
      if (u.i === line.client && u.s === m.s + done && done < changes.length) past(changes[done++]!);
      else others.push(u.c);
    }
    for (let i = 0; i < this.updates.length; i++) {
      const u = this.updates[i]!;
      if (u.i === line.client && u.s >= m.s && u.s < m.s + changes.length) line.hear(this.frame(i, i + 1));
    }
    const from = this.updates.length;
    for (const change of changes.slice(known - m.s)) {
      const moved = past(change);
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
    this.queue.push(entry);
    return () => (this.queue = this.queue.filter((e) => e !== entry));
  }

  /** Runs what is due up to a time from now. */
  step(ms: number): void {
    const until = this.time + ms;
    for (;;) {
      this.queue.sort((a, b) => a.at - b.at || a.n - b.n);
      const first = this.queue[0];
      if (!first || first.at > until) break;
      this.queue.shift();
      this.time = Math.max(this.time, first.at);
      first.call();
    }
    this.time = until;
  }
}

/** A world whose line delays, doubles and cuts as the test says. */
export function world(server: Server, clock: Clock, store: Store, tab: Store, below: (n: number) => number, line: { cut?: () => void; doubling: boolean }): World {
  return {
    connect(path, on) {
      const query = new URLSearchParams(path.split('?')[1]);
      const since = query.get('since');
      let open = true;
      let last = 0;
      // in order, each way, but at any pace
      const inOrder = (call: () => void) => {
        last = Math.max(last, clock.time + below(40));
        clock.later(last - clock.time, call);
      };
      const shut = (code: number) => {
        if (!open) return;
        open = false;
        server.lines.delete(here);
        clock.later(1, () => on.closed(code));
      };
      const here = {
        client: query.get('i')!,
        hear: (text: string) => inOrder(() => open && on.message(text)),
        shut,
      };
      line.cut = () => shut(1006);
      clock.later(below(20), () => open && server.open(here, since === null ? null : Number(since)));
      const wire: Wire = {
        send: (text) => {
          inOrder(() => open && server.said(here, text));
          if (line.doubling && below(10) === 0) inOrder(() => open && server.said(here, text));
        },
        close: () => {
          open = false;
          server.lines.delete(here);
        },
      };
      return wire;
    },
    store,
    tab,
    now: () => clock.time,
    later: (ms, call) => clock.later(ms, call),
    random: () => below(1000) / 1000,
  };
}
