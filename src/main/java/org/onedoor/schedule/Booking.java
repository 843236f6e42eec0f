package org.onedoor.schedule;

import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A session somebody wants, in the centre's wall time; {@code to} is exclusive. */
public record Booking(
    @Nullable String caseId,
    @Nullable String kind,
    @Nullable LocalDateTime from,
    @Nullable LocalDateTime to,
    @Nullable String hall,
    List<String> mediators,
    List<String> officers,
    List<String> agencies,
    List<String> parties) {}
