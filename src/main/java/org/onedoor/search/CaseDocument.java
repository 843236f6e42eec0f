package org.onedoor.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import org.onedoor.event.Party;
import org.onedoor.note.Notes;
import org.onedoor.people.Access;
import org.onedoor.people.Access.NoteHead;
import org.onedoor.people.People;
import org.onedoor.room.CaseRoom;
import org.onedoor.room.Due;
import org.onedoor.room.Rooms;
import org.springframework.stereotype.Component;

/** A case and its notes as documents: what can be found, by whom, and what a list shows of it. */
@Component
final class CaseDocument {
  private final Rooms rooms;
  private final People people;
  private final Notes notes;

  CaseDocument(Rooms rooms, People people, Notes notes) {
    this.rooms = rooms;
    this.people = people;
    this.notes = notes;
  }

  /** The documents of a case: itself first, then its joint and agency notes. */
  List<Document> of(String caseId) {
    var room = rooms.get(caseId);
    if (!room.exists()) return List.of();
    var access = people.access(caseId);
    var all = new ArrayList<Document>();
    all.add(facts(room, access));
    for (var head : access.notes().values()) note(room, access, head).ifPresent(all::add);
    return all;
  }

  Optional<Document> note(String caseId, String noteId) {
    var access = people.access(caseId);
    var head = access.notes().get(noteId);
    return head == null ? Optional.empty() : note(rooms.get(caseId), access, head);
  }

  private Document facts(CaseRoom room, Access access) {
    var doc = shared(room, People.audience(access));
    doc.add(new StringField("t", "case", Store.YES));
    doc.add(new TextField("title", room.title(), Store.YES));
    doc.add(new TextField("text", room.title() + "\n" + room.words() + contacts(room), Store.YES));
    doc.add(new TextField("id", room.id(), Store.NO));
    for (var party : room.parties()) person(doc, party);
    People.particulars(access).forEach(t -> doc.add(new StringField("reach", t, Store.NO)));
    number(doc, "number", ordered(room.id()));
    if (room.externalNumber() != null)
      doc.add(new StoredField("externalNumber", room.externalNumber()));
    sorted(
        doc,
        "titleSort",
        room.title().length() > 100 ? room.title().substring(0, 100) : room.title());
    number(doc, "changed", room.changed().toEpochMilli());
    var due = Due.of(room, people.zone());
    if (due != null) {
      doc.add(new StringField("dueWhat", due.what(), Store.YES));
      number(doc, "dueOn", due.on().toEpochDay());
    }
    if (room.lead() == null) doc.add(new StringField("unassigned", "yes", Store.NO));
    else doc.add(new StringField("lead", room.lead(), Store.YES));
    room.assisting().forEach(a -> doc.add(new StoredField("assisting", a)));
    room.assigned().forEach((a, at) -> doc.add(new LongPoint(assigned(a), at.toEpochMilli())));
    if (room.closed() != null) doc.add(new StoredField("outcome", room.closed().outcome()));
    return doc;
  }

  /** A case's number as one that sorts: by year, then by the number in the year. */
  static long ordered(String id) {
    return Long.parseLong(id.substring(0, 4)) * 1_000_000_000L + Long.parseLong(id.substring(5));
  }

  /** Since when an agency has been in a case is a field of its own for each agency. */
  static String assigned(String agency) {
    return "assigned/" + agency;
  }

  private static String contacts(CaseRoom room) {
    var text = new StringBuilder();
    room.contacts().forEach(c -> text.append('\n').append(c.words()));
    if (room.closed() != null) text.append('\n').append(room.closed().summary());
    return text.toString();
  }

  private static void person(Document doc, Party party) {
    var person = party.person();
    if (person == null) return;
    var known = new ArrayList<String>();
    for (var text : new @Nullable String[] {person.name(), person.contact()})
      if (text != null) known.add(text);
    doc.add(new TextField("party", String.join("\n", known), Store.YES));
    doc.add(new StringField("name", person.name(), Store.NO));
    var phone = digits(person.phone());
    if (!phone.isEmpty()) doc.add(new StringField("phone", phone, Store.NO));
    if (person.address() != null) doc.add(new TextField("address", person.address(), Store.NO));
  }

  /** A telephone number as its digits, however it was written. */
  static String digits(@Nullable String phone) {
    return phone == null ? "" : phone.replaceAll("\\D", "");
  }

  private Optional<Document> note(CaseRoom room, Access access, NoteHead head) {
    var audience = people.audience(access, head);
    if (audience.isEmpty()) return Optional.empty();
    var note = notes.note(room.id(), head.id());
    var doc = shared(room, audience);
    doc.add(new StringField("t", "note", Store.YES));
    doc.add(new StringField("note", head.id(), Store.YES));
    doc.add(new TextField("title", head.title(), Store.YES));
    doc.add(new TextField("text", head.title() + "\n" + note.text(), Store.YES));
    number(doc, "changed", note.changed().toEpochMilli());
    return Optional.of(doc);
  }

  private Document shared(CaseRoom room, Set<String> audience) {
    var doc = new Document();
    doc.add(new StringField("case", room.id(), Store.YES));
    doc.add(new StoredField("caseTitle", room.title()));
    audience.forEach(a -> doc.add(new StringField("see", a, Store.NO)));
    facet(doc, "status", room.status());
    if (room.kind() != null) facet(doc, "kind", room.kind());
    if (room.lead() != null) facet(doc, "agency", room.lead());
    room.assisting().forEach(a -> facet(doc, "agency", a));
    doc.add(new StoredField("channel", room.channel()));
    number(doc, "registered", room.registeredAt().toEpochMilli());
    return doc;
  }

  private static void facet(Document doc, String name, String value) {
    doc.add(new StringField(name, value, Store.YES));
    doc.add(new SortedSetDocValuesField(name + "Facet", new BytesRef(value)));
  }

  private static void number(Document doc, String name, long value) {
    doc.add(new LongPoint(name, value));
    doc.add(new NumericDocValuesField(name, value));
    doc.add(new StoredField(name, value));
  }

  private static void sorted(Document doc, String name, String value) {
    doc.add(new SortedDocValuesField(name, new BytesRef(value)));
  }
}
