import type { Wire, World } from './screen.ts';
import type { Timers } from './timers.ts';

/** Milliseconds until a lost line is dialled again; longer each time, up to five seconds. */
const FIRST = 300;
const MOST = 5_000;

/** A line that owes so many signs of life is given up. */
const MOST_OWED = 2;

/** The code of a line that broke, as browsers give it. */
const BROKEN = 1006;

/** One socket after the other to the same note. */
export class Line {
  /** Whether the server greeted us on *this* socket; before that nothing is sent. */
  greeted = false;
  private readonly world: World;
  private readonly timers: Timers;
  private readonly on: { heard(said: any): void; lost(code: number): void };
  private wire: Wire | null = null;
  private owed = 0;
  private wait = FIRST;

  constructor(world: World, timers: Timers, on: { heard(said: any): void; lost(code: number): void }) {
    this.world = world;
    this.timers = timers;
    this.on = on;
  }

  dial(path: string): void {
    this.greeted = false;
    this.owed = 0;
    const wire: Wire = this.world.connect(path, {
      message: (text) => {
        if (wire !== this.wire) return;
        this.owed = 0;
        this.on.heard(JSON.parse(text));
      },
      closed: (code) => {
        if (wire === this.wire) this.lost(code);
      },
    });
    this.wire = wire;
  }

  send(said: unknown): void {
    this.wire?.send(JSON.stringify(said));
  }

  hangUp(): void {
    const wire = this.wire;
    this.wire = null;
    this.greeted = false;
    wire?.close();
  }

  private lost(code: number): void {
    this.wire = null;
    this.greeted = false;
    this.on.lost(code);
  }

  /** Calls after a while, unless somebody dialled meanwhile. */
  later(redial: () => void): void {
    this.timers.after(this.wait * (0.5 + this.world.random() / 2), () => {
      if (this.wire === null) redial();
    });
    this.wait = Math.min(MOST, this.wait * 1.6);
  }

  /** It holds: should it break, it is dialled again soon. */
  holds(): void {
    this.wait = FIRST;
  }

  /** A cable that was pulled closes nothing: only an answer that does not come tells. */
  beat(): void {
    if (!this.wire) return;
    if (this.owed >= MOST_OWED) {
      this.hangUp();
      this.lost(BROKEN);
      return;
    }
    this.owed++;
    if (!this.greeted) return;
    this.send({ t: 'ping', n: 0 });
    this.holds();
  }
}
