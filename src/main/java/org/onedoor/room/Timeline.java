package org.onedoor.room;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.onedoor.event.Event;
import org.onedoor.event.Event.*;
import org.onedoor.event.Payload;
import org.onedoor.log.Hub;
import org.onedoor.log.Which;
import org.onedoor.people.Directory;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Thing;
import org.onedoor.people.Words;
import org.springframework.stereotype.Component;

/** What happened in a case, as plain sentences, for who may see it; typing is not told. */
@Component
public final class Timeline {
  private final Hub hub;
  private final People people;

  public Timeline(Hub hub, People people) {
    this.hub = hub;
    this.people = people;
  }

  /**
   * What happened about a case after a position that this officer may see, oldest first; close it.
   */
  public Stream<Entry> of(Officer who, String caseId, long after) {
    return hub.read(Which.about(caseId).but("typed"), after).filter(e -> sees(who, e));
  }

  /**
   * What happened in any case after a position that this officer may see, oldest first; close it.
   */
  public Stream<Entry> all(Officer who, long after) {
    return hub.read(Which.all().but("typed"), after).filter(e -> sees(who, e));
  }

  /** One thing that happened, as a sentence. */
  public record Line(Instant at, String said) {}

  /** The last things that happened that this officer may see, newest first. */
  public List<Line> newest(Officer who, String caseId, int most, Locale locale) {
    var newest = new ArrayDeque<Entry>();
    try (var entries = of(who, caseId, 0)) {
      entries.forEach(entry -> {
        newest.addFirst(entry);
        if (newest.size() > most) newest.removeLast();
      });
    }
    return newest.stream().map(entry -> new Line(at(entry), say(entry, locale))).toList();
  }

  /** Whether somebody may know of an entry: one about a note is seen by whom the note is. */
  public boolean sees(Officer who, Entry entry) {
    var about = entry.about();
    if (about == null || untold(entry, about)) return false;
    return people.maySee(
        who,
        entry.event() instanceof NoteOpened n
            ? new Thing.Note(about, n.id())
            : new Thing.Facts(about));
  }

  /** Letters; and what the log says of an erasure beside the one fact in the case's own stream. */
  private static boolean untold(Entry entry, String caseId) {
    return switch (entry.event()) {
      case Typed _, Restated _, Revealed _ -> true;
      case Erased _ -> !entry.stream().equals("case/" + caseId);
      case Event _ -> false;
    };
  }

  /** When it happened: its own time where it was told later. */
  public static Instant at(Entry entry) {
    var own =
        switch (entry.event()) {
          case Registered e -> e.at();
          case Contact e -> e.at();
          case Accepted e -> e.at();
          case Closed e -> e.at();
          case Event _ -> null;
        };
    return own == null ? entry.at() : own;
  }

  /** An entry as a sentence in the reader's language. */
  public String say(Entry entry, Locale locale) {
    var by = directory().officerName(entry.by(), locale);
    return switch (entry.event()) {
      case Registered e ->
          words(locale, "registered", by, Words.say(locale, "room.channel." + e.channel()));
      case Corrected e -> words(locale, "corrected", by, field(e.field(), locale), e.reason());
      case PartyAdded e -> words(locale, "party", by, name(e.party().name(), locale));
      case Contact e ->
          words(locale, "contact", by, Words.say(locale, "room.channel." + e.channel()), e.words());
      case Accepted _ -> words(locale, "accepted", by);
      case Declined e -> words(locale, "declined", by, e.reason());
      case Objected e ->
          words(locale, "objected", directory().agencyName(e.agency(), locale), e.reason());
      case LeadNamed e -> words(locale, "lead", by, directory().agencyName(e.agency(), locale));
      case AgencyInvited e ->
          words(locale, "assisting", by, directory().agencyName(e.agency(), locale));
      case AgencyReleased e ->
          words(locale, "released", by, directory().agencyName(e.agency(), locale), e.reason());
      case Closed e ->
          words(locale, "closed", by, Words.say(locale, "room.outcome." + e.outcome()));
      case Reopened e -> words(locale, "reopened", by, e.reason());
      case NoteOpened e -> words(locale, "note", by, e.title());
      case SessionBooked e ->
          words(
              locale, "booked", by, when(e.from(), locale), directory().hallName(e.hall(), locale));
      case SessionMoved e ->
          words(
              locale, "moved", by, when(e.from(), locale), directory().hallName(e.hall(), locale));
      case SessionCancelled e -> words(locale, "cancelled", by, e.reason());
      case SessionHeld _ -> words(locale, "held", by);
      case ErasureProposed e ->
          words(locale, e.party() == null ? "proposedCase" : "proposedParty", by, e.reason());
      case ErasureRefused e -> words(locale, "refusedErasure", by, e.reason());
      case Erased e -> words(locale, "erased", by, e.reason());
      case Emptied _ -> words(locale, "emptied");
      case Event e -> words(locale, "unknown", Payload.name(e));
    };
  }

  private static String words(Locale locale, String key, Object... args) {
    return Words.say(locale, "room.t." + key, args);
  }

  private static String field(String field, Locale locale) {
    return Words.say(locale, "room.field." + field);
  }

  private static String name(@Nullable String name, Locale locale) {
    return name == null ? Words.say(locale, "room.erasedName") : name;
  }

  /** A name as people say it; the console and the demo's teller have none of their own. */
  private Directory directory() {
    return people.directory();
  }

  /** Day of the week, day and clock: "Thu 26 Nov 14:30", "11月26日周四 14:30". */
  public static String when(LocalDateTime at, Locale locale) {
    return DateTimeFormatter.ofPattern(
            locale.getLanguage().equals("zh") ? "M月d日EE HH:mm" : "EEE d MMM HH:mm", locale)
        .format(at);
  }
}
