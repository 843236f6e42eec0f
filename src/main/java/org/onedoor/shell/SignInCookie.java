package org.onedoor.shell;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.SignIns;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/**
 * The sign-in as a cookie of its own, so that nobody signs in again when the server died. An old or
 * planted cookie ends when somebody signs in over it.
 */
@Component
final class SignInCookie implements SecurityContextRepository {
  /** How browsers call themselves, the more particular first: most claim to be others as well. */
  private static final SequencedMap<String, String> PROGRAMS = new LinkedHashMap<>();

  static {
    PROGRAMS.put("Edg", "Edge");
    PROGRAMS.put("Firefox", "Firefox");
    PROGRAMS.put("Chrom", "Chrome");
    PROGRAMS.put("Safari", "Safari");
  }

  private static final List<String> SYSTEMS =
      List.of("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux");

  private final SignIns signIns;
  private final People people;

  SignInCookie(SignIns signIns, People people) {
    this.signIns = signIns;
    this.people = people;
  }

  @Override
  public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
    return new Loaded(request);
  }

  @Override
  @Deprecated
  public SecurityContext loadContext(HttpRequestResponseHolder holder) {
    return context(holder.getRequest());
  }

  @Override
  public boolean containsContext(HttpServletRequest request) {
    return secret(request).flatMap(signIns::who).isPresent();
  }

  @Override
  public void saveContext(
      SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
    var who = context.getAuthentication();
    secret(request).ifPresent(signIns::end);
    if (who != null && who.isAuthenticated())
      set(request, response, signIns.start(who.getName(), from(request)), SignIns.LASTS);
    else if (secret(request).isPresent()) set(request, response, "", Duration.ZERO);
  }

  private SecurityContext context(HttpServletRequest request) {
    var context = new SecurityContextImpl();
    who(request.getCookies()).ifPresent(o -> context.setAuthentication(authenticated(o)));
    return context;
  }

  /** An officer as Spring Security knows people. */
  static UsernamePasswordAuthenticationToken authenticated(Officer officer) {
    return UsernamePasswordAuthenticationToken.authenticated(
        officer.id(),
        null,
        officer.roles().stream().map(r -> new SimpleGrantedAuthority("ROLE_" + r.name())).toList());
  }

  private static Optional<String> secret(HttpServletRequest request) {
    return SignIns.secret(request.getCookies());
  }

  /** Whoever brings these cookies, as they are now. */
  Optional<Officer> who(Cookie @Nullable [] cookies) {
    return SignIns.secret(cookies).flatMap(signIns::who).flatMap(people::active);
  }

  private static void set(
      HttpServletRequest request, HttpServletResponse response, String value, Duration lasts) {
    response.addHeader(
        HttpHeaders.SET_COOKIE,
        ResponseCookie.from(SignIns.COOKIE, value)
            .path("/")
            .httpOnly(true)
            .sameSite("Lax")
            .secure(request.isSecure())
            .maxAge(lasts)
            .build()
            .toString());
  }

  /** With what and from where somebody comes, as its owner will recognise it. */
  private static String from(HttpServletRequest request) {
    var agent = Objects.requireNonNullElse(request.getHeader(HttpHeaders.USER_AGENT), "");
    var with = PROGRAMS.keySet().stream().filter(agent::contains).findFirst().map(PROGRAMS::get);
    var on = SYSTEMS.stream().filter(agent::contains).findFirst();
    return Stream.of(with, on, Optional.of(request.getRemoteAddr()))
        .flatMap(Optional::stream)
        .collect(Collectors.joining(", "));
  }

  /** Looked up when first asked for, once per request. */
  private final class Loaded implements DeferredSecurityContext {
    private final HttpServletRequest request;
    private @Nullable SecurityContext context;

    Loaded(HttpServletRequest request) {
      this.request = request;
    }

    @Override
    public SecurityContext get() {
      var known = context;
      if (known == null) {
        known = context(request);
        context = known;
      }
      return known;
    }

    @Override
    public boolean isGenerated() {
      return get().getAuthentication() == null;
    }
  }
}
