package dev.larder.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SparseLogTest {
  private static final long SECOND = 1_000_000_000;

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - SECOND / 2); // and overflows
  private final SparseLog log = new SparseLog(new Lines(), now::get);

  private final class Lines implements Logger {
    @Override
    public String getName() {
      return "lines";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
      lines.add(thrown == null ? message : message + ": " + thrown.getMessage());
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
      throw new AssertionError(format);
    }
  }

  @Test
  void row107OneLineIsLoggedInASecondHoweverManyThereAre() {
    for (int second = 0; second < 3; second++) {
      IntStream.range(0, 1_000)
          .parallel()
          .forEach(i -> log.warn("down", "it is down", new Exception("refused")));
      now.addAndGet(SECOND);
    }

    assertThat(lines)
        .containsExactly(
            "it is down: refused",
            "it is down (and 999 times before): refused",
            "it is down (and 999 times before): refused");
  }

  @Test
  void causesHaveTheirOwnLines() {
    log.warn("a", "first", null);
    log.warn("b", "second", null);
    log.warn("a", "third", null);

    assertThat(lines).containsExactly("first", "second");
  }

  @Test
  void causesAreForgottenWhenThereAreTooMany() {
    IntStream.range(0, 1_000).forEach(i -> log.warn("cause" + i, "line", null));

    assertThat(lines).hasSize(1_000);
  }
}
