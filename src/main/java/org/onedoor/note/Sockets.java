package org.onedoor.note;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;

/** Where notes are typed. */
@Configuration
@EnableWebSocket
class Sockets implements WebSocketConfigurer {
  private final NoteSocket notes;
  private final Handshake handshake;

  Sockets(NoteSocket notes, Handshake handshake) {
    this.notes = notes;
    this.handshake = handshake;
  }

  @Override
  public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
    registry
        .addHandler(notes, "/ws/notes/{id}")
        .setHandshakeHandler(handshake)
        .addInterceptors(handshake)
        .setAllowedOriginPatterns("*"); // the handshake asks for the origin itself
  }
}
