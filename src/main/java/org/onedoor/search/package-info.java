/**
 * Finding things in Chinese and English: an index that is a fold of the log with its position
 * inside, so that it can be deleted and made anew; lists and counts come from it too.
 */
@NullMarked
package org.onedoor.search;

import org.jspecify.annotations.NullMarked;
