package org.onedoor.search;

import com.vaadin.flow.component.Html;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jsoup.parser.Parser;
import org.onedoor.look.Bilingual;
import org.onedoor.people.Words;
import org.onedoor.search.CaseSearch.Hit;

/** Something found: the case, where in it, and the words around; opens the room at the place. */
final class HitPanel extends Div {
  HitPanel(Hit hit, Runnable opened) {
    addClassName("hit");
    var title = new Anchor(address(hit), "");
    title.add(new Bilingual(hit.caseTitle()));
    title.addClassName("ht");
    title.getElement().setAttribute("router-link", true);
    title.getElement().addEventListener("click", _ -> opened.run());
    var number = new Span(hit.caseId());
    number.addClassName("m");
    var status = new Span(Words.say(getLocale(), "room.status." + hit.status()));
    status.addClassName("m");
    var head = new Div(title, number, status);
    head.addClassName("row");
    // the snippet is escaped by the highlighter; only its marks are markup
    var words = new Div(new Html("<p>" + hit.snippet() + "</p>"));
    var where =
        new Span(
            hit.noteTitle() == null ? Words.say(getLocale(), "search.words") : hit.noteTitle());
    where.addClassNames("s", "m");
    words.add(where);
    add(head, words);
  }

  private static String address(Hit hit) {
    var room = "cases/" + hit.caseId();
    return hit.noteId() == null
        ? room
        : room
            + "/notes/"
            + hit.noteId()
            + "?find="
            + URLEncoder.encode(first(hit), StandardCharsets.UTF_8);
  }

  /** The first words that were marked, as they stand in the note. */
  private static String first(Hit hit) {
    var from = hit.snippet().indexOf("<mark>");
    var to = hit.snippet().indexOf("</mark>");
    return from < 0 || to < from
        ? ""
        : Parser.unescapeEntities(hit.snippet().substring(from + 6, to), false);
  }
}
