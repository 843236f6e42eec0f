package org.onedoor.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.onedoor.event.Event.Contact;
import org.onedoor.event.Event.Corrected;
import org.onedoor.event.Event.Emptied;
import org.onedoor.event.Event.PartyAdded;
import org.onedoor.event.Event.Registered;
import org.onedoor.event.Event.Unknown;

class PayloadTest {
  private static final Person WANG =
      new Person("王𠮷", "Ms Li", "139 0000 4417", "310 101", "18 Willow Lane");

  private static Event again(Event event) {
    return Payload.of(event).event();
  }

  private static Contact contact(String words) {
    return new Contact("c", "visit", words, null);
  }

  @Test
  void every_letter_there_is_survives() {
    for (var words :
        List.of("䶮𠮷🙂", "\t\n\r\u0000\u001f\u007f\u2028\ufeff\uffff", "\\ud842 \\\\uD842"))
      assertThat(again(contact(words))).isEqualTo(contact(words));
    var all = new StringBuilder();
    for (var c = 0; c <= Character.MAX_CODE_POINT; c++)
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) all.appendCodePoint(c);
    assertThat(again(contact(all.toString()))).isEqualTo(contact(all.toString()));
  }

  @Test
  void half_a_surrogate_pair_is_refused() {
    for (var half : List.of("\ud842", "a\ud842b", "\udc00\ud842", "\\\\\udfff", "𠮷\ud800"))
      for (var event :
          List.of(
              contact(half),
              new PartyAdded(new Party("p1", "witness", "person", Person.named(half))),
              new Corrected("name", "p1", half, "b", "c"),
              new Unknown("later", half)))
        assertThatThrownBy(() -> Payload.of(event)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Utf8.bytes("\udc00")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void particulars_come_back_party_by_party_and_stay_away_once_erased() {
    var wang = new Party("p1", "petitioner", "person", WANG);
    var li = new Party("p2", "witness", "person", Person.named("Li"));
    var event =
        new Registered(
            "t", "w", null, null, "visit", null, List.of(wang, li), List.of(), null, null, null);
    assertThat(again(event)).isEqualTo(event);
    var stored = Payload.of(event);
    assertThat(stored.personal().keySet()).containsExactly("p1", "p2");
    stored.personal().remove("p1");
    var parties = ((Registered) stored.event()).parties();
    assertThat(parties).containsExactly(new Party("p1", "petitioner", "person", null), li);
    assertThat(parties.getFirst().name()).isNull();
  }

  @Test
  void a_correction_of_the_case_is_open_and_one_of_a_party_is_not() {
    var ofCase = new Corrected("title", null, "a", "b", "c");
    var ofParty = new Corrected("phone", "p1", "139 0000 4417", "139 0000 4418", "c");
    assertThat(again(ofCase)).isEqualTo(ofCase);
    assertThat(again(ofParty)).isEqualTo(ofParty);
    assertThat(Payload.of(ofCase).personal()).isEmpty();
    assertThat(Payload.of(ofParty).open()).asString().doesNotContain("139");
    assertThat(ofParty.with(Map.of())).isEqualTo(new Corrected("phone", "p1", null, null, "c"));
  }

  @Test
  void a_person_is_put_right_field_by_field() {
    assertThat(WANG.with("phone", "1"))
        .isEqualTo(new Person("王𠮷", "Ms Li", "1", "310 101", "18 Willow Lane"));
    assertThat(WANG.with("address", null).address()).isNull();
    assertThat(Person.from(WANG.fields())).isEqualTo(WANG);
    assertThat(Person.from(null)).isNull();
  }

  @Test
  void what_this_program_does_not_know_is_kept_as_it_is() {
    var later = new Unknown("later", "{\"to\": \"𠮷\"}");
    assertThat(again(later)).isEqualTo(later);
    assertThat(Payload.name(later)).isEqualTo("later");
    var newShape = new Payload("closed", Utf8.bytes("{\"outcome\":{}}"), new LinkedHashMap<>());
    assertThat(newShape.event()).isEqualTo(new Unknown("closed", "{\"outcome\":{}}"));
    var broken = new Payload("party_added", Utf8.bytes("{}"), new LinkedHashMap<>());
    assertThat(broken.event()).isInstanceOf(Unknown.class);
  }

  @Test
  void what_was_emptied_says_nothing_again() {
    assertThatThrownBy(() -> Payload.of(new Emptied("closed")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_label_is_said_in_the_readers_language_if_there_is_one() {
    assertThat(new Label("Hall", "厅").in(Locale.SIMPLIFIED_CHINESE)).isEqualTo("厅");
    assertThat(new Label("Hall", "厅").in(Locale.GERMAN)).isEqualTo("Hall");
    assertThat(new Label("Hall", null).in(Locale.CHINESE)).isEqualTo("Hall");
  }
}
