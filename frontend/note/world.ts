import type { World } from './screen.ts';
import type { Store } from './unsent.ts';

/** Milliseconds a twin has to answer. */
const CLAIM = 80;

/** The browser as a session sees it. */
export function browserWorld(): World {
  return {
    connect(path, on) {
      const url = new URL(path, document.baseURI);
      url.protocol = url.protocol.replace('http', 'ws');
      const socket = new WebSocket(url);
      socket.onmessage = (e) => on.message(e.data);
      socket.onclose = (e) => on.closed(e.code);
      return {
        send: (text) => {
          if (socket.readyState === WebSocket.OPEN) socket.send(text);
        },
        close: () => socket.close(),
      };
    },
    claim(client, free) {
      // a tab that died and one that lives look the same in the store; only the living one answers
      const channel = new BroadcastChannel('onedoor-note-clients');
      let mine = true;
      channel.onmessage = (e) => {
        if (e.data.client !== client) return;
        if (e.data.asks && mine) channel.postMessage({ client, asks: false });
        else if (!e.data.asks) mine = false;
      };
      channel.postMessage({ client, asks: true });
      const timer = setTimeout(() => free(mine), CLAIM);
      return () => {
        clearTimeout(timer);
        channel.close();
      };
    },
    leaving(call) {
      addEventListener('pagehide', call);
      return () => removeEventListener('pagehide', call);
    },
    store: storage(() => localStorage),
    tab: storage(() => sessionStorage),
    now: () => performance.now(),
    later: (ms, call) => {
      const timer = setTimeout(call, ms);
      return () => clearTimeout(timer);
    },
    random: Math.random,
  };
}

/** A browser may have its stores switched off; then asking for one throws. */
function storage(store: () => Store): Store {
  try {
    return store();
  } catch {
    const none = () => {
      throw new Error('this browser keeps nothing');
    };
    return { getItem: () => null, setItem: none, removeItem: () => {}, key: () => null, length: 0 };
  }
}
