import type { Light } from './screen.ts';

/** Milliseconds of waiting after which the light says so. */
export const PATIENCE = 600;

/** What a session is like, as its light has to tell. */
interface Standing {
  /** Something is not stored. */
  pending: boolean;
  /** And cannot be. */
  aside: boolean;
  loaded: boolean;
  /** The browser keeps what is not stored. */
  kept: boolean;
  words(): number;
}

/** Which light is on, and since when. */
export class Lamp {
  private savedAt: number | null = null;
  private offlineSince: number | null = null;
  private waitingSince: number | null = null;
  private back = 0;

  /** Something waits from now on, if nothing did. */
  waits(now: number): void {
    this.waitingSince ??= now;
  }

  /** What waits now waits from now on. */
  waitsAnew(now: number): void {
    this.waitingSince = now;
  }

  saved(at: number): void {
    this.savedAt = at;
  }

  offline(now: number): void {
    this.offlineSince ??= now;
  }

  /** @param words how many were typed while the line was gone */
  online(words: () => number): void {
    if (this.offlineSince !== null) this.back = words();
    this.offlineSince = null;
  }

  /** The light as it has to be now; null: as it is. */
  light(now: number, s: Standing): Light | null {
    if (!s.pending) {
      this.waitingSince = null;
      this.back = 0;
    }
    if (s.pending && s.aside) return { is: 'kept' };
    if (this.offlineSince !== null) {
      const minutes = Math.floor((now - this.offlineSince) / 60_000);
      return { is: 'offline', minutes, words: s.words(), stored: s.kept };
    }
    if (s.pending) {
      const late = this.back > 0 || now - (this.waitingSince ?? now) >= PATIENCE;
      return late ? { is: 'sending', back: this.back } : null;
    }
    return s.loaded ? { is: 'saved', at: this.savedAt } : null;
  }
}
