package org.onedoor.share;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.onedoor.people.Words;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The interface described: for programs, and for people. Neither needs a sign-in. */
@RestController
@Tag(name = "Document")
class DocsApi {
  /** The page loads nothing but its own sheet. */
  private static final String CONTENT =
      "default-src 'none'; style-src 'self'; img-src 'self'; "
          + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

  private final ObjectProvider<ApiDocument> document;
  private final Map<Locale, byte[]> pages = new ConcurrentHashMap<>();

  DocsApi(ObjectProvider<ApiDocument> document) {
    this.document = document;
  }

  @GetMapping("/api/v1/openapi.json")
  @Promise(value = "This document.", gives = Given.Document.class, open = true)
  ResponseEntity<byte[]> openApi() {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(document.getObject().json());
  }

  @Hidden
  @GetMapping("/api/docs")
  ResponseEntity<byte[]> docs(
      HttpServletResponse answer,
      @RequestParam(required = false) @Nullable String language,
      @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false)
          @Nullable String accepted) {
    var locale = Words.locale(language == null ? accepted : language);
    // in place of the one all answers have: a browser would obey both
    answer.setHeader("Content-Security-Policy", CONTENT);
    return ResponseEntity.ok()
        .contentType(new MediaType("text", "html", UTF_8))
        .varyBy(HttpHeaders.ACCEPT_LANGUAGE)
        .body(pages.computeIfAbsent(locale, this::page));
  }

  private byte[] page(Locale locale) {
    return new DocsPage(document.getObject().get(), locale).html().getBytes(UTF_8);
  }

  @Hidden
  @GetMapping("/api/docs.css")
  ResponseEntity<ClassPathResource> sheet() {
    return ResponseEntity.ok()
        .contentType(new MediaType("text", "css", UTF_8))
        .body(new ClassPathResource("share/docs.css"));
  }
}
