/**
 * The desk at which cases come in and are overlooked: the start page, lists, the register form with
 * earlier cases beside it, the receipt.
 */
@NullMarked
package org.onedoor.desk;

import org.jspecify.annotations.NullMarked;
