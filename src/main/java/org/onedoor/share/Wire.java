package org.onedoor.share;

import static org.onedoor.people.Refused.Code.NOT_SIGNED_IN;
import static org.onedoor.people.Refused.Code.TOO_FAST;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.onedoor.log.Hub;
import org.onedoor.log.ReadOnlyStream;
import org.onedoor.log.Unavailable;
import org.onedoor.people.Refused;
import org.onedoor.people.Secret;
import org.onedoor.people.Tokens;
import org.onedoor.people.Words;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Between HTTP and {@link Api}: who calls, what they sent, and refusals as problems. */
@Configuration
class Wire implements WebMvcConfigurer {
  /** Above what any screen or script needs; CONTRACTS promises at least 100. */
  private static final int PER_SECOND = 300;

  private final Hub hub;
  private final Tokens tokens;
  private final Map<String, Long> written = Caller.remembered();
  private final Cache<String, AtomicInteger> pace =
      Caffeine.newBuilder().expireAfterWrite(Duration.ofSeconds(1)).maximumSize(10_000).build();

  Wire(Hub hub, Tokens tokens) {
    this.hub = hub;
    this.tokens = tokens;
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(new Resolver());
  }

  private final class Resolver implements HandlerMethodArgumentResolver {
    @Override
    public boolean supportsParameter(MethodParameter parameter) {
      return parameter.getParameterType() == Caller.class
          || parameter.getParameterType() == Body.class;
    }

    @Override
    public Object resolveArgument(
        MethodParameter parameter,
        @Nullable ModelAndViewContainer container,
        NativeWebRequest web,
        @Nullable WebDataBinderFactory binder) {
      var request = (HttpServletRequest) web.getNativeRequest();
      return parameter.getParameterType() == Body.class ? Body.of(request) : caller(request);
    }
  }

  private Caller caller(HttpServletRequest request) {
    var authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (authorization == null || !authorization.startsWith("Bearer "))
      throw new Refused(NOT_SIGNED_IN, "share.token");
    var token = authorization.substring("Bearer ".length()).strip();
    var who = tokens.who(token).orElseThrow(() -> new Refused(NOT_SIGNED_IN, "share.token"));
    if (pace.get(Secret.hash(token), _ -> new AtomicInteger()).incrementAndGet() > PER_SECOND)
      throw new Refused(TOO_FAST, "share.tooFast");
    return new Caller(
        who,
        Words.locale(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE)),
        request.getMethod().equals("POST") ? request.getHeader("Idempotency-Key") : null,
        request.getMethod() + " " + request.getRequestURI(),
        hub,
        written);
  }

  /** Refusals as RFC 9457 problems in the caller's language; anything else is a bug of ours. */
  @RestControllerAdvice(basePackages = "org.onedoor.share")
  static class Problems {
    @ExceptionHandler
    ResponseEntity<Map<String, Object>> refused(Refused e, HttpServletRequest request) {
      var more = new LinkedHashMap<>(e.more());
      var field = e.field();
      if (field != null) more.put("field", field);
      return problem(e.code(), e.say(locale(request)), more);
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> unavailable(Unavailable e, HttpServletRequest request) {
      return problem(
          Refused.Code.UNAVAILABLE, Words.say(locale(request), "people.unavailable"), Map.of());
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> readOnly(ReadOnlyStream e, HttpServletRequest request) {
      return problem(Refused.Code.NOT_NOW, Words.say(locale(request), "share.newer"), Map.of());
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> bug(Exception e, HttpServletRequest request) {
      var reference = Secret.random(6).toUpperCase(Locale.ROOT);
      System.getLogger("onedoor.api").log(System.Logger.Level.ERROR, "reference " + reference, e);
      return ResponseEntity.status(HttpStatus.INTERNAL_SERVER_ERROR)
          .contentType(MediaType.APPLICATION_PROBLEM_JSON)
          .body(
              Map.of(
                  "status",
                  500,
                  "title",
                  "BUG",
                  "code",
                  "BUG",
                  "detail",
                  Words.say(locale(request), "people.bug", reference)));
    }

    private static Locale locale(HttpServletRequest request) {
      return Words.locale(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
    }

    private static ResponseEntity<Map<String, Object>> problem(
        Refused.Code code, String detail, Map<String, Object> more) {
      var problem = new LinkedHashMap<String, Object>();
      problem.put("type", "about:blank");
      problem.put("status", code.status);
      problem.put("title", code.name());
      problem.put("code", code.name());
      problem.put("detail", detail);
      problem.putAll(more);
      return ResponseEntity.status(code.status)
          .contentType(MediaType.APPLICATION_PROBLEM_JSON)
          .body(problem);
    }
  }
}
