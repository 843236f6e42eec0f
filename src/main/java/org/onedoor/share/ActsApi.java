package org.onedoor.share;

import static org.onedoor.people.Refused.Code.CHANGED;
import static org.onedoor.people.Refused.Code.NOT_ALLOWED;
import static org.onedoor.people.Refused.Code.NOT_NOW;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.onedoor.event.Event.Contact;
import org.onedoor.event.Event.PartyAdded;
import org.onedoor.room.Rooms;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /cases/ID/…}: everything that is done with a case. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Cases")
class ActsApi {
  private final Rooms rooms;
  private final Told told;

  ActsApi(Rooms rooms, Told told) {
    this.rooms = rooms;
    this.told = told;
  }

  @PostMapping("/cases/{id}/correct")
  @Promise(
      value = "Puts right what was registered; both versions stay in the history.",
      takes = Sent.Correct.class,
      gives = Given.Case.class,
      refuses = {NOT_ALLOWED, CHANGED, NOT_NOW})
  ResponseEntity<?> correct(Caller caller, @PathVariable String id, Body body) {
    return acted(
        caller,
        id,
        body,
        once ->
            rooms.correct(
                caller.who(),
                id,
                body.text("field"),
                body.text("was"),
                body.text("is"),
                body.text("reason"),
                once));
  }

  @PostMapping("/cases/{id}/parties")
  @Promise(
      value = "Adds a party.",
      takes = Sent.Party.class,
      gives = Given.Made.class,
      status = 201,
      refuses = {NOT_ALLOWED, NOT_NOW})
  ResponseEntity<?> parties(Caller caller, @PathVariable String id, Body body) {
    return caller.writes(
        body,
        once -> rooms.addParty(caller.who(), id, CasesApi.party(body), once),
        entry -> Answer.of(201, Map.of("id", ((PartyAdded) entry.event()).party().id())));
  }

  @PostMapping("/cases/{id}/contacts")
  @Promise(
      value = "A further visit, call or letter on the same case.",
      takes = Sent.FurtherContact.class,
      gives = Given.Made.class,
      status = 201,
      refuses = {NOT_ALLOWED, NOT_NOW})
  ResponseEntity<?> contacts(Caller caller, @PathVariable String id, Body body) {
    return caller.writes(
        body,
        once -> {
          var at = body.time("at");
          return rooms.contact(
              caller.who(),
              id,
              body.text("channel"),
              body.text("words"),
              at == null ? null : at.toInstant(),
              once);
        },
        entry -> Answer.of(201, Map.of("id", ((Contact) entry.event()).id())));
  }

  @PostMapping("/cases/{id}/accept")
  @Promise(
      value = "Accepts a case.",
      gives = Given.Case.class,
      refuses = {NOT_ALLOWED, NOT_NOW})
  ResponseEntity<?> accept(Caller caller, @PathVariable String id, Body body) {
    return acted(caller, id, body, once -> rooms.accept(caller.who(), id, once));
  }

  @PostMapping("/cases/{id}/decline")
  @Promise(
      value = "Refuses a petition.",
      takes = Sent.Reason.class,
      gives = Given.Case.class,
      refuses = {NOT_ALLOWED, NOT_NOW})
  ResponseEntity<?> decline(Caller caller, @PathVariable String id, Body body) {
    return acted(
        caller, id, body, once -> rooms.decline(caller.who(), id, body.text("reason"), once));
  }

  @PostMapping("/cases/{id}/object")
  @Promise(
      value = "\"Not ours\": takes the caller's agency out.",
      takes = Sent.Reason.class,
      gives = Given.Case.class,
      refuses = {NOT_ALLOWED, NOT_NOW})
  ResponseEntity<?> object(Caller caller, @PathVariable String id, Body body) {
    return acted(
        caller, id, body, once -> rooms.object(caller.who(), id, body.text("reason"), once));
  }

  @PostMapping("/cases/{id}/close")
  @Promise(
      value = "Closes a case.",
      takes = Sent.Ending.class,
      gives = Given.Case.class,
      refuses = {NOT_ALLOWED, NOT_NOW})
  ResponseEntity<?> close(Caller caller, @PathVariable String id, Body body) {
    return acted(
        caller,
        id,
        body,
        once -> rooms.close(caller.who(), id, body.text("outcome"), body.text("summary"), once));
  }

  @PostMapping("/cases/{id}/reopen")
  @Promise(
      value = "Reopens a closed or declined case.",
      takes = Sent.Reason.class,
      gives = Given.Case.class,
      refuses = {NOT_ALLOWED, NOT_NOW})
  ResponseEntity<?> reopen(Caller caller, @PathVariable String id, Body body) {
    return acted(
        caller, id, body, once -> rooms.reopen(caller.who(), id, body.text("reason"), once));
  }

  @PostMapping("/cases/{id}/lead")
  @Promise(
      value = "Names the agency that leads.",
      takes = Sent.ToAgency.class,
      gives = Given.Case.class,
      refuses = {NOT_ALLOWED, NOT_NOW})
  ResponseEntity<?> lead(Caller caller, @PathVariable String id, Body body) {
    return acted(caller, id, body, once -> rooms.lead(caller.who(), id, body.text("agency"), once));
  }

  @PostMapping("/cases/{id}/assist")
  @Promise(
      value = "Calls an agency in.",
      takes = Sent.ToAgency.class,
      gives = Given.Case.class,
      refuses = {NOT_ALLOWED, NOT_NOW})
  ResponseEntity<?> assist(Caller caller, @PathVariable String id, Body body) {
    return acted(
        caller, id, body, once -> rooms.assist(caller.who(), id, body.text("agency"), once));
  }

  @PostMapping("/cases/{id}/release")
  @Promise(
      value = "Lets an agency go.",
      takes = Sent.LetGo.class,
      gives = Given.Case.class,
      refuses = {NOT_ALLOWED, NOT_NOW})
  ResponseEntity<?> release(Caller caller, @PathVariable String id, Body body) {
    return acted(
        caller,
        id,
        body,
        once -> rooms.release(caller.who(), id, body.text("agency"), body.text("reason"), once));
  }

  private ResponseEntity<?> acted(
      Caller caller, String id, Body body, Function<@Nullable String, Entry> act) {
    // not asked for as seen: who objects has left the case by what they did
    return caller.writes(body, act, _ -> Answer.of(200, told.aCase(caller.who(), rooms.get(id))));
  }
}
