package org.onedoor.share;

import static org.onedoor.people.Refused.Code.CONFLICT;
import static org.onedoor.people.Refused.Code.NOT_ALLOWED;
import static org.onedoor.people.Refused.Code.NOT_FOUND;
import static org.onedoor.people.Refused.Code.NOT_NOW;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.onedoor.event.Event.SessionBooked;
import org.onedoor.people.People;
import org.onedoor.people.Role;
import org.onedoor.schedule.Booking;
import org.onedoor.schedule.Sessions;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /sessions}: booking, moving, cancelling, holding, and what is taken. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Sessions")
class SessionsApi {
  private final People people;
  private final Sessions sessions;
  private final Parameters parameters;
  private final Told told;

  SessionsApi(People people, Sessions sessions, Parameters parameters, Told told) {
    this.people = people;
    this.sessions = sessions;
    this.parameters = parameters;
    this.told = told;
  }

  @PostMapping("/sessions")
  @Promise(
      value = "Books a session; never double.",
      takes = Sent.Booking.class,
      gives = Given.Made.class,
      status = 201,
      refuses = {NOT_ALLOWED, NOT_FOUND, CONFLICT, NOT_NOW})
  ResponseEntity<?> book(Caller caller, Body body) {
    return caller.writes(
        body,
        once ->
            sessions.book(
                caller.who(),
                new Booking(
                    body.text("case"),
                    body.text("kind"),
                    told.wall(body.time("from")),
                    told.wall(body.time("to")),
                    body.text("hall"),
                    body.texts("mediators"),
                    body.texts("officers"),
                    body.texts("agencies"),
                    body.texts("parties")),
                once),
        entry -> Answer.of(201, Map.of("id", ((SessionBooked) entry.event()).id())));
  }

  @PostMapping("/sessions/{id}/move")
  @Promise(
      value = "Moves a session to another time or hall.",
      takes = Sent.Move.class,
      gives = Given.Session.class,
      refuses = {NOT_ALLOWED, CONFLICT, NOT_NOW})
  ResponseEntity<?> move(Caller caller, @PathVariable String id, Body body) {
    return session(
        caller,
        id,
        body,
        once ->
            sessions.move(
                caller.who(),
                id,
                told.wall(body.time("from")),
                told.wall(body.time("to")),
                body.text("hall"),
                once));
  }

  @PostMapping("/sessions/{id}/cancel")
  @Promise(
      value = "Cancels a session.",
      takes = Sent.Reason.class,
      gives = Given.Session.class,
      refuses = {NOT_ALLOWED, NOT_NOW})
  ResponseEntity<?> cancel(Caller caller, @PathVariable String id, Body body) {
    return session(
        caller, id, body, once -> sessions.cancel(caller.who(), id, body.text("reason"), once));
  }

  @PostMapping("/sessions/{id}/held")
  @Promise(
      value = "Tells that a session took place, and who came.",
      takes = Sent.Attended.class,
      gives = Given.Session.class,
      refuses = {NOT_ALLOWED, NOT_NOW})
  ResponseEntity<?> held(Caller caller, @PathVariable String id, Body body) {
    return session(
        caller, id, body, once -> sessions.held(caller.who(), id, body.texts("attended"), once));
  }

  private ResponseEntity<?> session(
      Caller caller, String id, Body body, Function<@Nullable String, Entry> act) {
    return caller.writes(
        body,
        act,
        _ -> Answer.of(200, told.session(sessions.calendar().session(id).orElseThrow())));
  }

  @GetMapping("/sessions")
  @Promise(
      value = "The calendar; of sessions the caller may not see only when and where.",
      gives = {Given.Session.class, Given.Taken.class},
      paged = true)
  Map<String, @Nullable Object> sessions(
      Caller caller,
      @Parameter(description = "From this day of the centre, or instant, on.")
          @RequestParam(required = false)
          @Nullable String from,
      @Parameter(description = "Up to this day, or before this instant.")
          @RequestParam(required = false)
          @Nullable String to,
      @Parameter(description = "Only in this hall.") @RequestParam(required = false)
          @Nullable String hall,
      @Parameter(description = "Only with this officer or mediator.")
          @RequestParam(required = false)
          @Nullable String officer,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(required = false) @Nullable String limit) {
    var zone = people.zone();
    var begin = parameters.instant("from", from, false);
    var end = parameters.instant("to", to, true);
    var first =
        begin == null ? LocalDateTime.of(1, 1, 1, 0, 0) : LocalDateTime.ofInstant(begin, zone);
    var last =
        end == null ? LocalDateTime.of(9999, 1, 1, 0, 0) : LocalDateTime.ofInstant(end, zone);
    var in = Parameters.some(hall);
    var of = Parameters.some(officer);
    if (caller.only(Role.TRAINEE, Role.ADMIN)) return Parameters.page(List.of(), null);
    var found =
        sessions.all(caller.who(), first, last).stream()
            .filter(s -> in == null || s.session().hall().equals(in))
            .filter(s ->
                of == null
                    || (s.seen()
                        && (s.session().officers().contains(of)
                            || s.session().mediators().contains(of))))
            .toList();
    return Parameters.paged(
        found, after, limit, s -> s.seen() ? told.session(s.session()) : told.taken(s.session()));
  }
}
