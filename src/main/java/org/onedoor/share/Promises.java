package org.onedoor.share;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.onedoor.people.Words;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.customizers.ParameterCustomizer;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.method.HandlerMethod;

/** Writes each {@link Promise} into the document, and what all calls have in common once. */
@Component
class Promises implements OperationCustomizer, ParameterCustomizer, OpenApiCustomizer {
  private static final String TOKEN = "token";
  private static final String KEY = "Idempotency-Key";

  @Override
  public Operation customize(Operation call, HandlerMethod method) {
    var promise = method.getMethodAnnotation(Promise.class);
    if (promise == null) throw new IllegalStateException(method + " promises nothing");
    var post = method.hasMethodAnnotation(PostMapping.class);
    call.summary(promise.value())
        .requestBody(post ? body(promise) : null)
        .responses(new ApiResponses());
    if (post) call.addParametersItem(new Parameter().$ref("#/components/parameters/" + KEY));
    for (var status : promise.status())
      call.getResponses().put("" + status, answer(promise, status));
    if (promise.open()) return call.security(List.of());
    call.getResponses().putAll(Refusals.answers(Refusals.of(promise, post, hasId(call))));
    return call;
  }

  private static boolean hasId(Operation call) {
    return call.getParameters() != null
        && call.getParameters().stream().anyMatch(p -> "path".equals(p.getIn()));
  }

  private static RequestBody body(Promise promise) {
    var takes = promise.takes();
    var nothing = takes == Sent.Nothing.class;
    var type = takes == Sent.Upload.class ? "multipart/form-data" : "application/json";
    var schema = Shape.reference(takes);
    return new RequestBody()
        .required(!nothing)
        .content(new Content().addMediaType(type, new MediaType().schema(schema)));
  }

  private static ApiResponse answer(Promise promise, int status) {
    var given = Stream.of(promise.gives()).<Schema<?>>map(Shape::reference).toList();
    var one = given.size() == 1 ? given.getFirst() : new Schema<>().oneOf(List.copyOf(given));
    return new ApiResponse()
        .description(HttpStatus.valueOf(status).getReasonPhrase())
        .content(
            new Content()
                .addMediaType(
                    "application/json", new MediaType().schema(promise.paged() ? page(one) : one)));
  }

  private static Schema<?> page(Schema<?> one) {
    var page = new ObjectSchema();
    page.addProperty("items", new ArraySchema().items(one));
    page.addProperty(
        "next",
        new StringSchema()
            .types(Set.of("string", "null"))
            .description("The cursor of the next page; null: there is none."));
    page.setRequired(List.of("items", "next"));
    return page;
  }

  /**
   * Those that mean the same everywhere are said once; all others are texts, perhaps of few words.
   */
  @Override
  public Parameter customize(Parameter parameter, MethodParameter of) {
    if (parameter == null || parameter.getName() == null) return parameter;
    if (parameter.getName().equals("after") || parameter.getName().equals("limit"))
      return new Parameter().$ref("#/components/parameters/" + parameter.getName());
    Shape.words(parameter.getSchema(), of.getParameterAnnotation(OneOf.class));
    return parameter;
  }

  @Override
  public void customise(OpenAPI document) {
    document
        .info(
            new Info()
                .title("OneDoor")
                .version("v1")
                .description(Words.say(Locale.ENGLISH, "share.docs.about"))
                .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
        .servers(List.of(new Server().url("/")))
        .security(List.of(new SecurityRequirement().addList(TOKEN)));
    document.setPaths(sorted(document.getPaths()));
    if (document.getComponents() == null) document.components(new Components());
    document
        .getComponents()
        .addSecuritySchemes(
            TOKEN, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer"))
        .addParameters(
            "after", query("after", new StringSchema(), "The cursor of the page before: its next."))
        .addParameters("limit", query("limit", limit(), "How many at most."))
        .addParameters(KEY, key())
        .schemas(all());
  }

  private static Paths sorted(Paths paths) {
    var sorted = new Paths();
    sorted.putAll(new TreeMap<>(paths));
    return sorted;
  }

  private static Parameter query(String name, Schema<?> schema, String description) {
    return new Parameter().in("query").name(name).schema(schema).description(description);
  }

  private static Schema<?> limit() {
    var limit = new IntegerSchema();
    limit.setMinimum(BigDecimal.ONE);
    limit.setMaximum(BigDecimal.valueOf(Parameters.MOST));
    limit.setDefault(Parameters.PAGE);
    return limit;
  }

  private static Parameter key() {
    return new HeaderParameter()
        .name(KEY)
        .description("The same again gives the same answer, and does it once.")
        .schema(new StringSchema().minLength(1).maxLength(Caller.LONGEST_KEY));
  }

  @SuppressWarnings("rawtypes") // as the library takes them
  private static Map<String, Schema> all() {
    var all = new TreeMap<String, Schema>();
    all.putAll(Shape.schemas());
    all.putAll(Refusals.schemas());
    return all;
  }
}
