import type { World } from './session.ts';

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
      // a copied tab has its twin's storage and so its id; only the twin can tell
      const channel = new BroadcastChannel('onedoor-note-clients');
      let mine = true;
      channel.onmessage = (e) => {
        if (e.data.client !== client) return;
        if (e.data.asks && mine && decided) channel.postMessage({ client, asks: false });
        else if (!e.data.asks) mine = false;
      };
      let decided = false;
      channel.postMessage({ client, asks: true });
      const timer = setTimeout(() => {
        decided = true;
        free(mine);
      }, CLAIM);
      return () => {
        clearTimeout(timer);
        channel.close();
      };
    },
    store: localStorage,
    tab: sessionStorage,
    now: () => Date.now(),
    later: (ms, call) => {
      const timer = setTimeout(call, ms);
      return () => clearTimeout(timer);
    },
    random: Math.random,
  };
}
