package org.onedoor.share;

import static org.onedoor.people.Refused.Code.NOT_FOUND;

import io.swagger.v3.oas.annotations.Hidden;
import org.onedoor.people.Refused;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Everything else under {@code /api/v1}: who is not signed in is told that first. */
@Hidden
@RestController
@RequestMapping("/api/v1")
class NothingApi {
  @RequestMapping("/**")
  void nothing(Caller caller) {
    throw new Refused(NOT_FOUND, "people.notFound");
  }
}
