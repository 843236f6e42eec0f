package org.onedoor.share;

import static org.onedoor.people.Refused.Code.BAD_INPUT;
import static org.onedoor.people.Refused.Code.NOT_FOUND;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.onedoor.people.Refused;
import org.onedoor.people.Words;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What the web server itself refuses: a problem under {@code /api/v1}, elsewhere only its status.
 */
@Hidden
@RestController
class Errors implements ErrorController {
  @RequestMapping("/error")
  ResponseEntity<?> error(HttpServletRequest request) {
    var status =
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer s ? s : 404;
    var path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    if (path == null || !path.toString().startsWith("/api/v1"))
      return ResponseEntity.status(status).body(Map.of("status", status));
    var refused =
        status == 400
            ? new Refused(BAD_INPUT, "share.badAddress")
            : new Refused(NOT_FOUND, "people.notFound");
    var locale = Words.locale(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
    return ResponseEntity.status(refused.code().status)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(Problem.of(refused, locale));
  }
}
