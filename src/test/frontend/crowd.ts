// Real editors' sessions against a real server: CLIENTS of them type UPDATES over lines that delay, double
// and cut, and are reloaded with unsent words. In the end all texts are equal and every word is there once.
// node crowd.ts WS-URL NOTE TOKEN-A TOKEN-B CLIENTS UPDATES
import assert from 'node:assert/strict';
import type { World } from '../../../frontend/note/screen.ts';
import { Hand } from './hand.ts';
import { Memory } from './server.ts';

const [, , url, note, tokenA, tokenB, clients, updates] = process.argv as string[];
let state = 20261125;
const below = (n: number) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * n);
};
type Socket = WebSocket & { onclose: ((e: { code: number }) => void) | null };

class Browser extends Hand {
  readonly store = new Memory();
  private readonly tab = new Memory();
  private readonly token: string;
  private socket: Socket | null = null;

  constructor(name: string, token: string) {
    super(name, below);
    this.token = token;
    this.begin(note!);
  }

  protected world(): World {
    return {
      connect: (path, on) => {
        const Ctor = WebSocket as unknown as new (u: string, o: object) => Socket;
        const socket = new Ctor(url + path, { headers: { Authorization: 'Bearer ' + this.token } });
        this.socket = socket;
        let line = Promise.resolve();
        let out = Promise.resolve();
        const later = () => new Promise<void>((done) => setTimeout(done, below(12)));
        socket.onmessage = (e) => {
          line = line.then(later).then(() => on.message(e.data as string));
        };
        socket.onclose = (e) => void line.then(() => on.closed(e.code));
        const send = (text: string) => {
          if (socket.readyState === WebSocket.OPEN) socket.send(text);
        };
        return {
          send: (text) => {
            out = out.then(later).then(() => send(text));
            if (below(12) === 0) out = out.then(later).then(() => send(text));
          },
          close: () => void out.then(() => socket.close()),
        };
      },
      claim: (_client, free) => {
        const timer = setTimeout(() => free(true), 5);
        return () => clearTimeout(timer);
      },
      leaving: () => () => {},
      store: this.store,
      tab: this.tab,
      now: () => performance.now(),
      later: (ms, call) => {
        const timer = setTimeout(call, ms);
        return () => clearTimeout(timer);
      },
      random: () => below(1000) / 1000,
    };
  }

  cut(): void {
    this.socket?.close();
  }
  reload(): void {
    this.stop();
    this.begin(note!);
  }
  quiet(): boolean {
    return this.loaded && this.unsent() === 0 && this.store.length === 0;
  }
}

const all = Array.from({ length: Number(clients) }, (_, n) => new Browser('b' + n, (n % 2 ? tokenA : tokenB)!));
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
for (let typed = 0; typed < Number(updates); ) {
  for (let n = 0; n < 25; n++) {
    const who = all[below(all.length)]!;
    const what = below(1000);
    if (what < 4) who.cut();
    else if (what < 6) who.reload();
    else if (who.type()) typed++;
  }
  await pause(4);
}
const until = Date.now() + 60_000;
const settled = () => all.every((b) => b.quiet() && b.doc() === all[0]!.doc());
while (!settled() && Date.now() < until) await pause(50);
const text = all[0]!.doc();
for (const b of all) {
  assert.deepEqual(b.lost, []);
  assert.equal(b.doc(), text, 'another text');
  assert.ok(b.quiet(), 'something is not sent');
  for (const word of b.planted) assert.equal(text.split(word).length - 1, 1, word);
  b.stop();
}
console.log(`all texts equal: ${text.length} units, ${all.reduce((n, b) => n + b.planted.length, 0)} words once each`);
process.exit(0);
