package org.onedoor.note;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.SignIns;
import org.onedoor.people.Tokens;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;
import org.springframework.web.util.WebUtils;

/**
 * Lets a socket in: from our own pages only, or for a program with a token, of which no page is
 * asked (and whose cookies count for nothing). Everything else is refused after it, by a close
 * code, because a browser cannot read a refused handshake.
 */
@Component
public final class Handshake extends DefaultHandshakeHandler implements HandshakeInterceptor {
  private final People people;
  private final Tokens tokens;
  private final SignIns signIns;

  Handshake(People people, Tokens tokens, SignIns signIns) {
    this.people = people;
    this.tokens = tokens;
    this.signIns = signIns;
  }

  @Override
  public boolean beforeHandshake(
      ServerHttpRequest request,
      ServerHttpResponse response,
      WebSocketHandler handler,
      Map<String, Object> attributes) {
    if (request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION) != null
        || WebUtils.isSameOrigin(request)) return true;
    response.setStatusCode(HttpStatus.FORBIDDEN);
    return false;
  }

  @Override
  public void afterHandshake(
      ServerHttpRequest request,
      ServerHttpResponse response,
      WebSocketHandler handler,
      @Nullable Exception e) {}

  /** No permessage-deflate: it costs several times the latency of a short message. */
  @Override
  protected List<WebSocketExtension> filterRequestedExtensions(
      ServerHttpRequest request,
      List<WebSocketExtension> requested,
      List<WebSocketExtension> supported) {
    return List.of();
  }

  /** Whether the token or sign-in with which a socket came still holds. */
  public boolean holds(WebSocketSession session) {
    var headers = session.getHandshakeHeaders();
    var authorization = headers.getFirst(HttpHeaders.AUTHORIZATION);
    if (authorization != null) return Tokens.bearer(authorization).flatMap(tokens::who).isPresent();
    return headers.getOrEmpty(HttpHeaders.COOKIE).stream()
        .flatMap(all -> Stream.of(all.split(";")))
        .map(String::strip)
        .filter(one -> one.startsWith(SignIns.COOKIE + "="))
        .anyMatch(one ->
            signIns
                .who(one.substring(SignIns.COOKIE.length() + 1))
                .flatMap(people::active)
                .isPresent());
  }

  /** Who is at the other end. */
  public Optional<Officer> who(WebSocketSession session) {
    var authorization = session.getHandshakeHeaders().getFirst(HttpHeaders.AUTHORIZATION);
    if (authorization != null) return Tokens.bearer(authorization).flatMap(tokens::who);
    var principal = session.getPrincipal();
    return principal == null ? Optional.empty() : people.active(principal.getName());
  }
}
