package org.onedoor.event;

import org.jspecify.annotations.Nullable;

/** A class of the centre's own list of what petitions are about (three levels). */
public record Kind(String code, Label name, @Nullable String parent) {}
