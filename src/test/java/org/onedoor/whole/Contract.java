package org.onedoor.whole;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import org.onedoor.whole.Program.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI document as a test reads it: what each call may be asked, and must answer. */
final class Contract {
  private final JsonNode document;
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          r ->
              r.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
  private final Map<String, Schema> answers = new ConcurrentHashMap<>();

  Contract(JsonNode document) {
    this.document = document;
  }

  /** All calls, as {@code POST /cases/{id}/accept}. */
  Set<String> calls() {
    var calls = new TreeSet<String>();
    document
        .path("paths")
        .forEachEntry((path, item) ->
            item.forEachEntry((method, _) ->
                calls.add(method.toUpperCase() + path.replaceFirst("/api/v1", " "))));
    return calls;
  }

  JsonNode call(String call) {
    var words = call.split(" ");
    var found = document.path("paths").path("/api/v1" + words[1]).path(words[0].toLowerCase());
    if (found.isMissingNode()) throw new AssertionError("the document has no " + call);
    return found;
  }

  /** Which refusals a call declares. */
  Set<String> refusals(String call) {
    var codes = new TreeSet<String>();
    call(call)
        .path("responses")
        .forEachEntry((_, answer) -> {
          var schema = answer.path("content").path("application/problem+json").path("schema");
          for (var one : several(schema)) {
            var code = resolved(one).path("properties").path("code").path("enum");
            if (!schema.isMissingNode()) codes.add(code.get(0).stringValue());
          }
        });
    return codes;
  }

  private static Iterable<JsonNode> several(JsonNode schema) {
    return schema.has("oneOf") ? schema.path("oneOf") : Set.of(schema);
  }

  /** The parameters in the address of a call, with their schemas. */
  Map<String, JsonNode> query(String call) {
    var all = new TreeMap<String, JsonNode>();
    for (var one : call(call).path("parameters")) {
      var parameter = resolved(one);
      if (parameter.path("in").stringValue().equals("query"))
        all.put(parameter.path("name").stringValue(), parameter.path("schema"));
    }
    return all;
  }

  /** The fields of what a call takes as JSON, with their schemas, and those that must be there. */
  record Fields(Map<String, JsonNode> all, Set<String> must) {}

  Fields takes(String call) {
    var content = call(call).path("requestBody").path("content");
    return fields(content.path("application/json").path("schema"));
  }

  /** The fields of what a list holds. */
  Fields items(JsonNode list) {
    return fields(list.path("items"));
  }

  private Fields fields(JsonNode schema) {
    var all = new TreeMap<String, JsonNode>();
    resolved(schema).path("properties").forEachEntry(all::put);
    var must = new TreeSet<String>();
    StreamSupport.stream(resolved(schema).path("required").spliterator(), false)
        .forEach(name -> must.add(name.stringValue()));
    return new Fields(all, must);
  }

  private JsonNode resolved(JsonNode node) {
    var reference = node.path("$ref").asString("");
    return reference.isEmpty() ? node : document.at(reference.substring(1));
  }

  /** What is wrong with an answer; empty if it is as declared, to the last field. */
  String wrong(String call, Answer answer) {
    var declared = call(call).path("responses").path("" + answer.status());
    if (declared.isMissingNode()) return "nobody declared " + answer;
    var type = answer.status() < 400 ? "application/json" : "application/problem+json";
    if (!answer.type().startsWith(type)) return answer.type() + " instead of " + type;
    var schema =
        answers.computeIfAbsent(
            call + answer.status(),
            _ -> strict(declared.path("content").path(type).path("schema")));
    var errors = schema.validate(answer.json());
    return errors.isEmpty() ? "" : errors + " in " + answer;
  }

  /** The schema, with its references at hand, and without room for what it does not name. */
  private Schema strict(JsonNode schema) {
    var whole = (ObjectNode) schema.deepCopy();
    whole.set("components", document.path("components").deepCopy());
    close(whole);
    return registry.getSchema(whole);
  }

  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.path("properties").isObject()
        && !object.has("additionalProperties")) object.put("additionalProperties", false);
    node.forEach(Contract::close);
  }
}
