/**
 * Words that are not on the server yet, in the browser's store from the first letter: they survive a
 * reload, a crash and the death of the server. One entry per note and client.
 */
export interface Unsent {
  /** The version the first of them was made for. */
  base: number;
  /** The number of the first of them, this client's counted from 0. */
  first: number;
  /** The changes, as JSON, one after the other. */
  changes: unknown[];
}

export interface Store {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
  readonly length: number;
  key(n: number): string | null;
}

const ID = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';

/** A new client id of 132 random bits. */
export function newClient(): string {
  const some = crypto.getRandomValues(new Uint8Array(22));
  return Array.from(some, (b) => ID[b & 63]).join('');
}

export class UnsentStore {
  private readonly store: Store;
  private readonly prefix: string;

  constructor(store: Store, account: string, note: string) {
    this.store = store;
    this.prefix = `unsent:${account}:${note}:`;
  }

  load(client: string): Unsent | null {
    const text = this.store.getItem(this.prefix + client);
    if (!text) return null;
    try {
      const unsent = JSON.parse(text) as Unsent;
      return Array.isArray(unsent.changes) ? unsent : null;
    } catch {
      return null; // torn by a crash while it was written
    }
  }

  /** Returns whether they are kept: a browser's store can be full, or switched off. */
  save(client: string, unsent: Unsent): boolean {
    try {
      if (unsent.changes.length) this.store.setItem(this.prefix + client, JSON.stringify(unsent));
      else this.store.removeItem(this.prefix + client);
      return true;
    } catch {
      return unsent.changes.length === 0;
    }
  }

  drop(client: string): void {
    this.store.removeItem(this.prefix + client);
  }

  /** Other clients of this note that have words here: tabs that live, or died and left them behind. */
  others(but: string): string[] {
    const found: string[] = [];
    for (let n = 0; n < this.store.length; n++) {
      const key = this.store.key(n);
      if (key?.startsWith(this.prefix) && key !== this.prefix + but) found.push(key.slice(this.prefix.length));
    }
    return found;
  }
}

/** How many words: each Chinese character is one, each run of other letters is one. */
export function countWords(text: string): number {
  return text.match(/\p{Script=Han}|[^\s\p{Script=Han}\p{P}]+/gu)?.length ?? 0;
}

/** The words that changes put in. */
export function inserted(changes: readonly unknown[]): string {
  return changes
    .flatMap((change) => (change as (number | [number, ...string[]])[]))
    .map((part) => (Array.isArray(part) ? part.slice(1).join('\n') : ''))
    .join('');
}
