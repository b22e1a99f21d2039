package dev.larder.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.FileNotFoundException;
import java.io.IOException;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code @CacheResult} on methods that return or throw at once. */
@ParameterizedClass
@EnumSource(Backend.class)
class CacheResultTest {
  private static Deployment deployment;

  @Parameter Backend backend;

  private final Catalogue catalogue = deployment.bean(Catalogue.class);

  @BeforeParameterizedClassInvocation
  static void deploy(Backend backend) {
    deployment = Deployment.of(backend, Catalogue.class);
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
  void secondCallIsAnsweredFromTheCache() {
    var first = catalogue.title(1);

    assertThat(catalogue.title(1)).isEqualTo(first);
    assertThat(catalogue.title(2)).isNotEqualTo(first);
    assertThat(catalogue.calls()).isEqualTo(2);
  }

  @Test
  void primitiveResultIsCached() {
    var first = catalogue.pages(1);

    assertThat(catalogue.pages(1)).isEqualTo(first);
    assertThat(catalogue.calls()).isEqualTo(1);
  }

  @Test
  void nullResultIsNotCached() {
    assertThat(catalogue.nothing(1)).isNull();
    assertThat(catalogue.nothing(1)).isNull();
    assertThat(catalogue.calls()).isEqualTo(2);
  }

  @Test
  void skipGetCallsAndCachesTheNewResult() {
    catalogue.title(1);
    var renewed = catalogue.renewedTitle(1);

    assertThat(catalogue.calls()).isEqualTo(2);
    assertThat(catalogue.title(1)).isEqualTo(renewed);
    assertThat(catalogue.calls()).isEqualTo(2);
  }

  @Test
  void exceptionIsNotCachedUnlessAskedFor() {
    assertThatThrownBy(() -> catalogue.failing(1)).hasMessage("failure 1");
    assertThatThrownBy(() -> catalogue.failing(1)).hasMessage("failure 2");
  }

  @Test
  void exceptionIsCachedInTheCacheOfExceptions() {
    assertThatThrownBy(() -> catalogue.failingForGood(1)).hasMessage("failure 1");

    assertThatThrownBy(() -> catalogue.failingForGood(1))
        .isInstanceOf(IOException.class)
        .hasMessage("failure 1");
    assertThatThrownBy(() -> catalogue.failingForGood(2)).hasMessage("failure 2");
    assertThat(deployment.manager().getCache("titles").iterator()).isExhausted();
  }

  @Test
  void errorIsCachedLikeAnyThrowable() {
    assertThatThrownBy(() -> catalogue.erring(1)).hasMessage("failure 1");
    assertThatThrownBy(() -> catalogue.erring(1))
        .isInstanceOf(StackOverflowError.class)
        .hasMessage("failure 1");
  }

  @Test
  void row116OnlyListedExceptionsAreCached() {
    assertThat(isCached(new FileNotFoundException(), catalogue::cachesIo)).isTrue();
    assertThat(isCached(new IllegalStateException(), catalogue::cachesIo)).isFalse();
  }

  @Test
  void row116ExceptionsListedAsNotToBeCachedAreNot() {
    assertThat(isCached(new FileNotFoundException(), catalogue::cachesAllButIo)).isFalse();
    assertThat(isCached(new IllegalStateException(), catalogue::cachesAllButIo)).isTrue();
  }

  @Test
  void exceptionsOfBothListsAreNotCached() {
    assertThat(isCached(new IOException(), catalogue::cachesIoButMissingFiles)).isTrue();
    assertThat(isCached(new FileNotFoundException(), catalogue::cachesIoButMissingFiles)).isFalse();
    assertThat(isCached(new IllegalStateException(), catalogue::cachesIoButMissingFiles)).isFalse();
  }

  @Test
  void skipGetCallsInSpiteOfACachedException() {
    assertThatThrownBy(() -> catalogue.failingForGood(1)).hasMessage("failure 1");

    assertThatThrownBy(() -> catalogue.failingAnew(1)).hasMessage("failure 2");
    assertThatThrownBy(() -> catalogue.failingForGood(1)).hasMessage("failure 2");
  }

  @Test
  void valueIsPreferredToACachedException() throws Exception {
    assertThatThrownBy(() -> catalogue.failingForGood(1)).hasMessage("failure 1");
    var value = catalogue.renewedTitle(1);

    assertThat(catalogue.failingForGood(1)).isEqualTo(value);
  }

  @Test
  void voidMethodCachesItsExceptions() {
    assertThatThrownBy(() -> catalogue.check(1)).hasMessage("failure 1");
    assertThatThrownBy(() -> catalogue.check(1)).hasMessage("failure 1");
  }

  @Test
  void exceptionThatCannotBeCachedIsThrownAllTheSame() {
    var thrown = catchThrowable(() -> catalogue.unserializable(1));

    assertThat(thrown).isInstanceOf(Unserializable.class);
    assertThat(thrown.getSuppressed()).hasSize(1);
  }

  @Test
  void cacheThatWasDestroyedIsCreatedAnew() {
    catalogue.title(1);
    deployment.manager().destroyCache("titles");

    var second = catalogue.title(1);

    assertThat(catalogue.calls()).isEqualTo(2);
    assertThat(catalogue.title(1)).isEqualTo(second);
  }

  /** Whether the second call of a method that throws is answered from the cache. */
  private boolean isCached(Exception thrown, Failing method) {
    int before = catalogue.calls();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> method.call(thrown.getClass().getName(), thrown))
          .hasSameClassAs(thrown);
    }
    return catalogue.calls() - before == 1;
  }

  /** A method that throws what it is given. */
  interface Failing {
    Object call(String key, Exception thrown) throws Exception;
  }

  /** A bean that counts its calls. */
  static class Catalogue {
    private int calls;

    public int calls() {
      return calls;
    }

    @CacheResult(cacheName = "titles")
    public String title(int id) {
      return "title of " + id + " by call " + ++calls;
    }

    @CacheResult(cacheName = "titles", skipGet = true)
    public String renewedTitle(int id) {
      return "new title of " + id + " by call " + ++calls;
    }

    @CacheResult(cacheName = "pages")
    public int pages(int id) {
      return id + ++calls;
    }

    @CacheResult(cacheName = "titles")
    public String nothing(int id) {
      calls++;
      return null;
    }

    @CacheResult(cacheName = "titles")
    public String failing(int id) throws IOException {
      throw failure();
    }

    @CacheResult(cacheName = "titles", exceptionCacheName = "failures")
    public String failingForGood(int id) throws IOException {
      throw failure();
    }

    @CacheResult(cacheName = "titles", exceptionCacheName = "failures", skipGet = true)
    public String failingAnew(int id) throws IOException {
      throw failure();
    }

    @CacheResult(exceptionCacheName = "failures")
    public void check(int id) throws IOException {
      throw failure();
    }

    @CacheResult(exceptionCacheName = "failures")
    public String erring(int id) {
      throw new StackOverflowError("failure " + ++calls);
    }

    @CacheResult(exceptionCacheName = "failures")
    public String unserializable(int id) {
      throw new Unserializable();
    }

    @CacheResult(exceptionCacheName = "failures", cachedExceptions = IOException.class)
    public Object cachesIo(@CacheKey String key, Exception thrown) throws Exception {
      return thrown(thrown);
    }

    @CacheResult(exceptionCacheName = "failures", nonCachedExceptions = IOException.class)
    public Object cachesAllButIo(@CacheKey String key, Exception thrown) throws Exception {
      return thrown(thrown);
    }

    @CacheResult(
        exceptionCacheName = "failures",
        cachedExceptions = IOException.class,
        nonCachedExceptions = FileNotFoundException.class)
    public Object cachesIoButMissingFiles(@CacheKey String key, Exception thrown) throws Exception {
      return thrown(thrown);
    }

    private Object thrown(Exception thrown) throws Exception {
      calls++;
      throw thrown;
    }

    private IOException failure() {
      return new IOException("failure " + ++calls);
    }
  }

  /** An exception with a field that cannot be serialized. */
  static class Unserializable extends RuntimeException {
    private static final long serialVersionUID = 1;

    @SuppressWarnings({"serial", "UnusedVariable"}) // on purpose
    private final Object field = new Object();
  }
}
