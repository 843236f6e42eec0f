package org.onedoor.schedule;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.onedoor.event.Event;
import org.onedoor.event.Event.HallBlocked;
import org.onedoor.event.Event.HallUnblocked;
import org.onedoor.event.Event.SessionBooked;
import org.onedoor.event.Event.SessionCancelled;
import org.onedoor.event.Event.SessionHeld;
import org.onedoor.event.Event.SessionMoved;

/**
 * All sessions: the fold of the stream {@code calendar}, with a shelf per day so that ten years of
 * it answer at once. Changed in place under its own lock, by one thread: the log's follower.
 */
public final class Calendar {
  public static final String STREAM = "calendar";

  private static final Comparator<Session> ORDER =
      Comparator.comparing(Session::from).thenComparing(Session::id);

  private final Map<String, Session> sessions = new HashMap<>();
  private final TreeMap<LocalDate, List<String>> days = new TreeMap<>();
  private final Map<String, List<String>> cases = new HashMap<>();
  private final Map<String, Block> blocks = new LinkedHashMap<>();
  private int version;

  /** A time in which a hall cannot be booked; wall time, the end exclusive. */
  public record Block(
      String id, String hall, LocalDateTime from, LocalDateTime to, ZoneId zone, String reason) {
    boolean overlaps(LocalDateTime others, LocalDateTime until) {
      return from.isBefore(until) && others.isBefore(to);
    }
  }

  /**
   * Something that is in the way of a session: whose it is, and until when.
   *
   * @param session which has it; null: the hall is blocked
   * @param reason why it is blocked
   */
  public record Clash(
      String what,
      String id,
      LocalDateTime from,
      LocalDateTime to,
      ZoneId zone,
      @Nullable Session session,
      @Nullable String reason) {
    static Clash of(String what, String id, Session s) {
      return new Clash(what, id, s.from(), s.to(), s.zone(), s, null);
    }

    static Clash of(Block b) {
      return new Clash("hall", b.hall(), b.from(), b.to(), b.zone(), null, b.reason());
    }
  }

  synchronized void take(Entry entry) {
    if (!entry.stream().equals(STREAM) || entry.version() <= version) return;
    version = entry.version();
    switch (entry.event()) {
      case SessionBooked e -> {
        put(
            new Session(
                e.id(),
                e.about(),
                e.kind(),
                e.from(),
                e.to(),
                ZoneId.of(e.zone()),
                e.hall(),
                e.mediators(),
                e.officers(),
                e.agencies(),
                e.parties(),
                "booked"));
        cases.computeIfAbsent(e.about(), _ -> new ArrayList<>()).add(e.id());
      }
      case SessionMoved e -> change(e.id(), s -> s.at(e.from(), e.to(), e.hall()));
      case SessionCancelled e -> change(e.id(), s -> s.state("cancelled"));
      case SessionHeld e -> change(e.id(), s -> s.state("held"));
      case HallBlocked e ->
          blocks.put(
              e.id(),
              new Block(e.id(), e.hall(), e.from(), e.to(), ZoneId.of(e.zone()), e.reason()));
      case HallUnblocked e -> blocks.remove(e.id());
      case Event _ -> {} // a newer program's
    }
  }

  private void change(String id, UnaryOperator<Session> how) {
    var was = sessions.get(id);
    if (was == null) return;
    for (var day = was.from().toLocalDate();
        !day.isAfter(was.to().toLocalDate());
        day = day.plusDays(1)) days.getOrDefault(day, new ArrayList<>()).remove(id);
    put(how.apply(was));
  }

  private void put(Session s) {
    sessions.put(s.id(), s);
    for (var day = s.from().toLocalDate();
        !day.isAfter(s.to().toLocalDate());
        day = day.plusDays(1)) days.computeIfAbsent(day, _ -> new ArrayList<>()).add(s.id());
  }

  /** How many entries the stream has. */
  synchronized int version() {
    return version;
  }

  public synchronized Optional<Session> session(String id) {
    return Optional.ofNullable(sessions.get(id));
  }

  /** Sessions that take place at any time between, in order of time, cancelled ones too. */
  public synchronized List<Session> between(LocalDateTime from, LocalDateTime to) {
    if (to.isBefore(from)) return List.of();
    return days.subMap(from.toLocalDate(), true, to.toLocalDate(), true).values().stream()
        .flatMap(List::stream)
        .distinct()
        .map(id -> Objects.requireNonNull(sessions.get(id)))
        .filter(s -> s.overlaps(from, to))
        .sorted(ORDER)
        .toList();
  }

  /** Times between in which a hall cannot be booked, in order of time. */
  public synchronized List<Block> blocked(LocalDateTime from, LocalDateTime to) {
    return blocks.values().stream()
        .filter(b -> b.overlaps(from, to))
        .sorted(Comparator.comparing(Block::from).thenComparing(Block::id))
        .toList();
  }

  synchronized Optional<Block> block(String id) {
    return Optional.ofNullable(blocks.get(id));
  }

  /** All sessions of a case, in order of time. */
  public synchronized List<Session> of(String caseId) {
    return cases.getOrDefault(caseId, List.of()).stream()
        .map(id -> Objects.requireNonNull(sessions.get(id)))
        .sorted(ORDER)
        .toList();
  }

  /**
   * What is in the way of a session: the hall and each person can be in one place at a time;
   * agencies can be in two; touching is free; a session is never in its own way.
   */
  public synchronized List<Clash> clashes(Session wanted) {
    var all = new ArrayList<Clash>();
    for (var block : blocked(wanted.from(), wanted.to()))
      if (block.hall().equals(wanted.hall())) all.add(Clash.of(block));
    for (var other : between(wanted.from(), wanted.to())) {
      if (other.id().equals(wanted.id()) || other.state().equals("cancelled")) continue;
      if (other.hall().equals(wanted.hall())) all.add(Clash.of("hall", other.hall(), other));
      both(wanted.mediators(), other, other.mediators(), "mediator", all);
      both(wanted.officers(), other, other.officers(), "officer", all);
      // one person may mediate here and sit there as an officer: still one person
      both(wanted.mediators(), other, other.officers(), "mediator", all);
      both(wanted.officers(), other, other.mediators(), "officer", all);
      both(wanted.parties(), other, other.parties(), "party", all);
    }
    return all;
  }

  private static void both(
      List<String> wanted, Session other, List<String> taken, String what, List<Clash> all) {
    for (var id : wanted)
      if (taken.contains(id)
          && all.stream().noneMatch(c -> c.id().equals(id) && other.equals(c.session())))
        all.add(Clash.of(what, id, other));
  }
}
