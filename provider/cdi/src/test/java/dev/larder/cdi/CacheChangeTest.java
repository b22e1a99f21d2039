package dev.larder.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.stream.StreamSupport;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
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

/** {@code @CachePut}, {@code @CacheRemove} and {@code @CacheRemoveAll}. */
@ParameterizedClass
@EnumSource(Backend.class)
class CacheChangeTest {
  private static Deployment deployment;

  @Parameter Backend backend;

  private final Shelf shelf = deployment.bean(Shelf.class);
  private final Script script = shelf.script();

  @BeforeParameterizedClassInvocation
  static void deploy(Backend backend) {
    deployment = Deployment.of(backend, Shelf.class);
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
  void putStoresTheMarkedArgumentUnderTheOthers() throws Exception {
    shelf.put(1, "green", "Emma");

    assertThat(shelf.find(1, "green")).isEqualTo("Emma");
    assertThat(shelf.find(1, "blue")).isEqualTo("found");
  }

  @Test
  void putUsesTheMarkedKeyAlone() {
    shelf.putByKey("clerk", 1, "green", "Emma");

    assertThat(shelf.find(1, "green")).isEqualTo("Emma");
  }

  @Test
  void putComesAfterTheMethod() throws Exception {
    script.during = () -> assertThat(size()).isZero();
    shelf.put(1, "green", "Emma");

    assertThat(size()).isOne();
  }

  @Test
  void putBeforeInvocationComesBeforeTheMethodAndStaysIfItFails() {
    script.thrown = new IllegalStateException();
    script.during = () -> assertThat(size()).isOne();

    assertThatThrownBy(() -> shelf.putBefore(1, "Emma")).isSameAs(script.thrown);
    assertThat(size()).isOne();
  }

  @Test
  void putOfNullRemovesTheEntry() throws Exception {
    shelf.put(1, "green", "Emma");
    shelf.put(1, "green", null);

    assertThat(shelf.find(1, "green")).isEqualTo("found");
  }

  @Test
  void exceptionsPreventPuts() {
    assertThat(entriesAfterPut(new IOException(), shelf::put)).isZero();
  }

  @Test
  void putsFollowListedExceptions() {
    assertThat(entriesAfterPut(new FileNotFoundException(), shelf::putForIo)).isOne();
    assertThat(entriesAfterPut(new IllegalStateException(), shelf::putForIo)).isZero();
  }

  @Test
  void putsFollowExceptionsNotListed() {
    assertThat(entriesAfterPut(new FileNotFoundException(), shelf::putForAllButIo)).isZero();
    assertThat(entriesAfterPut(new IllegalStateException(), shelf::putForAllButIo)).isOne();
  }

  @Test
  void putsFollowExceptionsOfTheFirstListAlone() {
    assertThat(entriesAfterPut(new IOException(), shelf::putForIoButMissing)).isOne();
    assertThat(entriesAfterPut(new FileNotFoundException(), shelf::putForIoButMissing)).isZero();
    assertThat(entriesAfterPut(new IllegalStateException(), shelf::putForIoButMissing)).isZero();
  }

  @Test
  void removeTakesTheEntryOfItsArguments() throws Exception {
    fill();
    shelf.remove(1, "green");

    assertThat(shelf.find(2, "green")).isEqualTo("Middlemarch");
    assertThat(shelf.find(1, "green")).isEqualTo("found");
  }

  @Test
  void removeComesAfterTheMethod() throws Exception {
    fill();
    script.during = () -> assertThat(size()).isEqualTo(2);
    shelf.remove(1, "green");

    assertThat(size()).isOne();
  }

  @Test
  void removeBeforeInvocationComesBeforeTheMethodAndStaysIfItFails() throws Exception {
    fill();
    script.thrown = new IllegalStateException();
    script.during = () -> assertThat(size()).isOne();

    assertThatThrownBy(() -> shelf.removeBefore(1, "green")).isSameAs(script.thrown);
    assertThat(size()).isOne();
  }

  @Test
  void exceptionsDecideAboutRemoves() throws Exception {
    assertThat(entriesAfter(new IOException(), () -> shelf.remove(1, "green"))).isEqualTo(2);
    assertThat(entriesAfter(new FileNotFoundException(), () -> shelf.removeForIo(1, "green")))
        .isEqualTo(1);
    assertThat(entriesAfter(new IllegalStateException(), () -> shelf.removeForIo(1, "green")))
        .isEqualTo(2);
    assertThat(entriesAfter(new IOException(), () -> shelf.removeForAllButIo(1, "green")))
        .isEqualTo(2);
    assertThat(entriesAfter(new IllegalStateException(), () -> shelf.removeForAllButIo(1, "green")))
        .isEqualTo(1);
  }

  @Test
  void removeAllComesAfterTheMethod() throws Exception {
    fill();
    script.during = () -> assertThat(size()).isEqualTo(2);
    shelf.removeAll();

    assertThat(size()).isZero();
  }

  @Test
  void removeAllBeforeInvocationComesBeforeTheMethod() throws Exception {
    fill();
    script.during = () -> assertThat(size()).isZero();
    shelf.removeAllBefore();

    assertThat(size()).isZero();
  }

  @Test
  void exceptionsDecideAboutRemovingAll() throws Exception {
    assertThat(entriesAfter(new IOException(), shelf::removeAll)).isEqualTo(2);
    assertThat(entriesAfter(new IOException(), shelf::removeAllForIoButMissing)).isZero();
    assertThat(entriesAfter(new FileNotFoundException(), shelf::removeAllForIoButMissing))
        .isEqualTo(2);
  }

  @Test
  void severalAnnotationsOfAMethodAllHold() {
    shelf.note(1, "lent");
    assertThat(size("notes")).isOne();

    shelf.putAndForgetNotes(1, "green", "Emma");

    assertThat(shelf.find(1, "green")).isEqualTo("Emma");
    assertThat(size("notes")).isZero();
  }

  private void fill() throws Exception {
    script.thrown = null;
    script.during = () -> {};
    shelf.put(1, "green", "Emma");
    shelf.put(2, "green", "Middlemarch");
  }

  private long entriesAfterPut(Exception thrown, Put method) {
    deployment.clear();
    script.thrown = thrown;
    assertThatThrownBy(() -> method.call(1, "green", "Emma")).isSameAs(thrown);
    return size();
  }

  private long entriesAfter(Exception thrown, Call method) throws Exception {
    deployment.clear();
    fill();
    script.thrown = thrown;
    assertThatThrownBy(method::call).isSameAs(thrown);
    return size();
  }

  private static long size() {
    return size("shelf");
  }

  private static long size(String name) {
    var cache = deployment.manager().getCache(name);
    return cache == null ? 0 : StreamSupport.stream(cache.spliterator(), false).count();
  }

  /** A method that puts. */
  interface Put {
    void call(int row, String colour, String title) throws Exception;
  }

  /** Any method. */
  interface Call {
    void call() throws Exception;
  }

  /** What the bean's methods do. */
  static final class Script {
    private Exception thrown;
    private Runnable during = () -> {};

    void run() throws Exception {
      during.run();
      if (thrown != null) {
        throw thrown;
      }
    }
  }

  /** A bean whose methods do what a script says. */
  @CacheDefaults(cacheName = "shelf")
  static class Shelf {
    private final Script script = new Script();

    public Script script() {
      return script;
    }

    @CacheResult
    public String find(int row, String colour) {
      return "found";
    }

    @CachePut
    public void put(int row, String colour, @CacheValue String title) throws Exception {
      script.run();
    }

    @CachePut
    public void putByKey(
        String clerk, @CacheKey int row, @CacheKey String colour, @CacheValue String title) {}

    @CachePut(afterInvocation = false)
    public void putBefore(int row, @CacheValue String title) throws Exception {
      script.run();
    }

    @CachePut(cacheFor = IOException.class)
    public void putForIo(int row, String colour, @CacheValue String title) throws Exception {
      script.run();
    }

    @CachePut(noCacheFor = IOException.class)
    public void putForAllButIo(int row, String colour, @CacheValue String title) throws Exception {
      script.run();
    }

    @CachePut(cacheFor = IOException.class, noCacheFor = FileNotFoundException.class)
    public void putForIoButMissing(int row, String colour, @CacheValue String title)
        throws Exception {
      script.run();
    }

    @CacheRemove
    public void remove(int row, String colour) throws Exception {
      script.run();
    }

    @CacheRemove(afterInvocation = false)
    public void removeBefore(int row, String colour) throws Exception {
      script.run();
    }

    @CacheRemove(evictFor = IOException.class)
    public void removeForIo(int row, String colour) throws Exception {
      script.run();
    }

    @CacheRemove(noEvictFor = IOException.class)
    public void removeForAllButIo(int row, String colour) throws Exception {
      script.run();
    }

    @CacheRemoveAll
    public void removeAll() throws Exception {
      script.run();
    }

    @CacheRemoveAll(afterInvocation = false)
    public void removeAllBefore() throws Exception {
      script.run();
    }

    @CacheRemoveAll(evictFor = IOException.class, noEvictFor = FileNotFoundException.class)
    public void removeAllForIoButMissing() throws Exception {
      script.run();
    }

    @CachePut(cacheName = "notes")
    public void note(int row, @CacheValue String text) {}

    @CachePut
    @CacheRemoveAll(cacheName = "notes")
    public void putAndForgetNotes(int row, String colour, @CacheValue String title) {}
  }
}
