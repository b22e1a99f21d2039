package dev.larder.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.stream.StreamSupport;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Methods that return a stage: what counts is its completion. */
@ParameterizedClass
@EnumSource(Backend.class)
class CompletionStageTest {
  private static Deployment deployment;

  @Parameter Backend backend;

  private final Remote remote = deployment.bean(Remote.class);
  private final CompletableFuture<String> answer = new CompletableFuture<>();

  @BeforeParameterizedClassInvocation
  static void deploy(Backend backend) {
    deployment = Deployment.of(backend, Remote.class);
  }

  @AfterParameterizedClassInvocation
  static void undeploy() {
    deployment.close();
  }

  @BeforeEach
  void clear() {
    deployment.clear();
    remote.answerWith(answer);
  }

  @Test
  void row116ValueIsCachedWhenTheStageIsComplete() {
    var first = remote.ask(1);
    assertThat(size()).isZero();
    assertThat(first.toCompletableFuture()).isNotDone();

    answer.complete("yes");

    assertThat(first.toCompletableFuture()).isCompletedWithValue("yes");
    remote.answerWith(new CompletableFuture<>());
    assertThat(remote.ask(1).toCompletableFuture()).isCompletedWithValue("yes");
    assertThat(deployment.manager().getCache("answers").iterator().next().getValue())
        .isEqualTo("yes");
  }

  @Test
  void completableFutureIsAnsweredByOne() {
    answer.complete("yes");
    assertThat(remote.future(1)).isCompletedWithValue("yes");

    remote.answerWith(new CompletableFuture<>());
    assertThat(remote.future(1)).isCompletedWithValue("yes");
  }

  @Test
  void nullIsNotCached() {
    answer.complete(null);

    assertThat(remote.ask(1).toCompletableFuture()).isCompletedWithValue(null);
    assertThat(size()).isZero();
  }

  @Test
  void failureIsNotCachedUnlessAskedFor() {
    answer.completeExceptionally(new IOException("down"));

    assertThat(remote.ask(1).toCompletableFuture()).isCompletedExceptionally();
    remote.answerWith(CompletableFuture.completedFuture("up"));
    assertThat(remote.ask(1).toCompletableFuture()).isCompletedWithValue("up");
  }

  @Test
  void failureIsCachedWithoutItsWrapping() {
    remote.answerWith(answer.thenApply(value -> value)); // Fails with a CompletionException.
    answer.completeExceptionally(new IOException("down"));
    assertThat(remote.askForGood(1).toCompletableFuture()).isCompletedExceptionally();

    remote.answerWith(CompletableFuture.completedFuture("up"));

    assertThat(remote.askForGood(1).toCompletableFuture())
        .failsWithin(Duration.ZERO)
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(IOException.class)
        .withMessageContaining("down");
  }

  @Test
  void putFollowsTheCompletion() {
    remote.put(1, "said");
    assertThat(size()).isZero();

    answer.complete("done");

    assertThat(remote.ask(1).toCompletableFuture()).isCompletedWithValue("said");
  }

  @Test
  void failedStagePreventsThePut() {
    remote.put(1, "said");
    answer.completeExceptionally(new IOException());

    assertThat(size()).isZero();
  }

  @Test
  void putFollowsAFailureThatIsListed() {
    remote.putForIo(1, "said");
    answer.completeExceptionally(new CompletionException(new IOException()));

    assertThat(size()).isOne();
  }

  @Test
  void removesFollowTheCompletion() {
    fill();
    remote.remove(1);
    assertThat(size()).isEqualTo(2);
    answer.complete("done");
    assertThat(size()).isOne();
  }

  @Test
  void removingAllFollowsTheCompletion() {
    fill();
    remote.removeAll();
    assertThat(size()).isEqualTo(2);
    answer.complete("done");
    assertThat(size()).isZero();
  }

  @Test
  void valueThatCannotBeCachedFailsTheStage() {
    var stage = remote.unserializable(1).toCompletableFuture();

    assertThat(stage).isCompletedExceptionally();
  }

  @Test
  void row116FutureThatAMethodDeclaresAsAnObjectIsNotCached() {
    var first = remote.object(1);
    answer.complete("yes");

    assertThat(first).isSameAs(answer);
    assertThat(size()).isZero();
  }

  @Test
  void nullInsteadOfAStageIsReturned() {
    remote.answerWith(null);

    assertThat(remote.ask(1)).isNull();
  }

  private void fill() {
    remote.answerWith(CompletableFuture.completedFuture("yes"));
    remote.ask(1);
    remote.ask(2);
    remote.answerWith(answer);
  }

  private static long size() {
    var cache = deployment.manager().getCache("answers");
    return cache == null ? 0 : StreamSupport.stream(cache.spliterator(), false).count();
  }

  /** A bean that returns the stage that it was given. */
  @CacheDefaults(cacheName = "answers")
  static class Remote {
    private CompletableFuture<String> answer;

    public void answerWith(CompletableFuture<String> next) {
      answer = next;
    }

    @CacheResult
    public CompletionStage<String> ask(int id) {
      return answer;
    }

    @CacheResult
    public CompletableFuture<String> future(int id) {
      return answer;
    }

    @CacheResult
    @SuppressWarnings("FutureReturnValueIgnored") // it is what the test is about
    public Object object(int id) {
      return answer;
    }

    @CacheResult(exceptionCacheName = "failures")
    public CompletionStage<String> askForGood(int id) {
      return answer;
    }

    @CacheResult
    public CompletionStage<Object> unserializable(int id) {
      return CompletableFuture.completedFuture(new Object());
    }

    @CachePut
    public CompletionStage<String> put(int id, @CacheValue String value) {
      return answer;
    }

    @CachePut(cacheFor = IOException.class)
    public CompletionStage<String> putForIo(int id, @CacheValue String value) {
      return answer;
    }

    @CacheRemove
    public CompletionStage<String> remove(int id) {
      return answer;
    }

    @CacheRemoveAll
    public CompletionStage<String> removeAll() {
      return answer;
    }
  }
}
