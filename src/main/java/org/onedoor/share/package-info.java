/**
 * The public contract: REST, the live feed and the import, for other systems and scripts; it
 * translates and never decides.
 */
@NullMarked
package org.onedoor.share;

import org.jspecify.annotations.NullMarked;
