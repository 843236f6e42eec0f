package org.onedoor.share;

import io.swagger.v3.oas.models.media.Schema;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** What values look like, in a few words and links. */
final class DocsValue {
  private static final String SCHEMA = "#/components/schemas/";

  private DocsValue() {}

  /** Where on the page a shape with a name is. */
  static String id(String name) {
    return "shape-" + name;
  }

  /** What a value is. */
  static void draw(Element at, Schema<?> schema) {
    var reference = schema.get$ref();
    if (reference != null) {
      var name = reference.substring(SCHEMA.length());
      at.appendElement("a").attr("href", "#" + id(name)).attr("lang", "en").text(name);
      return;
    }
    var several = schema.getOneOf() != null ? schema.getOneOf() : schema.getAnyOf();
    if (several != null) {
      for (var i = 0; i < several.size(); i++) {
        if (i > 0) at.appendText(" | ");
        draw(at, several.get(i));
      }
    } else if (schema.getItems() != null) {
      at.appendText("[ ");
      draw(at, schema.getItems());
      at.appendText(" ]" + bound("", schema.getMaxItems()));
    } else if (schema.getEnum() != null) {
      var words = schema.getEnum().stream().map(String::valueOf).toList();
      at.appendElement("code").text(String.join(" | ", words));
    } else if (!properties(schema).isEmpty()) {
      at.appendText("{ ");
      properties(schema)
          .forEach((name, of) -> {
            at.appendElement("code").text(name);
            at.appendText(" ");
            draw(at, of);
            at.appendText(" ");
          });
      at.appendText("}");
    } else at.appendText(plain(schema));
  }

  private static String plain(Schema<?> schema) {
    var types =
        schema.getTypes() == null
            ? String.valueOf(schema.getType())
            : String.join(" | ", schema.getTypes());
    var said = schema.getFormat() == null ? types : types + " " + schema.getFormat();
    if (schema.getConst() != null) said += " " + schema.getConst();
    return said
        + bound(schema.getMinLength(), schema.getMaxLength())
        + bound(schema.getMinimum(), schema.getMaximum());
  }

  private static String bound(@Nullable Object least, @Nullable Object most) {
    return most == null ? "" : " " + (least == null ? "" : least) + "…" + most;
  }

  @SuppressWarnings("unchecked") // the library's own type says no more
  static Map<String, Schema<?>> properties(Schema<?> schema) {
    return schema.getProperties() == null
        ? Map.of()
        : (Map<String, Schema<?>>) (Map<?, ?>) schema.getProperties();
  }
}
