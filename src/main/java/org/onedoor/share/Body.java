package org.onedoor.share;

import static org.onedoor.people.Refused.Code.BAD_INPUT;
import static org.onedoor.people.Refused.Code.TOO_LARGE;
import static org.onedoor.people.Refused.Code.UNSUPPORTED;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.onedoor.people.Refused;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request's JSON, field by field: what is of another type is said at its field. A field that the
 * call did not promise to take cannot be read, so that the document knows them all.
 */
final class Body {
  private static final int MOST = 1 << 20;

  /** More of anything than a request needs. */
  private static final int MOST_ITEMS = 1_000;

  private final String at;
  private final JsonNode json;
  private final byte[] bytes;

  private final Class<?> shape;

  private Body(Class<?> shape, String at, JsonNode json, byte[] bytes) {
    this.shape = shape;
    this.at = at;
    this.json = json;
    this.bytes = bytes;
  }

  static Body of(HttpServletRequest request, Class<? extends Record> shape) {
    try {
      var bytes = request.getInputStream().readNBytes(MOST + 1);
      if (bytes.length > MOST) throw new Refused(TOO_LARGE, "share.tooLarge");
      var type = request.getContentType();
      var said = type != null || bytes.length > 0;
      if (said && !isJson(type)) throw new Refused(UNSUPPORTED, "share.notJson");
      if (bytes.length == 0)
        return new Body(shape, "", JsonMapper.shared().createObjectNode(), bytes);
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      var json = JsonMapper.shared().readTree(bytes);
      if (!json.isObject()) throw new Refused(BAD_INPUT, "share.notObject");
      return new Body(shape, "", json, bytes);
    } catch (CharacterCodingException e) {
      throw new Refused(BAD_INPUT, "share.notUtf8");
    } catch (JacksonException e) {
      throw new Refused(BAD_INPUT, "share.badJson");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isJson(@Nullable String type) {
    return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/json");
  }

  byte[] bytes() {
    return bytes;
  }

  private RecordComponent promised(String field) {
    var found = Shape.fields(shape).get(field);
    if (found == null) throw new IllegalStateException(shape + " has no " + field);
    return found;
  }

  private JsonNode value(String field) {
    promised(field);
    return json.path(field);
  }

  @Nullable String text(String field) {
    var value = value(field);
    if (value.isMissingNode() || value.isNull()) return null;
    if (!value.isString()) throw new Refused(BAD_INPUT, "share.notText", at + field).at(at + field);
    return value.stringValue();
  }

  List<String> texts(String field) {
    var all = new ArrayList<String>();
    for (var value : list(field)) {
      if (all.size() == MOST_ITEMS)
        throw new Refused(BAD_INPUT, "share.tooMany", at + field, MOST_ITEMS).at(at + field);
      if (!value.isString())
        throw new Refused(BAD_INPUT, "share.notText", at + field).at(at + field);
      all.add(value.stringValue());
    }
    return all;
  }

  List<Body> bodies(String field) {
    var all = new ArrayList<Body>();
    for (var value : list(field)) {
      if (all.size() == MOST_ITEMS)
        throw new Refused(BAD_INPUT, "share.tooMany", at + field, MOST_ITEMS).at(at + field);
      var place = at + field + "[" + all.size() + "]";
      if (!value.isObject()) throw new Refused(BAD_INPUT, "share.notObject").at(place);
      all.add(new Body(Shape.items(promised(field)), place + ".", value, bytes));
    }
    return all;
  }

  private JsonNode list(String field) {
    var value = value(field);
    if (value.isMissingNode() || value.isNull()) return JsonMapper.shared().createArrayNode();
    if (!value.isArray()) throw new Refused(BAD_INPUT, "share.notList", at + field).at(at + field);
    return value;
  }

  /** A time in a year that has four digits in every zone. */
  static OffsetDateTime sane(OffsetDateTime at) {
    if (at.getYear() < 1 || at.getYear() > 9_998) throw new DateTimeException("year");
    return at;
  }

  @Nullable OffsetDateTime time(String field) {
    var text = text(field);
    if (text == null) return null;
    try {
      return sane(OffsetDateTime.parse(text));
    } catch (DateTimeException e) {
      throw new Refused(BAD_INPUT, "share.badInstant", at + field, text).at(at + field);
    }
  }
}
