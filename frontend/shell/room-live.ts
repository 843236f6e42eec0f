/**
 * Keeps a page's place in a room: presence hangs on this socket, not on the screen, because a browser
 * that dies leaves its screen behind for minutes. Shows a strip when the line is gone.
 */
class RoomLive extends HTMLElement {
  private socket?: WebSocket;
  private wait = 300;

  connectedCallback(): void {
    this.open();
  }

  disconnectedCallback(): void {
    const socket = this.socket;
    this.socket = undefined;
    socket?.close();
  }

  private open(): void {
    if (!this.isConnected) return;
    const url = new URL('ws/live', document.baseURI);
    url.protocol = url.protocol.replace('http', 'ws');
    url.searchParams.set('case', this.getAttribute('case') ?? '');
    const socket = new WebSocket(url);
    this.socket = socket;
    socket.onopen = () => {
      this.wait = 300;
      this.removeAttribute('offline');
    };
    socket.onclose = (e) => {
      if (socket !== this.socket) return;
      this.setAttribute('offline', '');
      if (e.code >= 4400 && e.code <= 4412) return;
      setTimeout(() => this.open(), this.wait * (0.5 + Math.random() / 2));
      this.wait = Math.min(5_000, this.wait * 1.6);
    };
  }
}

customElements.define('room-live', RoomLive);
