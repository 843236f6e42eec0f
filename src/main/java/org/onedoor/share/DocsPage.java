package org.onedoor.share;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.DocumentType;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.onedoor.people.Refused;
import org.onedoor.people.Words;

/**
 * The document as one page of plain HTML, for people: no script, no network, and nothing to try
 * calls out with (a token does not belong into a page). The usual page for this is a megabyte and a
 * half of script that the browser must be allowed to run; this one is read like any other text,
 * printed, and searched with the browser.
 */
final class DocsPage {
  private static final String PARAMETER = "#/components/parameters/";

  private final OpenAPI document;
  private final Locale locale;
  private final Document page = Document.createShell("/api/");
  private final Element main;

  /** A call, by method and address. */
  private record Call(String method, String path, Operation operation) {
    String id() {
      return Objects.requireNonNull(operation.getOperationId());
    }
  }

  DocsPage(OpenAPI document, Locale locale) {
    this.document = document;
    this.locale = locale;
    main = page.body().appendElement("main");
  }

  String html() {
    page.prependChild(new DocumentType("html", "", ""));
    page.getElementsByTag("html").attr("lang", Words.tag(locale));
    head();
    intro();
    var calls = calls();
    contents(calls);
    refusals();
    calls.forEach((tag, of) -> {
      heading(main, "h2", tag).attr("id", tag).attr("lang", "en");
      of.forEach(this::call);
    });
    shapes();
    return page.outerHtml();
  }

  private String say(String key, Object... args) {
    return Words.say(locale, "share.docs." + key, args);
  }

  private void head() {
    page.title(say("title"));
    page.head().prependElement("meta").attr("charset", "utf-8");
    page.head()
        .appendElement("meta")
        .attr("name", "viewport")
        .attr("content", "width=device-width, initial-scale=1");
    page.head().appendElement("meta").attr("name", "color-scheme").attr("content", "light dark");
    page.head().appendElement("link").attr("rel", "stylesheet").attr("href", "docs.css");
    page.head().appendElement("link").attr("rel", "icon").attr("href", "../images/door.svg");
  }

  private void intro() {
    main.appendElement("h1").text(say("title"));
    main.appendElement("p").text(say("about"));
    var links = main.appendElement("p");
    links.appendElement("a").attr("href", "v1/openapi.json").text(say("document"));
    links.appendText(" · ");
    var other = Words.other(locale);
    links
        .appendElement("a")
        .attr("href", "docs?language=" + other.getLanguage())
        .attr("hreflang", other.getLanguage())
        .attr("lang", other.getLanguage())
        .text(Words.called(other));
  }

  private Map<String, List<Call>> calls() {
    var calls = new LinkedHashMap<String, List<Call>>();
    document
        .getPaths()
        .forEach((path, item) ->
            item.readOperationsMap()
                .forEach((HttpMethod method, Operation operation) ->
                    calls
                        .computeIfAbsent(operation.getTags().getFirst(), _ -> new ArrayList<>())
                        .add(new Call(method.name(), path, operation))));
    return calls;
  }

  private void contents(Map<String, List<Call>> calls) {
    var nav = main.appendElement("nav").attr("aria-label", say("contents"));
    var list = nav.appendElement("ul");
    calls.forEach((tag, of) -> {
      var item = list.appendElement("li");
      item.appendElement("a").attr("href", "#" + tag).attr("lang", "en").text(tag);
      var inner = item.appendElement("ul");
      for (var call : of)
        inner
            .appendElement("li")
            .appendElement("a")
            .attr("href", "#" + call.id())
            .appendElement("code")
            .text(call.method() + " " + call.path());
    });
    list.appendElement("li").appendElement("a").attr("href", "#shapes").text(say("shapes"));
  }

  private void refusals() {
    heading(main, "h2", say("refusals"));
    main.appendElement("p").text(say("problem"));
    var rows = table(main, say("refusals"), say("status"), say("code"), say("meaning"));
    for (var code : Refused.Code.values())
      row(rows, "" + code.status, code.name(), Refusals.meaning(code, locale));
  }

  private void call(Call call) {
    var one = main.appendElement("section").attr("id", call.id());
    var title = one.appendElement("h3");
    title.appendElement("span").addClass("method").text(call.method());
    title.appendText(" ");
    title.appendElement("code").text(call.path());
    english(one.appendElement("p"), call.operation().getSummary());
    if (call.operation().getSecurity() != null) one.appendElement("p").text(say("open"));
    parameters(one, call.operation());
    var body = call.operation().getRequestBody();
    if (body != null && Boolean.TRUE.equals(body.getRequired())) {
      var sent = one.appendElement("p").text(say("sent") + " ");
      type(sent, body.getContent());
    }
    answers(one, call.operation());
  }

  private void parameters(Element one, Operation operation) {
    if (operation.getParameters() == null) return;
    var rows =
        table(one, say("parameters"), say("name"), say("where"), say("kind"), say("meaning"));
    for (var named : operation.getParameters()) {
      var parameter = resolved(named);
      var row = rows.appendElement("tr");
      name(row, parameter.getName(), Boolean.TRUE.equals(parameter.getRequired()));
      row.appendElement("td").text(say("in." + parameter.getIn()));
      DocsValue.draw(row.appendElement("td"), parameter.getSchema());
      english(row.appendElement("td"), parameter.getDescription());
    }
  }

  private Parameter resolved(Parameter parameter) {
    var reference = parameter.get$ref();
    return reference == null
        ? parameter
        : Objects.requireNonNull(
            document.getComponents().getParameters().get(reference.substring(PARAMETER.length())));
  }

  private void answers(Element one, Operation operation) {
    var rows = table(one, say("answers"), say("status"), say("answer"));
    operation
        .getResponses()
        .forEach((status, answer) -> {
          var row = rows.appendElement("tr");
          row.appendElement("th").attr("scope", "row").text(status);
          type(row.appendElement("td"), answer.getContent());
        });
  }

  private void shapes() {
    heading(main, "h2", say("shapes")).attr("id", "shapes");
    document
        .getComponents()
        .getSchemas()
        .forEach((name, schema) -> {
          var one = main.appendElement("section").attr("id", DocsValue.id(name));
          heading(one, "h3", name).attr("lang", "en");
          if (schema.getDescription() != null)
            english(one.appendElement("p"), schema.getDescription());
          var rows = table(one, name, say("name"), say("kind"), say("meaning"));
          DocsValue.properties(schema)
              .forEach((field, of) -> {
                var row = rows.appendElement("tr");
                name(
                    row,
                    field,
                    schema.getRequired() != null && schema.getRequired().contains(field));
                DocsValue.draw(row.appendElement("td"), of);
                english(row.appendElement("td"), of.getDescription());
              });
        });
  }

  private void name(Element row, String name, boolean must) {
    var cell = row.appendElement("th").attr("scope", "row");
    cell.appendElement("code").text(name);
    if (must) cell.appendText(" ").appendElement("small").text(say("must"));
  }

  private void type(Element at, @Nullable Content content) {
    if (content == null) return;
    content.forEach((type, of) -> {
      DocsValue.draw(at, of.getSchema());
      at.appendText(" ");
      at.appendElement("small").text(type);
    });
  }

  /** What the document says is in English, whatever the page speaks. */
  private static void english(Element at, @Nullable String text) {
    if (text != null) at.attr("lang", "en").text(text);
  }

  private static Element heading(Element at, String level, String text) {
    return at.appendElement(level).text(text);
  }

  private static Element table(Element at, String caption, String... columns) {
    var table = at.appendElement("table");
    table.appendElement("caption").text(caption);
    var head = table.appendElement("thead").appendElement("tr");
    for (var column : columns) head.appendElement("th").attr("scope", "col").text(column);
    return table.appendElement("tbody");
  }

  private static void row(Element rows, String first, String... more) {
    var row = rows.appendElement("tr");
    row.appendElement("th").attr("scope", "row").text(first);
    for (var cell : more) row.appendElement("td").text(cell);
  }
}
