package org.onedoor.event;

/**
 * A free text as it is to read once a person is forgotten.
 *
 * @param stream where it stands
 * @param version in which entry of that stream
 * @param field which of its texts
 */
public record Reworded(String stream, int version, String field, String text) {}
