/**
 * A page whose line to the server is cut says so, and since when: what stands there is what was known then.
 * A room says it by itself, because it knows more (who was here).
 *
 * Easy to get wrong: Vaadin's own state of the connection hears of a dead server only with the next click;
 * the line it pushes on hears at once.
 */
const GRACE = 1_000; // a hiccup is not worth a word

interface Push {
  vaadinPush?: { atmosphere?: { addCallback(heard: (said: { state: string }) => void): void } };
}

let pushing = true;
let since: Date | undefined;
let timer = 0;

function say(): void {
  const line = document.getElementById('line');
  if (!line) return;
  const clock = since?.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hour12: false });
  line.textContent = clock ? (line.getAttribute('data-cut') ?? '').replace('{0}', clock) : '';
}

function look(): void {
  const cut = !pushing || !navigator.onLine;
  if (cut === (since !== undefined)) return;
  clearTimeout(timer);
  since = cut ? new Date() : undefined;
  timer = window.setTimeout(say, cut ? GRACE : 0);
}

/** Vaadin brings its push line a moment after the page's own modules. */
function listen(): void {
  const line = (window as Push).vaadinPush?.atmosphere;
  if (!line) return void setTimeout(listen, 100);
  line.addCallback(({ state }) => {
    if (['closed', 'error', 're-connecting'].includes(state)) pushing = false;
    else if (['opening', 're-opening', 'messageReceived'].includes(state)) pushing = true;
    look();
  });
}

addEventListener('offline', look);
addEventListener('online', look);
listen();

export {};
