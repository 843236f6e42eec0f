package org.onedoor.share;

import static org.onedoor.people.Refused.Code.BAD_INPUT;
import static org.onedoor.people.Refused.Code.NOT_FOUND;
import static org.onedoor.people.Refused.Code.NOT_NOW;
import static org.onedoor.people.Refused.Code.NOT_SIGNED_IN;
import static org.onedoor.people.Refused.Code.TOO_FAST;
import static org.onedoor.people.Refused.Code.TOO_LARGE;
import static org.onedoor.people.Refused.Code.UNAVAILABLE;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.onedoor.log.Conflict;
import org.onedoor.log.Hub;
import org.onedoor.log.ReadOnlyStream;
import org.onedoor.log.Unavailable;
import org.onedoor.people.Bug;
import org.onedoor.people.Refused;
import org.onedoor.people.Tokens;
import org.onedoor.people.Words;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Between HTTP and the calls of the contract: who calls, what they sent, and refusals as problems.
 */
@Configuration
class Wire implements WebMvcConfigurer {
  /** Above what any screen or script needs; the public contract promises at least 100. */
  private static final int PER_SECOND = 300;

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final Hub hub;
  private final Tokens tokens;
  private final Map<String, Long> written = Caller.remembered();
  private final long begun;
  private final Cache<String, AtomicInteger> pace =
      Caffeine.newBuilder().expireAfterWrite(Duration.ofSeconds(1)).maximumSize(10_000).build();

  Wire(Hub hub, Tokens tokens) {
    this.hub = hub;
    begun = hub.head().position();
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
      return parameter.getParameterType() == Body.class
          ? body(request, parameter)
          : caller(request);
    }
  }

  private static Body body(HttpServletRequest request, MethodParameter parameter) {
    var promise = Objects.requireNonNull(parameter.getMethodAnnotation(Promise.class));
    return Body.of(request, promise.takes());
  }

  private Caller caller(HttpServletRequest request) {
    var authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    var token = Tokens.bearer(authorization);
    var who =
        token.flatMap(tokens::who).orElseThrow(() -> new Refused(NOT_SIGNED_IN, "share.token"));
    if (pace.get(who.id(), _ -> new AtomicInteger()).incrementAndGet() > PER_SECOND)
      throw new Refused(TOO_FAST, "share.tooFast");
    return new Caller(
        who,
        Words.locale(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE)),
        request.getMethod().equals("POST") ? request.getHeader("Idempotency-Key") : null,
        request.getMethod() + " " + request.getRequestURI(),
        hub,
        written,
        begun);
  }

  /** Refusals as problems; anything else is a bug of ours. */
  @RestControllerAdvice(basePackages = "org.onedoor.share")
  static class Problems {
    @ExceptionHandler
    ResponseEntity<?> refused(Refused e, HttpServletRequest request) {
      return answer(e.code().status, Problem.of(e, locale(request)));
    }

    @ExceptionHandler({Unavailable.class, Conflict.class})
    ResponseEntity<?> unavailable(RuntimeException e, HttpServletRequest request) {
      return refused(new Refused(UNAVAILABLE, "people.unavailable"), request);
    }

    @ExceptionHandler
    ResponseEntity<?> readOnly(ReadOnlyStream e, HttpServletRequest request) {
      return refused(new Refused(NOT_NOW, "share.newer"), request);
    }

    @ExceptionHandler
    ResponseEntity<?> upload(MultipartException e, HttpServletRequest request) {
      var large = e instanceof MaxUploadSizeExceededException;
      return refused(
          large
              ? new Refused(TOO_LARGE, "share.fileTooLarge")
              : new Refused(BAD_INPUT, "share.oneFile").at("file"),
          request);
    }

    /** An address with a broken escape, or the like. */
    @ExceptionHandler(InvalidParameterException.class)
    ResponseEntity<?> parameter(RuntimeException e, HttpServletRequest request) {
      return refused(new Refused(BAD_INPUT, "share.badAddress"), request);
    }

    @ExceptionHandler
    ResponseEntity<?> bug(Exception e, HttpServletRequest request) {
      var detail = Words.say(locale(request), "people.bug", Bug.note("onedoor.api", e));
      return answer(
          500,
          Map.of(
              "type",
              "about:blank",
              "status",
              500,
              "title",
              "BUG",
              "code",
              "BUG",
              "detail",
              detail));
    }

    private static Locale locale(HttpServletRequest request) {
      return Words.locale(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
    }

    private static ResponseEntity<?> answer(int status, Map<String, ?> body) {
      return ResponseEntity.status(status)
          .contentType(MediaType.APPLICATION_PROBLEM_JSON)
          .body(body);
    }
  }

  /** What never reaches a controller is a problem all the same: a method or a path nobody has. */
  @Bean
  RequestRejectedHandler rejected() {
    return (request, response, e) -> {
      if (!request.getRequestURI().startsWith("/api/v1")) {
        response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        return;
      }
      var known = METHODS.contains(request.getMethod());
      var refused =
          known
              ? new Refused(BAD_INPUT, "share.badAddress")
              : new Refused(NOT_FOUND, "people.notFound");
      var locale = Words.locale(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
      response.setStatus(refused.code().status);
      response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
      response
          .getOutputStream()
          .write(JsonMapper.shared().writeValueAsBytes(Problem.of(refused, locale)));
    };
  }

  /** Everything here speaks JSON, whatever else is asked for. */
  @Override
  public void configureContentNegotiation(ContentNegotiationConfigurer types) {
    types.ignoreAcceptHeader(true).defaultContentType(MediaType.APPLICATION_JSON);
  }
}
