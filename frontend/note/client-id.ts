import type { World } from './screen.ts';
import { newClient } from './unsent.ts';

/**
 * By which id this tab goes in a note: the same after a reload, and never the same as another tab that lives.
 *
 * Between two pages the id lies in the tab's own storage, and only then: so a copied tab has none.
 */
export class ClientId {
  now = '';
  /** The one to go by once the server greets it; until then what is typed belongs to the one before. */
  next: string | null = null;
  private readonly world: World;
  private readonly key: string;
  private unclaim: () => void = () => {};
  private unleave: () => void = () => {};

  constructor(world: World, account: string, note: string) {
    this.world = world;
    this.key = `note-client:${account}:${note}`;
  }

  /** Finds the one to begin with. */
  begin(found: () => void): void {
    const known = this.world.tab.getItem(this.key);
    this.world.tab.removeItem(this.key);
    this.unleave = this.world.leaving(() => this.putBack());
    const take = (client: string) => {
      this.take(client);
      found();
    };
    if (known === null) return take(newClient());
    // who only leaves a note and comes back has it too, and so has a tab copied in between
    this.now = known;
    this.unclaim = this.world.claim(known, (mine) => take(mine ? known : newClient()));
  }

  /** Goes by that of a tab that died, if none that lives answers for it. */
  inherit(client: string, free: (mine: boolean) => void): void {
    this.now = client;
    this.unclaim = this.world.claim(client, free);
  }

  /** Goes by one from here on. */
  take(client: string): void {
    this.unclaim();
    this.now = client;
    this.unclaim = this.world.claim(client, () => {});
  }

  /** Will go by another one. */
  renew(): void {
    this.next = newClient();
  }

  /** The server knows the next one. */
  renewed(): void {
    if (this.next !== null) this.take(this.next);
    this.next = null;
  }

  putBack(): void {
    try {
      this.world.tab.setItem(this.key, this.now);
    } catch {
      // this browser keeps nothing: the next page goes by another id
    }
  }

  letGo(): void {
    this.unclaim();
    this.unleave();
  }
}
