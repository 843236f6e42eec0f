package org.onedoor.share;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.onedoor.people.Refused;

/**
 * What a call promises, beside its address and parameters, which stand in its signature. It is read
 * into the document at {@code /api/v1/openapi.json}; a test walks that document and holds every
 * call to its promise.
 *
 * <p>What every call may answer is not repeated here: {@link Refusals} knows it.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Promise {
  /** What it is for, in a line. */
  String value();

  /** What is sent: one of {@link Sent}. */
  Class<? extends Record> takes() default Sent.Nothing.class;

  /** What is answered: one of {@link Given}, or one of several. */
  Class<? extends Record>[] gives();

  /** Whether that is answered as the items of a page. */
  boolean paged() default false;

  /** With which status; the first if what was asked for is done now. */
  int[] status() default 200;

  /** Whether it needs no sign-in; then it refuses nothing. */
  boolean open() default false;

  /** What it refuses beside what every call of its kind does. */
  Refused.Code[] refuses() default {};
}
