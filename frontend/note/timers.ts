import type { World } from './screen.ts';

/** Calls that are still to come, and are let go together. */
export class Timers {
  private readonly world: World;
  private readonly waiting = new Set<() => void>();

  constructor(world: World) {
    this.world = world;
  }

  /** @returns lets go of this one */
  after(ms: number, call: () => void): () => void {
    const cancel = this.world.later(ms, () => {
      this.waiting.delete(cancel);
      call();
    });
    this.waiting.add(cancel);
    return cancel;
  }

  cancel(): void {
    this.waiting.forEach((cancel) => cancel());
    this.waiting.clear();
  }
}
