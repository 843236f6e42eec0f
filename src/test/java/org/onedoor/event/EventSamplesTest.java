package org.onedoor.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.onedoor.event.EventSamples.Sample;

/** Whatever was written once loads for ever, and nothing of it is lost on the way. */
class EventSamplesTest {
  /** Fields that stand in the personal payload only. */
  private static final List<String> PERSONAL = List.of("person");

  static List<Sample> samples() {
    return EventSamples.samples();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void a_sample_loads_as_its_kind_and_is_written_again_as_it_was(Sample sample) {
    var event = sample.payload().event();
    assertThat(event).isExactlyInstanceOf(Payload.kinds().get(sample.name()));
    var again = Payload.of(event);
    assertThat(again.name()).isEqualTo(sample.name());
    assertThat(EventSamples.tree(again.open())).isEqualTo(sample.writtenToday());
    assertThat(again.personal().keySet())
        .containsExactlyElementsOf(sample.personal().propertyNames());
    again
        .personal()
        .forEach((party, bytes) ->
            assertThat(EventSamples.tree(bytes)).isEqualTo(sample.personal().get(party)));
    assertThat(again.event()).isEqualTo(event);
  }

  @Test
  void every_kind_has_samples_and_every_sample_a_kind() {
    assertThat(samples().stream().map(Sample::name).distinct())
        .containsExactlyInAnyOrderElementsOf(Payload.kinds().keySet());
  }

  @Test
  void every_field_of_every_kind_is_in_a_sample() {
    var fields =
        samples().stream()
            .collect(
                Collectors.groupingBy(
                    Sample::name,
                    Collectors.flatMapping(
                        s -> s.open().propertyNames().stream(), Collectors.toSet())));
    Payload.kinds()
        .forEach((name, kind) -> assertThat(fields.get(name)).as(name).containsAll(open(kind)));
  }

  private static List<String> open(Class<?> kind) {
    return Arrays.stream(kind.getRecordComponents())
        .map(RecordComponent::getName)
        .filter(field -> !PERSONAL.contains(field))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void what_may_be_missing_never_keeps_an_event_from_loading(Sample sample) {
    var kind = Payload.kinds().get(sample.name());
    var without = sample.open().deepCopy().asObject();
    for (var field : kind.getRecordComponents())
      if (mayBeMissing(field)) without.remove(field.getName());
    var event = new Sample(sample.name(), 0, without, sample.personal(), null).payload().event();
    assertThat(event).isExactlyInstanceOf(kind);
    assertThat(Payload.of(event).event()).as("with empty lists, not none").isEqualTo(event);
  }

  private static boolean mayBeMissing(RecordComponent field) {
    return Collection.class.isAssignableFrom(field.getType())
        || field.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void a_field_a_newer_program_added_is_passed_over(Sample sample) {
    var more = sample.open().deepCopy().asObject().put("added_later", "x");
    var newer = new Sample(sample.name(), 0, more, sample.personal(), null).payload();
    assertThat(newer.event()).isEqualTo(sample.payload().event());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void particulars_stand_only_in_the_personal_payload(Sample sample) {
    var payload = Payload.of(sample.payload().event());
    var open = new String(payload.open(), StandardCharsets.UTF_8);
    for (var party : sample.personal())
      for (var field : party) assertThat(open).doesNotContain(field.asString());
    if (payload.event() instanceof Event.Personal event)
      assertThat(new Payload(sample.name(), payload.open(), new LinkedHashMap<>()).event())
          .as("with its parties erased")
          .isEqualTo(event.with(Map.of()));
  }
}
