package org.onedoor.share;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.onedoor.event.Payload;
import org.onedoor.note.Notes;
import org.onedoor.people.Role;
import org.onedoor.room.Intake;
import org.onedoor.room.Rooms;
import org.onedoor.schedule.Sessions;

/** A field or parameter that takes certain words only. */
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@interface OneOf {
  Vocabulary value();

  /** The words themselves: where the program asks for them, the document takes them from there. */
  enum Vocabulary {
    STATUS(CasesApi.STATUS),
    CHANNEL(Intake.CHANNELS),
    ROLE(Stream.of(Role.values()).map(Role::word).toList()),
    PARTY_ROLE(Intake.PARTY_ROLES),
    PARTY_TYPE(Intake.PARTY_TYPES),
    OUTCOME(Rooms.OUTCOMES),
    AUDIENCE(Notes.AUDIENCES),
    SESSION(Sessions.KINDS),
    SESSION_STATE(List.of("booked", "cancelled", "held")),
    TAKEN(List.of("taken")),
    CLASH(List.of("hall", "officer", "mediator", "party")),
    DUE(List.of("accept", "handle")),
    JOB(List.of("waiting", "running", "done", "failed")),
    ENTRY(Payload.kinds().keySet().stream().sorted().toList());

    @SuppressWarnings("ImmutableEnumChecker") // a copy nobody can change
    final List<String> words;

    Vocabulary(Collection<String> words) {
      // a set has no order of its own, and the document reads the same each time
      this.words = words instanceof List<String> list ? list : words.stream().sorted().toList();
    }
  }
}
