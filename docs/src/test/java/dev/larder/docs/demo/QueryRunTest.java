package dev.larder.docs.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class QueryRunTest {
  private static final List<String> QUERIES =
      List.of("java.lang.Object", "java.lang.Record", "java.lang.Runnable");

  private final SummaryLoader loader = new SummaryLoader(ClassFiles.ofRunningJdk());

  QueryRunTest() throws IOException {}

  @Test
  void eachQueryIsAskedOnce() {
    var asked = new ConcurrentLinkedQueue<String>();

    var timings =
        QueryRun.ask(
            QUERIES,
            name -> {
              asked.add(name);
              return loader.load(name);
            },
            loader,
            2,
            count -> {});

    assertThat(asked).containsExactlyInAnyOrderElementsOf(QUERIES);
    assertThat(timings.queries()).isEqualTo(3);
    assertThat(timings.wall()).isPositive();
  }

  @Test
  void computedAnswersAreMisses() {
    var known = loader.load("java.lang.Object");

    assertThat(QueryRun.ask(QUERIES, loader::load, loader, 1, count -> {}).perHit()).isNull();
    assertThat(QueryRun.ask(List.of(known.name()), name -> known, loader, 1, count -> {}).perMiss())
        .isNull();
  }

  @Test
  void watcherIsToldTheEnd() {
    var last = new AtomicInteger();

    QueryRun.ask(QUERIES, loader::load, loader, 5, last::set);

    assertThat(last).hasValue(3);
  }

  @Test
  void failureOfOneClientEndsTheRun() {
    var failure = new IllegalArgumentException("no answer");

    assertThatThrownBy(
            () ->
                QueryRun.ask(
                    QUERIES,
                    name -> {
                      throw failure;
                    },
                    loader,
                    2,
                    count -> {}))
        .isSameAs(failure);
  }

  @Test
  void answerOnAnotherClassIsAFailure() {
    var known = loader.load("java.lang.Object");

    assertThatThrownBy(() -> QueryRun.ask(QUERIES, name -> known, loader, 1, count -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("asked for java.lang.Record, got ");
  }

  @Test
  void missingAnswerIsAFailure() {
    assertThatThrownBy(() -> QueryRun.ask(QUERIES, name -> null, loader, 1, count -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("asked for java.lang.Object, got null");
  }
}
