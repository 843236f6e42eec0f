/**
 * When and where people meet: one calendar for the whole centre, so that a hall, a mediator or an
 * officer cannot be in two places, not even when two people book in the same instant.
 */
@NullMarked
package org.onedoor.schedule;

import org.jspecify.annotations.NullMarked;
