package org.onedoor.people;

import static org.onedoor.people.Refused.Code.NOT_FOUND;
import static org.onedoor.people.Role.ADMIN;
import static org.onedoor.people.Role.CLERK;
import static org.onedoor.people.Role.COORDINATOR;
import static org.onedoor.people.Role.DIRECTOR;
import static org.onedoor.people.Role.MEDIATOR;
import static org.onedoor.people.Role.OFFICER;

import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Entry;
import org.onedoor.event.Event;
import org.onedoor.log.Fact;
import org.onedoor.log.Folds;
import org.onedoor.log.Following;
import org.onedoor.log.Hub;
import org.onedoor.log.Watchers;
import org.onedoor.log.Which;
import org.onedoor.people.Access.NoteHead;
import org.springframework.stereotype.Component;

/**
 * Who is here and who may see what. {@link #maySee} is the only place where that is decided; views,
 * sockets, search, lists and exports ask it, and {@link #terms} is the same answer as a filter for
 * an index.
 *
 * <p>Easy to get wrong: being an administrator opens no case, and a clerk sees facts but no note.
 */
@Component
public final class People {
  public static final String STREAM = "people";

  private static final Pattern CASE = Pattern.compile("\\d{4}-\\d{4,9}");

  /** Cases whose access is remembered; about a kilobyte each. */
  private static final int REMEMBERED = 20_000;

  private final Hub hub;
  private final Folds<Access> access;
  private final Watchers watchers = new Watchers("onedoor.people");
  private volatile Directory directory = Directory.EMPTY;

  public People(Hub hub) {
    this.hub = hub;
    hub.fold(
        Which.stream(STREAM),
        entry -> {
          if (entry.stream().equals(STREAM)) directory = directory.after(entry);
        });
    var _ = hub.listen("people", this::tell, watchers::tell);
    access =
        new Folds<>(
            hub,
            REMEMBERED,
            e -> e.about(),
            id -> Which.about(id).only(Access.KINDS),
            Access::none,
            Access::after);
  }

  public Directory directory() {
    return directory;
  }

  /** Calls whenever the directory has changed, on a thread that must not wait. */
  public Following watch(Runnable changed) {
    return watchers.add(changed);
  }

  private void tell(Entry entry) {
    if (entry.stream().equals(STREAM)) watchers.tell();
  }

  public ZoneId zone() {
    return directory.zone();
  }

  public Optional<Officer> officer(String id) {
    return directory.officer(id);
  }

  /** Somebody whose account is not disabled. */
  public Optional<Officer> active(String id) {
    return officer(id).filter(o -> !o.roles().isEmpty());
  }

  /** Whoever is held in an open screen or socket, as they are now. */
  private Officer now(Officer held) {
    return officer(held.id()).orElse(held);
  }

  /** The agency and all that are one with it. */
  private Set<String> family(String agency) {
    return directory.family(directory.now(agency));
  }

  /** Who is in a case; one with an empty status if there is no such case. */
  public Access access(String caseId) {
    // whoever asks for what cannot be a case must not push real ones out of memory
    return CASE.matcher(caseId).matches() ? access.get(caseId) : Access.none(caseId);
  }

  /**
   * How many facts a case's own stream has, all of them folded. Who decides on {@link #access} for
   * another stream asks this first and appends {@linkplain Fact#given given} it, or the case may be
   * closed in the same instant.
   */
  public int version(String caseId) {
    var version = hub.version("case/" + caseId);
    hub.await(hub.head().position());
    return version;
  }

  /** Adds to the directory (agency, account, hall …). */
  public void add(Event event, String by) {
    hub.settle(() -> new Fact(STREAM, directory.version(), event, by));
  }

  /** The one question. */
  public boolean maySee(Officer held, Thing thing) {
    var who = now(held);
    var in = access(thing.caseId());
    return in.exists()
        && switch (thing) {
          case Thing.Facts _ -> seesFacts(who, in);
          case Thing.Session _ -> seesFacts(who, in);
          case Thing.Particulars _ -> needsParticulars(who, in);
          case Thing.Note note -> {
            var head = in.notes().get(note.noteId());
            yield head != null && reads(who, in, head);
          }
        };
  }

  /** Throws the refusal for what one may not know of: as if it did not exist. */
  public void mustSee(Officer who, Thing thing) {
    if (!maySee(who, thing)) throw new Refused(NOT_FOUND, "people.notFound");
  }

  private boolean seesFacts(Officer who, Access in) {
    return who.is(CLERK) || who.is(COORDINATOR) || who.is(DIRECTOR) || isIn(who, in);
  }

  /** Who has to reach the parties: the desk, the coordinator, the agency that leads. */
  private static boolean needsParticulars(Officer who, Access in) {
    return who.is(CLERK) || who.is(COORDINATOR) || (who.is(OFFICER) && who.actsFor(in.lead()));
  }

  private static boolean has(Officer who, Access in) {
    return who.agencies().stream().anyMatch(in::has);
  }

  /** By office: an officer of an agency in the case, or a mediator of one of its sessions. */
  private static boolean isIn(Officer who, Access in) {
    return (who.is(OFFICER) && has(who, in)) || (who.is(MEDIATOR) && in.mediates(who.id()));
  }

  /** Whether one could read a note for this audience, if there were one. */
  public boolean mayRead(Officer who, String caseId, String audience, @Nullable String agency) {
    var in = access(caseId);
    return in.exists()
        && reads(now(who), in, new NoteHead("", "", audience, agency, List.of(), null, 0));
  }

  private boolean reads(Officer who, Access in, NoteHead note) {
    return switch (note.audience()) {
      case "joint" -> who.is(COORDINATOR) || isIn(who, in);
      case "agency" ->
          who.actsFor(note.agency()) && (who.is(COORDINATOR) || (who.is(OFFICER) && has(who, in)));
      case "caucus" -> note.readers().contains(who.id()) && (who.is(COORDINATOR) || isIn(who, in));
      case "decision" -> who.is(COORDINATOR) || who.is(DIRECTOR) || isIn(who, in);
      default -> false;
    };
  }

  /**
   * What a person brings to an index whose documents carry {@link #audience}: a document is seen by
   * whom it shares a term with.
   */
  public Set<String> terms(Officer held) {
    var who = now(held);
    var terms = new LinkedHashSet<String>();
    for (var role : who.roles()) {
      if (role == ADMIN) continue;
      terms.add("role:" + role.word());
      for (var agency : who.agencies()) {
        if (role == COORDINATOR || role == OFFICER) terms.add("own:" + agency + ":" + role.word());
        if (role == OFFICER) terms.add("agency:" + agency);
      }
      if (role == MEDIATOR) terms.add("mediator:" + who.id());
    }
    return terms;
  }

  /** Who may see a case's facts, as terms for an index. */
  public static Set<String> audience(Access in) {
    var terms = new LinkedHashSet<String>();
    terms.add("role:clerk");
    terms.add("role:director");
    addIn(terms, in);
    return terms;
  }

  /** Who may find a case by its parties' particulars, as terms for an index. */
  public static Set<String> particulars(Access in) {
    var terms = new LinkedHashSet<>(List.of("role:clerk", "role:coordinator"));
    if (in.lead() != null) terms.add("agency:" + in.lead());
    return terms;
  }

  /** Who may read a note, as terms for an index. */
  public Set<String> audience(Access in, NoteHead note) {
    var terms = new LinkedHashSet<String>();
    switch (note.audience()) {
      case "joint" -> addIn(terms, in);
      case "decision" -> {
        terms.add("role:director");
        addIn(terms, in);
      }
      case "agency" -> {
        terms.add("own:" + note.agency() + ":coordinator");
        if (note.agency() != null && family(note.agency()).stream().anyMatch(in::has))
          terms.add("own:" + note.agency() + ":officer");
      }
      default -> {} // a caucus note is in no index: its readers find it in its room
    }
    return terms;
  }

  private static void addIn(Set<String> terms, Access in) {
    terms.add("role:coordinator");
    if (in.lead() != null) terms.add("agency:" + in.lead());
    in.assisting().forEach(a -> terms.add("agency:" + a));
    if (in.open())
      in.sessions().values().forEach(all -> all.forEach(m -> terms.add("mediator:" + m)));
  }
}
