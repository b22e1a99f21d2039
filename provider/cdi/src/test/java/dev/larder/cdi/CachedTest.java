package dev.larder.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.async.AsyncCache;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.StreamSupport;
import javax.cache.Cache;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.GeneratedCacheKey;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code @Cached}. */
@ParameterizedClass
@EnumSource(Backend.class)
class CachedTest {
  private static Deployment deployment;

  @Parameter Backend backend;

  private final Library library = deployment.bean(Library.class);

  @BeforeParameterizedClassInvocation
  static void deploy(Backend backend) {
    var manager = backend.open();
    for (var name : new String[] {"books", "default"}) {
      if (manager.getCache(name) == null) {
        manager.createCache(name, new MutableConfiguration<>());
      }
    }
    deployment = Deployment.of(manager, Library.class, Reader.class);
  }

  @AfterParameterizedClassInvocation
  static void undeploy() {
    deployment.close();
  }

  @BeforeEach
  void clear() {
    deployment.clear();
  }

  @Test
  void resultIsKeptUnderTheKeyOfTheTemplate() {
    var first = library.title(1, "de");

    assertThat(library.title(1, "de")).isEqualTo(first);
    assertThat(library.title(1, "fr")).isNotEqualTo(first);
    assertThat(cache("books").get("title:1:de")).isEqualTo(first);
  }

  @Test
  void templateMayNamePositions() {
    library.byPosition(7);

    assertThat(cache("books").containsKey("position:7")).isTrue();
  }

  @Test
  void methodsWithoutTemplatesDoNotShareKeys() {
    assertThat(library.one(1)).isEqualTo(library.one(1)).isNotEqualTo(library.other(1));
    assertThat(size("default")).isEqualTo(2);
  }

  @Test
  void defaultCacheIsUsedInPlaceOfOneThatIsMissing() {
    library.elsewhere(1);

    assertThat(size("default")).isOne();
  }

  @Test
  void generatorMakesTheKeys() {
    assertThat(library.generated("a")).isEqualTo(library.generated("b"));
  }

  @Test
  void resultsOfTheRuleAreNotKept() {
    assertThat(library.skipped("secret 1")).isNotEqualTo(library.skipped("secret 1"));
    assertThat(library.skipped("public")).isEqualTo(library.skipped("public"));
  }

  @Test
  void nullIsKeptIfAskedFor() {
    assertThat(library.nothing(1)).isNull();
    assertThat(library.nothing(1)).isNull();
    assertThat(library.nothingKept(1)).isNull();
    assertThat(library.nothingKept(1)).isNull();

    assertThat(library.calls()).isEqualTo(3);
  }

  @Test
  void readingCanBeLeftOut() {
    assertThat(library.fresh(1)).isNotEqualTo(library.fresh(1));
    assertThat(size("books")).isOne();
  }

  @Test
  void writingCanBeLeftOut() {
    assertThat(library.unwritten(1)).isNotEqualTo(library.unwritten(1));
    assertThat(size("books")).isZero();
  }

  @Test
  void callsThatMissAtTheSameTimeShareOne() throws Exception {
    var gate = new CountDownLatch(1);
    library.waitFor(gate);
    var first = new Thread(() -> library.single(1));
    var second = new Thread(() -> library.single(1));
    first.start();
    while (library.calls() == 0) {
      Thread.onSpinWait();
    }
    second.start();
    while (second.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    gate.countDown();
    first.join();
    second.join();

    assertThat(library.calls()).isOne();
  }

  @Test
  void callsOfAllJvmsMayTakeTurns() {
    assertThat(library.leased(1)).isEqualTo(library.leased(1));
    assertThat(deployment.manager().getCacheNames()).contains("books-locks");
  }

  @Test
  void valueOfAStageIsKept() {
    var answer = new CompletableFuture<String>();
    library.answerWith(answer);
    var first = library.later(1).toCompletableFuture();
    answer.complete("yes");

    assertThat(first.join()).isEqualTo("yes");
    library.answerWith(new CompletableFuture<>());
    assertThat(library.later(1).toCompletableFuture().join()).isEqualTo("yes");
  }

  @Test
  void exceptionOfTheMethodReachesTheCaller() {
    assertThatThrownBy(() -> library.failing(1)).isInstanceOf(IOException.class);
  }

  @Test
  void failureOfTheCacheDoesNotBreakTheCall() {
    assertThat(library.unserializable(1)).isNotNull();
  }

  @Test
  void asynchronousViewIsInjected() {
    var view = deployment.bean(Reader.class).books;
    view.set("title:1:de", "Emma").toCompletableFuture().join();

    assertThat(library.title(1, "de")).isEqualTo("Emma");
  }

  private static Cache<Object, Object> cache(String name) {
    return deployment.manager().getCache(name);
  }

  private static long size(String name) {
    return StreamSupport.stream(cache(name).spliterator(), false).count();
  }

  /** A bean with a view of a cache. */
  static class Reader {
    @Inject
    @CacheName("books")
    AsyncCache<Object, Object> books;
  }

  /** Secrets are not kept. */
  static final class Secrets implements SkipRule {
    @Override
    public boolean skips(Object result) {
      return String.valueOf(result).startsWith("secret");
    }
  }

  /** A key of an application. */
  record Fixed() implements GeneratedCacheKey {}

  /** Gives all calls the same key. */
  static final class FixedKeys implements CacheKeyGenerator {
    @Override
    public GeneratedCacheKey generateCacheKey(
        CacheKeyInvocationContext<? extends Annotation> context) {
      return new Fixed();
    }
  }

  /** A bean that counts its calls. */
  static class Library {
    private volatile int calls;
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile CompletionStage<String> answer;

    public int calls() {
      return calls;
    }

    public void waitFor(CountDownLatch next) {
      gate = next;
    }

    public void answerWith(CompletionStage<String> next) {
      answer = next;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // calls come one after the other
    private String next() {
      return "call " + ++calls;
    }

    @Cached(cacheName = "books", key = "title:{id}:{language}")
    public String title(int id, String language) {
      return next();
    }

    @Cached(cacheName = "books", key = "position:{0}")
    public String byPosition(int id) {
      return next();
    }

    @Cached
    public String one(int id) {
      return next();
    }

    @Cached
    public String other(int id) {
      return next();
    }

    @Cached(cacheName = "nowhere")
    public String elsewhere(int id) {
      return next();
    }

    @Cached(keyGenerator = FixedKeys.class)
    public String generated(String text) {
      return next();
    }

    @Cached(skip = Secrets.class)
    public String skipped(String text) {
      return text + " by " + next();
    }

    @Cached
    public String nothing(int id) {
      next();
      return null;
    }

    @Cached(nulls = true)
    public String nothingKept(int id) {
      next();
      return null;
    }

    @Cached(cacheName = "books", read = false)
    public String fresh(int id) {
      return next();
    }

    @Cached(cacheName = "books", write = false)
    public String unwritten(int id) {
      return next();
    }

    @Cached(singleFlight = true)
    public String single(int id) {
      var result = next();
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return result;
    }

    @Cached(cacheName = "books", lease = "PT10S")
    public String leased(int id) {
      return next();
    }

    @Cached
    public CompletionStage<String> later(int id) {
      return answer;
    }

    @Cached
    public String failing(int id) throws IOException {
      throw new IOException();
    }

    @Cached
    public Object unserializable(int id) {
      return new Object();
    }
  }
}
