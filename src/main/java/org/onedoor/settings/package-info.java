/**
 * Setting a centre up and keeping it: its agencies, accounts, halls and lists, and everybody's own
 * page; because who comes in, and as what, is decided on a screen and stands in the log.
 */
@NullMarked
package org.onedoor.settings;

import org.jspecify.annotations.NullMarked;
