import { Transaction, type TransactionSpec } from '@codemirror/state';

/** Puts the edges of what is typed between characters: an input method may replace half of one. */
export function wholeCharacters(tr: Transaction): TransactionSpec | readonly TransactionSpec[] {
  if (!tr.docChanged || tr.annotation(Transaction.remote)) return tr;
  const doc = tr.startState.doc;
  const inside = (at: number) =>
    at > 0 && at < doc.length && /[\ud800-\udbff]/.test(doc.sliceString(at - 1, at)) && /[\udc00-\udfff]/.test(doc.sliceString(at, at + 1));
  let cut = false;
  const changes: { from: number; to: number; insert: string }[] = [];
  tr.changes.iterChanges((from, to, _fb, _tb, text) => {
    const before = inside(from) ? doc.sliceString(from - 1, from) : '';
    const after = inside(to) ? doc.sliceString(to, to + 1) : '';
    cut ||= before !== '' || after !== '';
    changes.push({ from: from - before.length, to: to + after.length, insert: before + text.toString() + after });
  });
  return cut ? { changes, selection: tr.selection, userEvent: tr.annotation(Transaction.userEvent) } : tr;
}
