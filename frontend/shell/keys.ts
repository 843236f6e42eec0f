/**
 * Single keys for who works a list off: J and K move, Enter opens, and each thing that has a key of its own
 * says so in aria-keyshortcuts. A key that nothing on the page has is told to the frame around it.
 *
 * Easy to get wrong: letters belong to whoever types, to an open question and to a menu; and speech input and
 * some screen readers need them for themselves, so that they can be switched off (a cookie).
 */
const WRITTEN = 'input, textarea, select, [contenteditable]';
const OPEN =
  'vaadin-dialog[opened], vaadin-context-menu[opened], vaadin-select[opened], vaadin-combo-box[opened], vaadin-date-picker[opened]';

/** Lists that are no grids: what one moves through. */
const PLACES = 'main .hit .ht, main .rows a';

const off = () => /(?:^|; )onedoor-keys=off/.test(document.cookie);

function silent(e: KeyboardEvent): boolean {
  const at = e.composedPath()[0];
  return (
    e.defaultPrevented ||
    e.isComposing ||
    e.ctrlKey ||
    e.metaKey ||
    e.altKey ||
    (at instanceof HTMLElement && at.closest(WRITTEN) !== null) ||
    document.querySelector(OPEN) !== null
  );
}

/** The cell or row of a grid's body in which the focus is. */
function cell(grid: HTMLElement): HTMLElement | null {
  const at = grid.shadowRoot?.activeElement;
  return at instanceof HTMLElement && at.closest('#items') ? at : null;
}

/** To the next row, over the head of a group of them. */
function moveIn(grid: HTMLElement, down: boolean): void {
  const from = cell(grid);
  const key = down ? 'ArrowDown' : 'ArrowUp';
  if (from) from.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
  else grid.shadowRoot?.querySelector<HTMLElement>('#items [tabindex="0"]')?.focus();
  const to = cell(grid);
  if (to?.part.contains('group')) moveIn(grid, down || from === null || to === from); // above the first there is none
}

function move(down: boolean): void {
  const grid = [...document.querySelectorAll<HTMLElement>('main vaadin-grid')].find((g) => g.checkVisibility());
  if (grid) {
    moveIn(grid, down);
    return;
  }
  const places = [...document.querySelectorAll<HTMLElement>(PLACES)].filter((p) => p.checkVisibility());
  const from = places.indexOf(document.activeElement as HTMLElement);
  const to = from < 0 ? 0 : Math.min(Math.max(from + (down ? 1 : -1), 0), places.length - 1);
  places[to]?.focus();
}

/** Enter in a row opens it: a grid itself would only go into the cell. */
function open(e: KeyboardEvent): boolean {
  const grid = e.composedPath().find((p) => p instanceof HTMLElement && p.localName === 'vaadin-grid') as HTMLElement;
  const row = grid && !grid.hasAttribute('interacting') && cell(grid)?.closest('tr');
  if (!row) return false;
  const link = [...row.querySelectorAll('slot')]
    .flatMap((slot) => slot.assignedElements())
    .map((content) => content.querySelector('a'))
    .find((a) => a !== null);
  link?.click();
  return link !== undefined;
}

/** Presses what has this key, or goes to it if it is a field; what the page has comes before the frame. */
function press(key: string): boolean {
  const all = [...document.querySelectorAll<HTMLElement>(`[aria-keyshortcuts~="${CSS.escape(key)}"]`)];
  const seen = all.filter((t) => t.checkVisibility());
  const thing = seen.find((t) => t.closest('main')) ?? seen[0];
  if (thing?.matches('a, button')) thing.click();
  else thing?.focus();
  return thing !== undefined;
}

function act(e: KeyboardEvent): boolean {
  const key = e.key.toUpperCase();
  if (key === 'ENTER') return open(e);
  if (off()) return false;
  if (key === 'J' || key === 'K') {
    move(key === 'J');
    return true;
  }
  if (!['/', '?', 'C'].includes(key)) return false;
  if (!press(key)) document.querySelector('.app')?.dispatchEvent(new CustomEvent('key', { detail: key }));
  return true;
}

// before the grid, which would go into the cell on Enter
addEventListener(
  'keydown',
  (e) => {
    if (silent(e) || !act(e)) return;
    e.preventDefault();
    e.stopPropagation();
  },
  true,
);

export {};
