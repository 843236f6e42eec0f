/**
 * Everything that can happen in a centre, as one sealed type of plain records: the first thing to
 * read, because every screen, index and figure is a fold of these facts.
 */
@NullMarked
package org.onedoor.event;

import org.jspecify.annotations.NullMarked;
