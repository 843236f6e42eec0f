/**
 * Agencies, officers and what they may see: one question, {@code maySee}, asked by every way out of
 * the system, so that a right granted or withdrawn holds everywhere at once.
 */
@NullMarked
package org.onedoor.people;

import org.jspecify.annotations.NullMarked;
