package org.onedoor.search;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A case as one line of a list, straight from the index. */
public record CaseLine(
    String id,
    String title,
    String status,
    @Nullable String kind,
    String channel,
    Instant registeredAt,
    Instant changed,
    @Nullable String lead,
    List<String> assisting,
    @Nullable String dueWhat,
    @Nullable LocalDate dueOn,
    @Nullable String outcome,
    @Nullable String externalNumber) {}
