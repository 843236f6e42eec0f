import type { World } from './screen.ts';
import type { Timers } from './timers.ts';

/** Milliseconds between two places that others are told: eight a second. */
const PAUSE = 120;

/** Our own caret: others are told where it stands, as often as suits. */
export class Pointer {
  private readonly world: World;
  private readonly timers: Timers;
  private readonly told: (anchor: number, head: number) => boolean;
  private place: [number, number] | null = null;
  private at = 0;
  private waits: (() => void) | null = null;

  /**
   * @param told tells others; false: not now
   */
  constructor(world: World, timers: Timers, told: (anchor: number, head: number) => boolean) {
    this.world = world;
    this.timers = timers;
    this.told = told;
  }

  moved(anchor: number, head: number): void {
    this.place = [anchor, head];
    this.waits ??= this.timers.after(Math.max(0, this.at + PAUSE - this.world.now()), () => {
      this.waits = null;
      this.tell();
    });
  }

  tell(): void {
    if (!this.place || this.waits || !this.told(...this.place)) return;
    this.place = null;
    this.at = this.world.now();
  }
}
