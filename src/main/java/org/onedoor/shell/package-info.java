/**
 * The house around the rooms: start, sign-in, layout, navigation, errors, health, the demo centre
 * and the command line.
 */
@NullMarked
package org.onedoor.shell;

import org.jspecify.annotations.NullMarked;
