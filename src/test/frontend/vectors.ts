// Writes change sets made by the real npm package, for the Java twin to be held against:
// node vectors.ts FILE SEED COUNT
import { writeFileSync } from 'node:fs';
import { ChangeSet, Text } from '@codemirror/state';

const [, , file, seed, count] = process.argv;
let state = Number(seed) >>> 0;

/** A seeded random number from 0 to n - 1 (mulberry32). */
export function below(n: number): number {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = state;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) % n;
}

const PIECES = ['a', 'bc', ' ', '\n', '工', '资', '宿舍', '🙂', '𠮷', 'é', '\n\n', 'x\ny', '👨‍👩‍👧'];

function words(most: number): string {
  let text = '';
  for (let n = below(most + 1); n > 0; n--) text += PIECES[below(PIECES.length)];
  return text;
}

/** A place that is not inside a character. */
function place(text: string): number {
  const at = below(text.length + 1);
  const inside = at > 0 && at < text.length && /[\ud800-\udbff]/.test(text[at - 1]!);
  return inside ? at - 1 : at;
}

function change(text: string): ChangeSet {
  const parts = [];
  for (let n = 1 + below(3); n > 0; n--) {
    const a = place(text);
    const b = below(3) === 0 ? a : place(text);
    parts.push({ from: Math.min(a, b), to: Math.max(a, b), insert: below(3) === 0 ? '' : words(3) });
  }
  // several parts at once may overlap: one after the other, composed, they never do
  let all = ChangeSet.empty(text.length);
  for (const part of parts) {
    const moved = { from: all.mapPos(part.from, -1), to: all.mapPos(part.to, 1), insert: part.insert };
    all = all.compose(ChangeSet.of(moved, all.newLength));
  }
  return all;
}

const apply = (text: string, change: ChangeSet) => change.apply(Text.of(text.split('\n'))).toString();

const lines: string[] = [];
for (let n = 0; n < Number(count); n++) {
  const doc = words(10);
  const a = change(doc);
  const b = change(doc);
  const after = apply(doc, a);
  const c = change(after);
  lines.push(
    JSON.stringify({
      doc,
      a: a.toJSON(),
      b: b.toJSON(),
      c: c.toJSON(),
      after,
      first: a.map(b, true).toJSON(),
      second: a.map(b, false).toJSON(),
      composed: a.compose(c).toJSON(),
      both: apply(apply(doc, b), a.map(b)),
    }),
  );
}
writeFileSync(file!, lines.join('\n') + '\n');
