package dev.larder.docs.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueriesTest {
  private static final List<String> NAMES =
      IntStream.range(0, 100).mapToObj(i -> "name" + i).toList();

  @Test
  void sameSeedGivesTheSameSequence() {
    assertThat(Queries.draw(NAMES, 500, 1)).hasSize(500).isEqualTo(Queries.draw(NAMES, 500, 1));
  }

  @Test
  void sequenceOfASeedIsFixedForEver() {
    assertThat(Queries.draw(NAMES, 5, 107))
        .containsExactly("name34", "name90", "name80", "name57", "name80");
  }

  @Test
  void otherSeedMakesOtherNamesPopular() {
    assertThat(mostPopular(1)).isNotEqualTo(mostPopular(2));
  }

  @Test
  void sampleIsEvenlySpaced() {
    assertThat(Queries.sample(NAMES, 4)).containsExactly("name0", "name25", "name50", "name75");
  }

  @Test
  void sampleOfFewIsAll() {
    assertThat(Queries.sample(NAMES, 100)).isEqualTo(NAMES);
    assertThat(Queries.sample(NAMES, 101)).isEqualTo(NAMES);
  }

  private static String mostPopular(long seed) {
    var counts =
        Queries.draw(NAMES, 10_000, seed).stream()
            .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
    return NAMES.stream().max((a, b) -> Long.compare(counts.get(a), counts.get(b))).orElseThrow();
  }
}
