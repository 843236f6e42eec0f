package org.onedoor.shell;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.onedoor.people.Accounts;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;

/**
 * Stands before the sign-in: a page of another site may not sign somebody in, and after some wrong
 * passwords an account or address has to wait.
 */
final class SlowDown extends OncePerRequestFilter {
  /** As the filter behind this one sees it: decoded. */
  private static final RequestMatcher LOGIN =
      PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, "/login");

  private final Accounts accounts;

  SlowDown(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !LOGIN.matches(request);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var site = request.getHeader("Sec-Fetch-Site");
    var origin = request.getHeader(HttpHeaders.ORIGIN);
    if ((site != null && !site.equals("same-origin"))
        || (origin != null && !WebUtils.isSameOrigin(new ServletServerHttpRequest(request)))) {
      response.setStatus(HttpServletResponse.SC_FORBIDDEN);
      return;
    }
    var account = request.getParameter("username");
    var wait = accounts.wait(account == null ? "" : account.strip(), request.getRemoteAddr());
    if (wait.isPositive()) response.sendRedirect("login?slow=" + (wait.toSeconds() + 1));
    else chain.doFilter(request, response);
  }
}
