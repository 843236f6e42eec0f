package org.onedoor.share;

import static org.onedoor.people.Refused.Code.BAD_INPUT;
import static org.onedoor.people.Refused.Code.NOT_FOUND;
import static org.onedoor.people.Refused.Code.NOT_SIGNED_IN;
import static org.onedoor.people.Refused.Code.TOO_FAST;
import static org.onedoor.people.Refused.Code.TOO_LARGE;
import static org.onedoor.people.Refused.Code.UNAVAILABLE;
import static org.onedoor.people.Refused.Code.UNSUPPORTED;

import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.onedoor.people.Refused;
import org.onedoor.people.Refused.Code;
import org.onedoor.people.Words;

/** Which refusals a call may answer, and how the document says them. */
final class Refusals {
  private Refusals() {}

  /** What it promises, and what every call of its kind may answer. */
  static Set<Code> of(Promise promise, boolean post, boolean one) {
    var all = EnumSet.of(BAD_INPUT, NOT_SIGNED_IN, TOO_FAST, UNAVAILABLE);
    if (post) all.addAll(List.of(TOO_LARGE, UNSUPPORTED));
    if (one) all.add(NOT_FOUND);
    all.addAll(List.of(promise.refuses()));
    return all;
  }

  /** The answers of these refusals, by status. */
  static Map<String, ApiResponse> answers(Set<Code> codes) {
    var byStatus = new TreeMap<Integer, EnumSet<Code>>();
    for (var code : codes)
      byStatus.computeIfAbsent(code.status, _ -> EnumSet.noneOf(Code.class)).add(code);
    var answers = new LinkedHashMap<String, ApiResponse>();
    byStatus.forEach((status, same) -> answers.put("" + status, answer(same)));
    return answers;
  }

  private static ApiResponse answer(Set<Code> codes) {
    var schemas = codes.stream().<Schema<?>>map(c -> reference(c.name())).toList();
    var schema =
        schemas.size() == 1 ? schemas.getFirst() : new Schema<>().oneOf(List.copyOf(schemas));
    return new ApiResponse()
        .description(String.join(" ", codes.stream().map(c -> meaning(c, Locale.ENGLISH)).toList()))
        .content(
            new Content().addMediaType("application/problem+json", new MediaType().schema(schema)));
  }

  static String meaning(Code code, Locale locale) {
    return Words.say(locale, "share.means." + code);
  }

  private static Schema<?> reference(String name) {
    return new Schema<>().$ref("#/components/schemas/" + name);
  }

  /** A problem of each code. */
  static Map<String, Schema<?>> schemas() {
    var all = new LinkedHashMap<String, Schema<?>>();
    for (var code : Refused.Code.values()) all.put(code.name(), problem(code));
    return all;
  }

  private static Schema<?> problem(Code code) {
    var problem = new ObjectSchema();
    problem.setDescription(meaning(code, Locale.ENGLISH));
    must(problem, "type", one("about:blank"));
    must(problem, "status", new IntegerSchema()._const(code.status));
    must(problem, "title", one(code.name()));
    must(problem, "code", one(code.name()));
    must(problem, "detail", text("A sentence in the caller's language."));
    problem.addProperty("field", text("The field or parameter it is about."));
    switch (code) {
      case CONFLICT ->
          must(problem, "conflicts", new ArraySchema().items(Shape.reference(Given.Clash.class)));
      case CHANGED -> {
        must(problem, "was", text("What you saw.").types(Set.of("string", "null")));
        must(problem, "is", text("What stands there.").types(Set.of("string", "null")));
      }
      default -> {}
    }
    return problem;
  }

  private static void must(Schema<?> problem, String name, Schema<?> schema) {
    problem.addProperty(name, schema);
    problem.addRequiredItem(name);
  }

  private static Schema<?> one(String word) {
    return new StringSchema()._enum(List.of(word));
  }

  private static Schema<?> text(String description) {
    return new StringSchema().description(description);
  }
}
