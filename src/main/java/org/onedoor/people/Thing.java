package org.onedoor.people;

/** What one may or may not see; the columns of the rights table. */
public sealed interface Thing {

  /** The case somebody asks about. */
  String caseId();

  /** A case's facts, parties and timeline. */
  record Facts(String caseId) implements Thing {}

  /** The telephone numbers, identity numbers and addresses of a case's parties. */
  record Particulars(String caseId) implements Thing {}

  /** A note's text, and that there is such a note. */
  record Note(String caseId, String noteId) implements Thing {}

  /** What a session is about and who comes; without it a session is only "taken". */
  record Session(String caseId) implements Thing {}
}
