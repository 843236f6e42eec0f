import { ChangeSet } from '@codemirror/state';

/**
 * Moves unsent changes over what was stored since their base, exactly as the server would: one at a
 * time, because over a composed batch another text comes out once something is deleted.
 *
 * @param changes made for the base, one after the other
 * @param past what was stored since the base, in order; the client's own among it are the first of `changes`
 * @returns those of them that are not stored yet, as they have to be now
 */
export function rebase(
  changes: readonly ChangeSet[],
  client: string,
  past: readonly { c: ChangeSet; i: string }[],
): ChangeSet[] {
  const others: ChangeSet[] = [];
  let known = 0;
  const over = (change: ChangeSet): ChangeSet => {
    for (let n = 0; n < others.length; n++) {
      const other = others[n]!;
      others[n] = other.map(change, true);
      change = change.map(other);
    }
    return change;
  };
  for (const stored of past) {
    if (stored.i === client && known < changes.length) over(changes[known++]!);
    else others.push(stored.c);
  }
  return changes.slice(known).map(over);
}
