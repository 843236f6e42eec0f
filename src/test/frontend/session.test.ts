import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { World } from '../../../frontend/note/screen.ts';
import { Hand } from './hand.ts';
import { Browser, Clock, Memory, Server } from './server.ts';

function random(seed: number): (n: number) => number {
  let state = seed >>> 0;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

/** With a tab that can be reloaded, closed or copied. */
class Typist extends Hand {
  readonly browser: Browser;
  private tab = new Memory();

  constructor(name: string, browser: Browser, below: (n: number) => number, copied?: Typist) {
    super(name, below);
    if (copied) this.tab = copied.tab.copy();
    this.browser = browser;
    this.begin('note');
  }

  protected world(): World {
    return this.browser.world(this.tab);
  }

  reload(): void {
    this.stop();
    this.begin('note');
  }

  /** Closes the tab, whose id goes with it, and opens another. */
  closeTab(): void {
    this.tab = new Memory();
    this.reload();
  }

  /** Writes a word at the beginning. */
  put(word: string): void {
    this.planted.push(word);
    this.change(0, 0, word);
  }

  /** The browser crashes: nothing is sent or put back. */
  die(): void {
    this.browser.owners.clear();
    this.stop();
  }
}

/** Everybody has the server's text, and every planted word is in it once. */
function settled(server: Server, typists: Typist[], seed: number): void {
  const text = server.doc.toString();
  for (const who of typists) {
    assert.deepEqual(who.lost, [], `${who.name} was left with words, seed ${seed}`);
    assert.equal(who.unsent(), 0, `${who.name} still has words to send, seed ${seed}`);
    assert.equal(who.doc(), text, `${who.name} has another text, seed ${seed}`);
    assert.equal(who.browser.store.length, 0, `${who.name} keeps something in the store, seed ${seed}`);
    for (const word of who.planted) {
      const times = text.split(word).length - 1;
      assert.equal(times, 1, `${word} stands ${times} times, seed ${seed}`);
    }
    who.stop();
  }
}

for (let seed = 1; seed <= 12; seed++) {
  test(`typing over bad lines, with cuts, reloads and closed tabs, comes to one text (seed ${seed})`, () => {
    const below = random(seed);
    const clock = new Clock();
    const server = new Server();
    const typists = ['A', 'B', 'C', 'D'].map((n) => new Typist(n, new Browser(server, clock, below), below));
    clock.step(500);
    for (let n = 0; n < 1500; n++) {
      const who = typists[below(typists.length)]!;
      const what = below(200);
      if (what < 4) who.browser.cut();
      else if (what < 6) who.reload();
      else if (what < 7) who.closeTab();
      else if (what < 8) who.browser.unplugged = !who.browser.unplugged;
      else if (what < 9) who.browser.takenOver();
      else who.type();
      clock.step(below(15));
    }
    for (const who of typists) who.browser.unplugged = false;
    clock.step(60_000);
    settled(server, typists, seed);
    assert.ok(server.pushes < 6_000 && server.opens < 1_000, `a storm: ${server.pushes} pushes, ${server.opens} opens`);
  });
}

function one(): { server: Server; clock: Clock; who: Typist; below: (n: number) => number } {
  const below = random(7);
  const clock = new Clock();
  const server = new Server();
  const who = new Typist('A', new Browser(server, clock, below), below);
  clock.step(1_000);
  return { server, clock, who, below };
}

test('hundreds of words typed while the server is away are all sent after a reload', () => {
  const { server, clock, who } = one();
  who.browser.away = true;
  who.browser.cut();
  clock.step(100);
  for (let n = 0; n < 450; n++) who.put(`«${n}»`);
  who.browser.away = false;
  who.reload();
  clock.step(10_000);
  settled(server, [who], 7);
});

test('a cable that was pulled is noticed, and the words typed meanwhile arrive', () => {
  const { server, clock, who } = one();
  who.browser.unplugged = true;
  who.put('«a»');
  clock.step(21_000);
  assert.equal(who.shown.is, 'offline');
  who.browser.unplugged = false;
  clock.step(10_000);
  assert.equal(who.shown.is, 'saved');
  settled(server, [who], 7);
});

test('the light says saved only when all is on the server', () => {
  const { clock, who } = one();
  who.put('«a»');
  clock.step(300);
  assert.equal(who.shown.is, 'saved');
  who.browser.unplugged = true;
  who.put('«b»');
  clock.step(700);
  assert.equal(who.shown.is, 'sending');
  who.browser.unplugged = false;
  who.stop();
});

test('a copied tab takes a name of its own and neither loses a word', () => {
  const { server, clock, who, below } = one();
  const twin = new Typist('A', who.browser, below, who);
  clock.step(1_000);
  who.put('«a»');
  twin.put('«b»');
  clock.step(2_000);
  assert.equal(server.lines.size, 2);
  settled(server, [who, twin], 7);
});

test('a tab copied while its note was closed takes a name of its own too', () => {
  const { server, clock, who, below } = one();
  who.stop();
  const twin = new Typist('A', who.browser, below, who);
  who.reload();
  clock.step(1_000);
  who.put('«a»');
  twin.put('«b»');
  clock.step(2_000);
  assert.equal(server.lines.size, 2);
  assert.equal(server.opens, 3, 'nobody took the id from the other');
  settled(server, [who, twin], 7);
});

test('words of a tab that dies while another is open are sent by that one', () => {
  const { server, clock, who, below } = one();
  const dying = new Typist('A', who.browser, below);
  clock.step(1_000);
  who.browser.unplugged = true;
  dying.put('«a»');
  dying.die();
  who.browser.unplugged = false;
  clock.step(30_000);
  who.planted.push('«a»');
  settled(server, [who], 7);
});

test('words typed while the tab changes its id are sent', () => {
  const { server, clock, who } = one();
  server.mute = true;
  who.put('«a»');
  who.browser.takenOver();
  clock.step(100);
  who.put('«b»');
  server.mute = false;
  who.browser.cut();
  clock.step(30_000);
  settled(server, [who], 7);
});

test('a refused word is shown to its author, who types on', () => {
  const { server, clock, who } = one();
  server.refuses = (text) => text.includes('bad');
  who.put('bad');
  clock.step(2_000);
  assert.deepEqual(who.lost, ['bad']);
  assert.ok(who.may, 'typing goes on');
  who.planted.length = 0;
  who.put('«good»');
  clock.step(30_000);
  assert.equal(server.doc.toString(), '«good»');
  assert.deepEqual(who.lost, ['bad'], 'shown once');
  assert.ok(server.pushes < 20, `${server.pushes} pushes`);
  who.stop();
});

test('a deletion of what somebody else deleted meanwhile keeps its number', () => {
  const { server, clock, who, below } = one();
  const other = new Typist('B', new Browser(server, clock, below), below);
  who.put('abc');
  clock.step(2_000);
  who.browser.away = true;
  who.browser.cut();
  clock.step(100);
  who.change(0, 3, '');
  who.put('«x»');
  other.change(0, 3, '');
  clock.step(1_000);
  who.planted.length = 0;
  who.planted.push('«x»');
  who.browser.away = false;
  who.reload();
  clock.step(10_000);
  settled(server, [who, other], 7);
  assert.equal(server.updates.filter((u) => u.i === server.updates[0]!.i).length, 3);
});

test('a line on which nobody answers is given up, and words typed meanwhile arrive', () => {
  const { server, clock, who } = one();
  server.mute = true;
  who.browser.cut();
  clock.step(1_000);
  who.put('«a»');
  clock.step(20_000);
  assert.equal(who.shown.is, 'offline');
  server.mute = false;
  clock.step(30_000);
  settled(server, [who], 7);
});

test('a right that ends takes the text away, and leaves unsent words to their author', () => {
  const { server, clock, who } = one();
  server.mute = true;
  who.put('«a»');
  for (const line of server.lines) line.shut(4403);
  clock.step(30_000);
  assert.deepEqual(who.lost, ['«a»']);
  assert.equal(who.browser.store.length, 1, 'kept until its author lets it go');
  assert.throws(() => who.doc(), /let go of/);
  who.stop();
});
