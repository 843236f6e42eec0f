package org.onedoor.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything on a screen is in English and in Chinese. */
class WordsTest {
  static Iterable<String> bundles() {
    return Words.BUNDLES;
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void every_sentence_is_there_in_both_languages_and_takes_the_same_words(String name) {
    var english = Words.bundle(name, Locale.ENGLISH);
    var chinese = Words.bundle(name, Locale.SIMPLIFIED_CHINESE);
    assertThat(new TreeSet<>(chinese.keySet())).isEqualTo(new TreeSet<>(english.keySet()));
    for (var key : english.keySet()) {
      var en = new MessageFormat(english.getString(key), Locale.ENGLISH);
      var zh = new MessageFormat(chinese.getString(key), Locale.SIMPLIFIED_CHINESE);
      assertThat(zh.getFormatsByArgumentIndex().length)
          .as(key)
          .isEqualTo(en.getFormatsByArgumentIndex().length);
      assertThat(key).startsWith(name + ".");
    }
  }

  @Test
  void every_sentence_the_code_asks_for_is_there() throws IOException {
    var asked = new TreeSet<String>();
    var literal =
        Pattern.compile(
            "\"((?:" + String.join("|", Words.BUNDLES) + ")\\.[A-Za-z0-9_.]*[A-Za-z0-9_])\"");
    try (var files = Files.walk(Path.of("src/main/java"))) {
      for (var file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        var found = literal.matcher(Files.readString(file));
        while (found.find()) asked.add(found.group(1));
      }
    }
    assertThat(asked).hasSizeGreaterThan(200);
    assertThat(asked).filteredOn(key -> !Words.has(Locale.ENGLISH, key)).isEmpty();
    assertThat(asked).filteredOn(key -> !Words.has(Locale.SIMPLIFIED_CHINESE, key)).isEmpty();
  }

  @Test
  void every_word_of_the_contract_has_a_name() {
    for (var key :
        new String[] {
          "room.status.registered", "room.status.accepted", "room.status.declined",
              "room.status.closed",
          "room.channel.visit", "room.channel.letter", "room.channel.phone", "room.channel.online",
          "room.channel.transfer", "room.role.petitioner", "room.role.respondent",
              "room.role.representative",
          "room.role.guardian", "room.role.interpreter", "room.role.witness", "room.role.other",
          "room.outcome.agreement", "room.outcome.reply", "room.outcome.handed_over",
              "room.outcome.withdrawn",
          "room.outcome.no_agreement", "schedule.kind.joint", "schedule.kind.caucus",
              "schedule.kind.consultation",
          "schedule.kind.visit_back", "schedule.state.booked", "schedule.state.cancelled",
              "schedule.state.held"
        }) for (var locale : Words.LOCALES) assertThat(Words.has(locale, key)).as(key).isTrue();
    for (var role : Role.values())
      for (var locale : Words.LOCALES)
        assertThat(Words.has(locale, "people.role." + role.word())).isTrue();
  }
}
