/**
 * The page comes back by itself after the server did, but never under somebody's fingers: Vaadin's own
 * notice of a lost session (hidden by our style sheet) only starts the wait for a pause. What was typed
 * into fields since then, which the new server has never heard of, is put back after the reload.
 */
const PAUSE = 600;
const FIELDS = 'vaadin-text-field, vaadin-text-area';

interface Waiting {
  onedoorBusy?: () => boolean;
}

let lastKey = 0;
let composing = false;
let started = false;

addEventListener('keydown', () => (lastKey = performance.now()), true);
addEventListener('compositionstart', () => (composing = true), true);
addEventListener('compositionend', () => (composing = false), true);

const here = () => location.pathname + location.search;

function remember(): void {
  const editor = document.querySelector('note-editor') as { caret?: () => number } | null;
  const at = editor?.caret?.() ?? -1;
  if (at >= 0) sessionStorage.setItem('caret:' + location.pathname, String(at));
  const typed: Record<string, string> = {};
  for (const field of document.querySelectorAll<HTMLInputElement>(FIELDS))
    if (field.id && field.value) typed[field.id] = field.value;
  const focus = document.activeElement?.closest(FIELDS)?.id ?? '';
  sessionStorage.setItem('typed:' + here(), JSON.stringify({ typed, focus }));
}

/** Puts typed words back into their fields as those appear, as if they were typed now. */
function putBack(): void {
  const kept = sessionStorage.getItem('typed:' + here());
  if (!kept) return;
  sessionStorage.removeItem('typed:' + here());
  const { typed, focus } = JSON.parse(kept) as { typed: Record<string, string>; focus: string };
  const left = new Set(Object.keys(typed));
  const until = performance.now() + 10_000;
  const look = () => {
    for (const id of left) {
      const field = document.getElementById(id) as HTMLInputElement | null;
      if (!field?.matches(FIELDS)) continue;
      left.delete(id);
      if (field.value !== typed[id]) {
        field.value = typed[id]!;
        field.dispatchEvent(new Event('change', { bubbles: true }));
      }
      if (id === focus) field.focus();
    }
    if (left.size && performance.now() < until) setTimeout(look, 50);
  };
  look();
}

function wait(): void {
  const quiet = performance.now() - lastKey > PAUSE && !composing && !(window as Waiting).onedoorBusy?.();
  if (!quiet) return void setTimeout(wait, 100);
  remember();
  location.reload();
}

new MutationObserver(() => {
  if (started || !document.querySelector('body > .v-system-error')) return;
  started = true;
  wait();
}).observe(document.body, { childList: true });
putBack();
