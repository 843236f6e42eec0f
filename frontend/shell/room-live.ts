/**
 * Keeps a page's place in a room: presence hangs on this socket, not on the screen, because a browser
 * that dies leaves its screen behind for minutes. While the line is gone the page says so.
 */
class RoomLive extends HTMLElement {
  private socket?: WebSocket;
  private timer = 0;
  private wait = 300;

  connectedCallback(): void {
    this.open();
  }

  disconnectedCallback(): void {
    clearTimeout(this.timer);
    const socket = this.socket;
    this.socket = undefined;
    socket?.close();
    document.body.removeAttribute('offline');
  }

  private open(): void {
    clearTimeout(this.timer);
    if (!this.isConnected) return;
    const url = new URL('ws/live', document.baseURI);
    url.protocol = url.protocol.replace('http', 'ws');
    url.searchParams.set('case', this.getAttribute('case') ?? '');
    const socket = new WebSocket(url);
    this.socket = socket;
    socket.onopen = () => {
      this.wait = 300;
      document.body.removeAttribute('offline');
    };
    socket.onclose = (e) => {
      if (socket !== this.socket) return;
      document.body.setAttribute('offline', '');
      if (e.code >= 4400 && e.code <= 4412) return;
      this.timer = window.setTimeout(() => this.open(), this.wait * (0.5 + Math.random() / 2));
      this.wait = Math.min(5_000, this.wait * 1.6);
    };
  }
}

customElements.define('room-live', RoomLive);
