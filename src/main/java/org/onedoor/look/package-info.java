/**
 * The small visual parts all screens share, so that an agency, a person or a refusal looks and
 * speaks the same everywhere; and how screens read and listen without ever waiting.
 */
@NullMarked
package org.onedoor.look;

import org.jspecify.annotations.NullMarked;
