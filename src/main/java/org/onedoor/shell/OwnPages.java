package org.onedoor.shell;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;

/**
 * Only pages of ours may have something done here, or open a line: not those of another site, nor
 * of another program on the same machine, to which a browser gives the same cookies.
 */
final class OwnPages extends OncePerRequestFilter {
  private static final Set<String> LOOKS = Set.of("GET", "HEAD", "OPTIONS");

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return LOOKS.contains(request.getMethod()) && request.getHeader(HttpHeaders.UPGRADE) == null;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var site = request.getHeader("Sec-Fetch-Site");
    if ((site == null || site.equals("same-origin"))
        && WebUtils.isSameOrigin(new ServletServerHttpRequest(request)))
      chain.doFilter(request, response);
    else response.setStatus(HttpServletResponse.SC_FORBIDDEN);
  }
}
