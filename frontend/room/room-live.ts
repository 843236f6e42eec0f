/**
 * Keeps a page's place in a room: presence hangs on this socket, not on the screen, because a browser
 * that dies leaves its screen behind for minutes. While the line is gone the page says so, and that who
 * stands there is who was there then.
 */
class RoomLive extends HTMLElement {
  private socket?: WebSocket;
  private timer = 0;
  private wait = 300;
  private since?: Date;

  connectedCallback(): void {
    this.open();
  }

  disconnectedCallback(): void {
    clearTimeout(this.timer);
    const socket = this.socket;
    this.socket = undefined;
    socket?.close();
    this.online();
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
      this.online();
    };
    socket.onclose = (e) => {
      if (socket !== this.socket) return;
      this.offline();
      if (e.code >= 4400 && e.code <= 4412) return;
      this.timer = window.setTimeout(() => this.open(), this.wait * (0.5 + Math.random() / 2));
      this.wait = Math.min(5_000, this.wait * 1.6);
    };
  }

  private online(): void {
    this.since = undefined;
    document.body.removeAttribute('offline');
    this.count('now');
  }

  private offline(): void {
    this.since ??= new Date();
    document.body.setAttribute('offline', '');
    this.count('then');
  }

  /** Who is here, or was when the line went; the text node itself stays the server's. */
  private count(when: 'now' | 'then'): void {
    const text = document.getElementById('here')?.firstChild;
    const said = text?.parentElement?.getAttribute('data-' + when);
    const clock = this.since?.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hour12: false });
    if (text && said) text.nodeValue = said.replace('{0}', clock ?? '');
  }
}

customElements.define('room-live', RoomLive);
