package org.onedoor.event;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The particulars of a party: they stand only in the personal payload of an entry.
 *
 * @param contact whom to speak to, where the party is an organisation
 */
public record Person(
    String name,
    @Nullable String contact,
    @Nullable String phone,
    @Nullable String idNumber,
    @Nullable String address) {

  public static Person named(String name) {
    return new Person(name, null, null, null, null);
  }

  Map<String, String> fields() {
    var fields = new LinkedHashMap<String, String>();
    put(fields, "name", name);
    put(fields, "contact", contact);
    put(fields, "phone", phone);
    put(fields, "idNumber", idNumber);
    put(fields, "address", address);
    return fields;
  }

  static @Nullable Person from(@Nullable Map<String, String> fields) {
    return fields == null
        ? null
        : new Person(
            fields.getOrDefault("name", ""),
            fields.get("contact"),
            fields.get("phone"),
            fields.get("idNumber"),
            fields.get("address"));
  }

  /** This person with one of its fields put right. */
  public Person with(String field, @Nullable String value) {
    var fields = fields();
    fields.remove(field);
    if (value != null) fields.put(field, value);
    var changed = from(fields);
    return changed == null ? this : changed;
  }

  private static void put(Map<String, String> fields, String name, @Nullable String value) {
    if (value != null) fields.put(name, value);
  }
}
