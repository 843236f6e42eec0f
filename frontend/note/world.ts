import type { World } from './session.ts';

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
