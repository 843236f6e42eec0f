package org.onedoor.share;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.onedoor.search.CaseIndex;
import org.onedoor.search.CaseSearch;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /search}. */
@RestController
@RequestMapping("/api/v1")
class SearchApi {
  private final CaseIndex index;
  private final CaseSearch search;
  private final Parameters parameters;
  private final Told told;

  SearchApi(CaseIndex index, CaseSearch search, Parameters parameters, Told told) {
    this.index = index;
    this.search = search;
    this.parameters = parameters;
    this.told = told;
  }

  @GetMapping("/search")
  Map<String, Object> find(
      Caller caller,
      @RequestParam(required = false) @Nullable String q,
      @RequestParam(required = false) @Nullable String kind,
      @RequestParam(required = false) @Nullable String agency,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable String limit) {
    caller.seenOwn(index);
    var filters =
        new CaseSearch.Filters(
            Parameters.some(kind),
            Parameters.some(agency),
            Parameters.some(status),
            parameters.instant("from", from, false),
            parameters.instant("to", to, true));
    var found = search.find(caller.who(), q, filters, Parameters.limit(limit), caller.locale());
    var hits =
        found.hits().stream()
            .map(h -> {
              var hit = new LinkedHashMap<String, Object>();
              hit.put(
                  "case", Map.of("id", h.caseId(), "number", h.caseId(), "title", h.caseTitle()));
              if (h.noteId() != null && h.noteTitle() != null)
                hit.put("note", Map.of("id", h.noteId(), "title", h.noteTitle()));
              hit.put("snippet", h.snippet());
              hit.put("at", told.time(h.at()));
              return hit;
            })
            .toList();
    return Map.of(
        "total", found.total(), "read", found.read(), "hits", hits, "facets", found.facets());
  }
}
