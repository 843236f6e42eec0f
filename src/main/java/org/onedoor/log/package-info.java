/**
 * The one truth of a centre: an append-only, hash-chained log of facts, and the few things that are
 * not facts. Nothing above this package knows which database is under it.
 */
@NullMarked
package org.onedoor.log;

import org.jspecify.annotations.NullMarked;
