package org.onedoor.share;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a record of {@link Sent} or {@link Given} looks as JSON. */
final class Shape {
  private static final ClassValue<SequencedMap<String, RecordComponent>> FIELDS =
      new ClassValue<>() {
        @Override
        protected SequencedMap<String, RecordComponent> computeValue(Class<?> type) {
          var fields = new LinkedHashMap<String, RecordComponent>();
          for (var c : type.getRecordComponents()) {
            var named = c.getAccessor().getAnnotation(JsonProperty.class);
            fields.put(named == null ? c.getName() : named.value(), c);
          }
          return Collections.unmodifiableSequencedMap(fields);
        }
      };

  private Shape() {}

  /** Its fields by their names in JSON. */
  static SequencedMap<String, RecordComponent> fields(Class<?> type) {
    return FIELDS.get(type);
  }

  /** The record of which a field is a list. */
  static Class<?> items(RecordComponent list) {
    return (Class<?>) ((ParameterizedType) list.getGenericType()).getActualTypeArguments()[0];
  }

  /** The schemas of all of them, by name. */
  static Map<String, Schema<?>> schemas() {
    var all = new LinkedHashMap<String, Schema<?>>();
    for (var kind : List.of(Sent.class, Given.class))
      for (var type : kind.getDeclaredClasses())
        if (type.getRecordComponents().length > 0) all.put(type.getSimpleName(), schema(type));
    return all;
  }

  /** Where the document says it; one without fields is any object. */
  static Schema<?> reference(Class<?> type) {
    if (fields(type).isEmpty()) return new ObjectSchema();
    return new Schema<>().$ref("#/components/schemas/" + type.getSimpleName());
  }

  private static Schema<?> schema(Class<?> type) {
    var read = ModelConverters.getInstance(true).read(type);
    var schema = requireNonNull(read.get(type.getSimpleName()));
    var sent = type.getDeclaringClass() == Sent.class;
    var leftOut = sent || type.isAnnotationPresent(JsonInclude.class);
    var stands = sent || !leftOut;
    fields(type)
        .forEach((name, field) -> {
          @SuppressWarnings("unchecked") // the library's own type says no more
          Map<String, Schema<?>> properties =
              (Map<String, Schema<?>>) (Map<?, ?>) schema.getProperties();
          var property = requireNonNull(properties.get(name));
          words(property, field.getAnnotation(OneOf.class));
          var maybe = field.getAnnotatedType().isAnnotationPresent(Nullable.class);
          if (!maybe || !leftOut) schema.addRequiredItem(name);
          if (maybe && stands) properties.put(name, orNull(property));
        });
    return schema;
  }

  /** The words a text, or each of a list, may be. */
  static void words(Schema<?> property, @Nullable OneOf oneOf) {
    if (oneOf == null) return;
    Schema<?> text = property.getItems() == null ? property : property.getItems();
    put(text, oneOf.value().words);
  }

  @SuppressWarnings("unchecked") // a text's
  private static void put(Schema<?> text, List<String> words) {
    ((Schema<Object>) text).setEnum(new ArrayList<>(words));
  }

  @SuppressWarnings("unchecked") // null is a word of its own
  private static Schema<?> orNull(Schema<?> property) {
    if (property.get$ref() != null)
      return new Schema<>().anyOf(List.of(property, new Schema<>().types(Set.of("null"))));
    property.addType("null");
    if (property.getEnum() != null) ((Schema<Object>) property).addEnumItemObject(null);
    return property;
  }
}
