package org.onedoor.share;

import static org.onedoor.people.Refused.Code.BAD_INPUT;
import static org.onedoor.people.Refused.Code.NOT_ALLOWED;
import static org.onedoor.people.Refused.Code.NOT_FOUND;
import static org.onedoor.people.Refused.Code.UNSUPPORTED;

import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.onedoor.people.Refused;
import org.onedoor.people.Role;
import org.onedoor.people.Secret;
import org.onedoor.people.Text;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** {@code /import}: a file of petitions, taken in while the caller asks how far it is. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Import")
class ImportApi {
  private final ImportJobs jobs;

  ImportApi(ImportJobs jobs) {
    this.jobs = jobs;
  }

  @PostMapping(value = "/import", consumes = "multipart/form-data")
  @Promise(
      value = "Takes in a file of petitions, while the caller asks how far it is.",
      takes = Sent.Upload.class,
      gives = Given.Job.class,
      status = 202,
      refuses = NOT_ALLOWED)
  ResponseEntity<?> start(
      Caller caller,
      MultipartHttpServletRequest request,
      @Parameter(description = "Everything but the writing.", schema = @Schema(type = "boolean"))
          @RequestParam(required = false)
          @Nullable String dryRun,
      @Parameter(description = "NAME=COLUMN: which column of the file is which; may be repeated.")
          @RequestParam(required = false)
          @Nullable List<String> map,
      @Parameter(description = "The other system's name; empty if left out.")
          @RequestParam(required = false)
          @Nullable String source) {
    if (!caller.who().is(Role.COORDINATOR)) throw new Refused(NOT_ALLOWED, "share.mayNotImport");
    var bytes = bytes(request);
    var mapped = mapped(map == null ? List.of() : map);
    var dry = yes(dryRun);
    var from = source == null ? "" : source.strip();
    if (from.length() > Text.NAME)
      throw new Refused(BAD_INPUT, "people.tooLong", "source", Text.NAME, from.length())
          .at("source");
    return caller.once(
        Secret.hash(new String(bytes, StandardCharsets.ISO_8859_1)) + mapped + dry + from,
        once -> {
          var file = ImportFile.of(bytes, mapped);
          var job = jobs.start(file, from, dry, caller.who().id(), once);
          return Answer.of(202, Map.of("job", job));
        });
  }

  private static byte[] bytes(MultipartHttpServletRequest request) {
    var files = request.getFileMap().values();
    if (files.size() != 1) throw new Refused(BAD_INPUT, "share.oneFile").at("file");
    try {
      return files.iterator().next().getBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean yes(@Nullable String flag) {
    if (flag == null || flag.equals("false")) return false;
    if (flag.isEmpty() || flag.equals("true")) return true;
    throw new Refused(BAD_INPUT, "share.badFlag", "dryRun").at("dryRun");
  }

  private static Map<String, String> mapped(List<String> pairs) {
    var mapped = new HashMap<String, String>();
    for (var pair : pairs) {
      if (pair.isBlank()) continue;
      var equals = pair.indexOf('=');
      if (equals < 1) throw new Refused(BAD_INPUT, "share.badMap", pair).at("map");
      mapped.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return mapped;
  }

  @Hidden // the same call, sent as something else
  @PostMapping("/import")
  ResponseEntity<?> other(Caller caller) {
    throw new Refused(UNSUPPORTED, "share.notMultipart");
  }

  @GetMapping("/import/{job}")
  @Promise(value = "How far an import of one's own is.", gives = Given.Progress.class)
  Map<String, @Nullable Object> progress(Caller caller, @PathVariable String job) {
    var found = jobs.find(job, caller.who().id());
    if (found == null) throw new Refused(NOT_FOUND, "people.notFound");
    caller.wrote(found.upTo()); // who imported finds it
    var all = new LinkedHashMap<String, @Nullable Object>();
    all.put("done", found.done());
    all.put("of", found.of());
    all.put("imported", found.imported());
    all.put("known", found.known());
    all.put("rejected", found.rejected());
    all.put("state", found.state());
    if (found.rejects() != null) all.put("rejects", found.rejects());
    if (found.why() != null) all.put("why", found.why());
    return all;
  }
}
