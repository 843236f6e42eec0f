package org.onedoor.shell;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.onedoor.people.Accounts;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stands before the sign-in: a page of another site may not sign somebody in, and after some wrong
 * passwords an account or address has to wait.
 */
final class SlowDown extends OncePerRequestFilter {
  private final Accounts accounts;

  SlowDown(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getMethod().equals("POST") || !request.getRequestURI().endsWith("/login");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var site = request.getHeader("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin")) {
      response.setStatus(HttpServletResponse.SC_FORBIDDEN);
      return;
    }
    var account = request.getParameter("username");
    var wait = accounts.wait(account == null ? "" : account, request.getRemoteAddr());
    if (wait.isPositive()) response.sendRedirect("login?slow=" + (wait.toSeconds() + 1));
    else chain.doFilter(request, response);
  }
}
