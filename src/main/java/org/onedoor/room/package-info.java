/**
 * A case and the agencies in it: what is known of it, who may do what next, by when, and the screen
 * on which they work together, because one matter needs one room and not one file per agency.
 */
@NullMarked
package org.onedoor.room;

import org.jspecify.annotations.NullMarked;
