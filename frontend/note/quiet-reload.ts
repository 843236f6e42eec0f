/**
 * The page comes back by itself after the server did, but never under somebody's fingers: Vaadin's own
 * notice of a lost session (hidden by our style sheet) only starts the wait for a pause.
 */
const PAUSE = 600;
const MOST_WITHOUT_EDITOR = 2_000;

interface Waiting {
  onedoorBusy?: () => boolean;
}

let lastKey = 0;
let composing = false;
let started = 0;

addEventListener('keydown', () => (lastKey = Date.now()), true);
addEventListener('compositionstart', () => (composing = true), true);
addEventListener('compositionend', () => (composing = false), true);

function caret(): void {
  const editor = document.querySelector('note-editor') as { caret?: () => number } | null;
  const at = editor?.caret?.() ?? -1;
  if (at >= 0) sessionStorage.setItem('caret:' + location.pathname, String(at));
}

function wait(): void {
  const editor = document.querySelector('note-editor');
  const quiet = Date.now() - lastKey > PAUSE && !composing && !(window as Waiting).onedoorBusy?.();
  if (quiet || (!editor && Date.now() - started > MOST_WITHOUT_EDITOR)) {
    caret();
    location.reload();
    return;
  }
  setTimeout(wait, 100);
}

export function reloadWhenQuiet(): void {
  if (started) return;
  started = Date.now();
  wait();
}

new MutationObserver(() => {
  if (document.querySelector('body > .v-system-error')) reloadWhenQuiet();
}).observe(document.body, { childList: true });

const light = document.cookie.match(/(?:^|; )onedoor-light=(\w+)/)?.[1];
if (light === 'DARK' || light === 'LIGHT') document.documentElement.setAttribute('theme', light.toLowerCase());
