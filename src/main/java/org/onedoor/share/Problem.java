package org.onedoor.share;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.onedoor.people.Refused;

/** A refusal as RFC 9457 says it, in the caller's language. */
final class Problem {
  private Problem() {}

  static Map<String, @Nullable Object> of(Refused e, Locale locale) {
    var problem = of(e.code(), e.say(locale));
    var field = e.field();
    problem.putAll(e.more());
    if (field != null) problem.put("field", field);
    return problem;
  }

  static Map<String, @Nullable Object> of(Refused.Code code, String detail) {
    var problem = new LinkedHashMap<String, @Nullable Object>();
    problem.put("type", "about:blank");
    problem.put("status", code.status);
    problem.put("title", code.name());
    problem.put("code", code.name());
    problem.put("detail", detail);
    return problem;
  }
}
