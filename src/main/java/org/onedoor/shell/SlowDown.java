package org.onedoor.shell;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.net.URI;
import org.onedoor.people.Accounts;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stands before the sign-in: after some wrong passwords an account or address has to wait. Whoever
 * is let in stays here.
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
    var account = request.getParameter("username");
    var wait = accounts.wait(account == null ? "" : account.strip(), request.getRemoteAddr());
    if (wait.isPositive()) response.sendRedirect("login?slow=" + (wait.toSeconds() + 1));
    else chain.doFilter(request, new Home(response));
  }

  /**
   * Who signed in goes on to where they were going, on this server: its name as it was said before
   * the sign-in may have been said by somebody else, who then planted the session.
   */
  private static final class Home extends HttpServletResponseWrapper {
    Home(HttpServletResponse response) {
      super(response);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
      super.sendRedirect(own(location));
    }

    private static String own(String location) {
      var to = URI.create(location);
      var path = to.getRawPath() == null ? "" : to.getRawPath();
      var query = to.getRawQuery() == null ? "" : "?" + to.getRawQuery();
      return "/" + path.replaceFirst("^/+", "") + query;
    }
  }
}
