package org.onedoor.share;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.onedoor.people.Officer;
import org.onedoor.people.People;
import org.onedoor.people.Role;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /me}, agencies, officers, halls and kinds. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Directory")
class DirectoryApi {
  private final People people;
  private final Parameters parameters;

  DirectoryApi(People people, Parameters parameters) {
    this.people = people;
    this.parameters = parameters;
  }

  @GetMapping("/me")
  @Promise(value = "Who calls.", gives = Given.Person.class)
  Map<String, Object> me(Caller caller) {
    return officer(caller.who(), caller);
  }

  @GetMapping("/agencies")
  @Promise(value = "The agencies of the centre.", gives = Given.Agency.class, paged = true)
  Map<String, @Nullable Object> agencies(
      Caller caller,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(required = false) @Nullable String limit) {
    return Parameters.paged(
        directory(caller, people.directory().agencies().values()),
        after,
        limit,
        a -> {
          var agency = new LinkedHashMap<String, Object>();
          agency.put("id", a.id());
          agency.put("name", a.name().in(caller.locale()));
          agency.put("letters", a.letters().in(caller.locale()));
          agency.put("colour", a.colour());
          people.directory().partOf(a.id()).ifPresent(o -> agency.put("mergedInto", o.id()));
          return agency;
        });
  }

  @GetMapping("/officers")
  @Promise(value = "The people of the centre.", gives = Given.Person.class, paged = true)
  Map<String, @Nullable Object> officers(
      Caller caller,
      @Parameter(description = "An agency they belong to.") @RequestParam(required = false)
          @Nullable String agency,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(required = false) @Nullable String limit) {
    var of = parameters.agency(agency);
    return Parameters.paged(
        directory(caller, people.directory().officers().values()).stream()
            .filter(o -> of == null || o.agency().equals(of))
            .toList(),
        after,
        limit,
        o -> officer(o, caller));
  }

  private static Map<String, Object> officer(Officer o, Caller caller) {
    return Map.of(
        "id",
        o.id(),
        "name",
        o.name().in(caller.locale()),
        "agency",
        o.agency(),
        "roles",
        o.roles().stream().sorted().map(r -> r.word()).toList());
  }

  @GetMapping("/halls")
  @Promise(value = "The halls.", gives = Given.Hall.class, paged = true)
  Map<String, @Nullable Object> halls(
      Caller caller,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(required = false) @Nullable String limit) {
    return Parameters.paged(
        directory(caller, people.directory().halls().values()),
        after,
        limit,
        h ->
            Map.of(
                "id",
                h.id(),
                "name",
                h.name().in(caller.locale()),
                "seats",
                h.seats(),
                "stepFree",
                h.stepFree(),
                "waitingRooms",
                h.waitingRooms(),
                "equipment",
                h.equipment()));
  }

  @GetMapping("/kinds")
  @Promise(
      value = "The centre's own list of kinds of cases.",
      gives = Given.Kind.class,
      paged = true)
  Map<String, @Nullable Object> kinds(
      Caller caller,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(required = false) @Nullable String limit) {
    return Parameters.paged(
        directory(caller, people.directory().kinds()),
        after,
        limit,
        k -> {
          var kind = new LinkedHashMap<String, Object>();
          kind.put("id", k.code());
          kind.put("name", k.name().in(caller.locale()));
          if (k.parent() != null) kind.put("parent", k.parent());
          return kind;
        });
  }

  /** Trainees have no directory. */
  private static <T> List<T> directory(Caller caller, Collection<T> all) {
    return caller.only(Role.TRAINEE) ? List.of() : List.copyOf(all);
  }
}
