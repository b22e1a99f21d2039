package dev.larder.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WaitersTest {
  private final Waiters waiters = new Waiters();

  @Test
  void theOneWhoHasWaitedLongestIsWoken() {
    CompletableFuture<Void> first = waiters.enter("lock");
    CompletableFuture<Void> second = waiters.enter("lock");
    CompletableFuture<Void> other = waiters.enter("other");
    waiters.wake("lock");
    assertThat(first).isDone();
    assertThat(second).isNotDone();
    waiters.wake("lock");
    assertThat(second).isDone();
    assertThat(other).isNotDone();
  }

  @Test
  void whoHasLeftIsPassedOver() {
    CompletableFuture<Void> first = waiters.enter("lock");
    CompletableFuture<Void> second = waiters.enter("lock");
    waiters.leave("lock", first);
    waiters.wake("lock");
    assertThat(first).isNotDone();
    assertThat(second).isDone();
  }

  @Test
  void nothingIsKeptOfThoseWhoLeft() {
    CompletableFuture<Void> left = waiters.enter("lock");
    CompletableFuture<Void> other = waiters.enter("other");
    waiters.leave("lock", left);
    waiters.wake("other");
    waiters.wake("nobody's");
    assertThat(left).isNotDone();
    assertThat(other).isDone();
    assertThat(waiters.areNone()).isTrue();
  }
}
