package org.onedoor.room;

import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import java.util.List;
import java.util.Map;
import org.onedoor.look.Notice;
import org.onedoor.look.WideText;
import org.onedoor.people.Officer;
import org.onedoor.people.Text;

/** An erasure that waits for a second pair of eyes: what it is, and the two answers. */
final class ProposalPanel extends Section {
  private final Officer who;
  private final Erasures erasures;
  private final String caseId;
  private final CaseRoom.Proposal proposal;

  ProposalPanel(
      Officer who,
      Erasures erasures,
      CaseRoom room,
      CaseRoom.Proposal proposal,
      Map<String, String> parties,
      String by) {
    this.who = who;
    this.erasures = erasures;
    this.caseId = room.id();
    this.proposal = proposal;
    setId("erasure");
    addClassName("proposal");
    var what = proposal.what();
    add(new H2(getTranslation("room.erasureWaits")));
    add(
        new Paragraph(
            what.party() == null
                ? getTranslation("room.erasureCase", by, what.reason())
                : getTranslation(
                    "room.erasureParty",
                    by,
                    parties.getOrDefault(what.party(), what.party()),
                    what.reason())));
    if (!Erasures.may(who)) return;
    if (proposal.by().equals(who.id())) {
      add(new Paragraph(getTranslation("room.erasureOther")));
      return;
    }
    var confirm = new NativeButton(getTranslation("room.erasureLook"), e -> look());
    confirm.addClassNames("btn", "pri");
    confirm.setId("erasure-look");
    var refuse = new NativeButton(getTranslation("room.erasureRefuse"), e -> refuse());
    refuse.addClassName("btn");
    refuse.setId("erasure-refuse");
    add(confirm, refuse);
  }

  /** How the texts will read is shown before it is done, because it cannot be undone. */
  private void look() {
    var texts =
        proposal.what().words().stream()
            .map(w -> {
              var area = new WideText(getTranslation("room.text." + w.field()), Text.WORDS);
              area.setValue(w.text());
              area.setReadOnly(true);
              return area;
            })
            .toList();
    var dialog =
        new AskDialog(
            getTranslation("room.erasureConfirm"),
            getTranslation("room.ask.confirmErasure"),
            Map.of(),
            texts,
            () -> {
              erasures.confirm(who, caseId, proposal.what().id());
              Notice.done(getTranslation("room.erasureDone"));
            });
    dialog.setWidth("40rem");
    dialog.open();
  }

  private void refuse() {
    var reason = new WideText(getTranslation("room.reason"), Text.REASON);
    new AskDialog(
            getTranslation("room.erasureRefuse"),
            "",
            Map.of("reason", reason),
            List.of(reason),
            () -> erasures.refuse(who, caseId, proposal.what().id(), reason.getValue()))
        .open();
  }
}
