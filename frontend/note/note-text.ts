import { collab, getSyncedVersion, receiveUpdates, sendableUpdates } from '@codemirror/collab';
import { ChangeSet, EditorState, StateEffect, Transaction, type Extension } from '@codemirror/state';
import { crc32c } from './crc32c.ts';
import { rebase } from './rebase.ts';
import type { Screen } from './screen.ts';
import { inserted, type Unsent } from './unsent.ts';

/** An update as it is pushed. */
interface Pushed {
  c: unknown;
  i: string;
}

/** An update as the server shows it. */
export interface Shown extends Pushed {
  by: string;
  at: string;
}

/** What one push may hold, from the public contract. */
const MOST_UPDATES = 100;
const MOST_UNITS = 300_000;

/** Makes an update of its own even of what rebased to nothing, so that the numbers stay. */
const hold = StateEffect.define<null>();

/**
 * The text of a note on a screen, and what of it is not stored yet: updates of ours, numbered from
 * `acked` on.
 *
 * Easy to get wrong: others' updates are taken in one at a time, or texts part once something is
 * deleted.
 */
export class NoteText {
  /** Whether the screen shows this note; before and after, nothing here is said or kept of it. */
  loaded = false;
  /** Updates of ours that are stored. */
  acked = 0;
  private readonly screen: Screen;
  private readonly extensions: Extension;

  constructor(screen: Screen, extensions: Extension) {
    this.screen = screen;
    this.extensions = extensions;
  }

  get version(): number {
    return getSyncedVersion(this.screen.current());
  }

  words(): string {
    return this.screen.current().doc.toString();
  }

  /** Whether something is not stored yet: asked at every update, so nothing is written out for it. */
  waits(): boolean {
    return this.loaded && sendableUpdates(this.screen.current()).length > 0;
  }

  pending(): unknown[] {
    return this.loaded ? sendableUpdates(this.screen.current()).map((u) => u.changes.toJSON()) : [];
  }

  /** What is not stored, as a browser keeps it. */
  unsent(): Unsent {
    return { base: this.version, first: this.acked, changes: this.pending() };
  }

  /** Shows the server's text instead of what stood here. */
  begin(said: any, client: string): void {
    const version = {
      startVersion: said.v,
      clientID: client,
      sharedEffects: (tr: Transaction) => tr.effects.filter((e) => e.is(hold)),
    };
    const state = EditorState.create({ doc: said.doc, extensions: [this.extensions, collab(version)] });
    this.acked = said.next;
    this.screen.reset(state, said.authors ?? [], said.writers ?? []);
    this.loaded = true;
  }

  /** Puts what is unsent on top of it. */
  replay(mine: ChangeSet[]): void {
    for (const changes of mine) {
      const annotations = Transaction.remote.of(true);
      const effects = hold.of(null);
      this.screen.apply(this.screen.current().update({ changes, effects, annotations, filter: false }), null);
    }
  }

  /** An update that is stored, ours or another's. */
  receive(update: Shown): ChangeSet {
    const changes = ChangeSet.fromJSON(update.c);
    this.screen.apply(receiveUpdates(this.screen.current(), [{ changes, clientID: update.i }]), update.by);
    return changes;
  }

  /** As much of what is unsent as goes into one push. */
  batch(client: string): Pushed[] {
    const updates: Pushed[] = [];
    let units = 0;
    for (const update of sendableUpdates(this.screen.current()).slice(0, MOST_UPDATES)) {
      const c = update.changes.toJSON();
      units += inserted([c]).length;
      if (updates.length && units > MOST_UNITS) break;
      updates.push({ c, i: client });
    }
    return updates;
  }

  /** Whether another text stands here than on the server. */
  differs(version: number, sum: number | undefined): boolean {
    if (sum === undefined || version !== this.version || this.waits()) return false;
    return crc32c(this.words()) !== sum;
  }
}

/** What is unsent as it has to be now; null when it does not fit any more. */
export function moved(waits: unknown[], past: Shown[], client: string): ChangeSet[] | null {
  try {
    const others = past.map((u) => ({ c: ChangeSet.fromJSON(u.c), i: u.i }));
    const mine = waits.map((c) => ChangeSet.fromJSON(c));
    return rebase(mine, client, others);
  } catch {
    return null;
  }
}
