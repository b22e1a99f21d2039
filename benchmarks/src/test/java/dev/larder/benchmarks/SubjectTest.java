package dev.larder.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is compared must do the same, whatever its settings. */
class SubjectTest {
  private static final List<Settings> SETTINGS =
      List.of(
          Settings.PLAIN,
          Settings.PLAIN.boundedBy(10_000),
          new Settings(Settings.UNBOUNDED, true, true, Lifetime.CREATED),
          new Settings(10_000, true, true, Lifetime.ACCESSED));

  static Stream<Arguments> subjectsAndSettings() {
    return Stream.of(Subject.values())
        .flatMap(
            subject ->
                SETTINGS.stream()
                    .filter(subject::supports)
                    .map(settings -> Arguments.of(subject, settings)));
  }

  @ParameterizedTest
  @MethodSource("subjectsAndSettings")
  void operationsDoTheSameOnAllSubjects(Subject subject, Settings settings) {
    try (Operations operations = subject.open(settings)) {
      assertThat(operations.get(1)).isNull();
      operations.put(1, 10);
      assertThat(operations.get(1)).isEqualTo(10);
      assertThat(operations.putIfAbsent(1, 11)).isFalse();
      assertThat(operations.putIfAbsent(2, 20)).isTrue();
      assertThat(operations.replace(1, 11, 12)).isFalse();
      assertThat(operations.replace(1, 10, 12)).isTrue();
      assertThat(operations.increment(1)).isEqualTo(13);
      // Not every returned map has an equals of a map, nor can every provider look at a Set.of.
      Map<Integer, Integer> all = operations.getAll(new HashSet<>(List.of(1, 2, 3)));
      assertThat(new HashMap<>(all)).isEqualTo(Map.of(1, 13, 2, 20));
    }
  }

  @ParameterizedTest
  @MethodSource("subjectsAndSettings")
  void aSubjectOpensEmptyAfterItWasClosed(Subject subject, Settings settings) {
    try (Operations operations = subject.open(settings)) {
      operations.put(1, 10);
    }
    try (Operations operations = subject.open(settings)) {
      assertThat(operations.get(1)).isNull();
    }
  }
}
