package org.onedoor.share;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
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
@Tag(name = "Search")
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
  @Promise(
      value = "Searches cases and notes, within what the caller may see.",
      gives = Given.Found.class)
  Map<String, Object> find(
      Caller caller,
      @Parameter(description = "What to look for; empty: all the caller may see.")
          @RequestParam(required = false)
          @Nullable String q,
      @Parameter(description = "Only cases of this kind.") @RequestParam(required = false)
          @Nullable String kind,
      @Parameter(description = "Only cases this agency leads or assists.")
          @RequestParam(required = false)
          @Nullable String agency,
      @Parameter(description = "Only cases in this status.") @RequestParam(required = false)
          @Nullable String status,
      @Parameter(description = "Registered from this day of the centre, or instant, on.")
          @RequestParam(required = false)
          @Nullable String from,
      @Parameter(description = "Registered up to this day, or before this instant.")
          @RequestParam(required = false)
          @Nullable String to,
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
