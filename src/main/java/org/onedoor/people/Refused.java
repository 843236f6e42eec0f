package org.onedoor.people;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Label;

/**
 * The one error for people: a code, a sentence a clerk understands, and the field it is about. It
 * carries the sentence's key, so that each edge (screen, REST, socket) says it in its reader's
 * language.
 */
public final class Refused extends RuntimeException {

  /** What kind of no, with the status it has on the wire. */
  public enum Code {
    BAD_INPUT(400),
    NOT_SIGNED_IN(401),
    NOT_ALLOWED(403),
    NOT_FOUND(404),
    CONFLICT(409),
    CHANGED(409),
    NOT_NOW(409),
    TOO_LARGE(413),
    UNSUPPORTED(415),
    TOO_FAST(429),
    UNAVAILABLE(503);

    public final int status;

    Code(int status) {
      this.status = status;
    }
  }

  private final Code code;
  private final String key;
  private final transient Object[] args;
  private final @Nullable String field;
  private final transient Map<String, @Nullable Object> more;

  public Refused(Code code, String key, Object... args) {
    this(code, key, args, null, Map.of());
  }

  private Refused(
      Code code,
      String key,
      Object[] args,
      @Nullable String field,
      Map<String, @Nullable Object> more) {
    super(code + " " + key, null, false, false);
    this.code = code;
    this.key = key;
    this.args = args;
    this.field = field;
    this.more = more;
  }

  /** The same, said of a field. */
  public Refused at(String field) {
    return new Refused(code, key, args, field, more);
  }

  /** The same, with something more for a program to read ({@code was}, {@code is}, …). */
  public Refused with(String name, @Nullable Object value) {
    var all = new LinkedHashMap<String, @Nullable Object>(more);
    all.put(name, value);
    return new Refused(code, key, args, field, all);
  }

  public Code code() {
    return code;
  }

  public @Nullable String field() {
    return field;
  }

  public Map<String, @Nullable Object> more() {
    return more;
  }

  /** The sentence, in the reader's language. */
  public String say(Locale locale) {
    var said = new Object[args.length];
    for (var i = 0; i < args.length; i++)
      said[i] = args[i] instanceof Label name ? name.in(locale) : args[i];
    return Words.say(locale, key, said);
  }

  @Override
  public String getMessage() {
    return code + ": " + say(Locale.ENGLISH);
  }
}
