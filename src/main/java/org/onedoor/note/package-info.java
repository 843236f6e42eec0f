/**
 * Notes in which several people type at once: every letter has an author, is on disk before it is
 * acknowledged, and late ones are moved over what others wrote meanwhile, so that a slow line
 * starves nobody and no word is lost or doubled.
 */
@NullMarked
package org.onedoor.note;

import org.jspecify.annotations.NullMarked;
