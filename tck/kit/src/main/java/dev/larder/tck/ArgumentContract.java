package dev.larder.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.larder.LarderConfiguration;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.processor.EntryProcessor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Bad arguments: each is refused with the exception that JSR-107 names, and changes nothing. */
public abstract class ArgumentContract extends CacheContract {

  /** Tests this backend. */
  protected ArgumentContract(Subject subject) {
    super(subject);
  }

  /** A class that cannot be copied. */
  static final class NotSerializable {}

  private static final EntryProcessor<Object, Object, Object> NOTHING = (entry, arguments) -> "";

  @SuppressWarnings("unchecked")
  private static <K, V> EntryProcessor<K, V, Object> nothing() {
    return (EntryProcessor<K, V, Object>) (EntryProcessor<?, ?, ?>) NOTHING;
  }

  // ---- null -----------------------------------------------------------------------------------

  @TestFactory
  Stream<DynamicTest> row76NullIsRefused() {
    Map<String, Consumer<Cache<String, Integer>>> calls = new LinkedHashMap<>();
    Set<String> withNull = setOf("present", null);
    calls.put("get(null)", cache -> cache.get(null));
    calls.put("getAll(null)", cache -> cache.getAll(null));
    calls.put("getAll(with null)", cache -> cache.getAll(withNull));
    calls.put("containsKey(null)", cache -> cache.containsKey(null));
    calls.put("put(null, value)", cache -> cache.put(null, 2));
    calls.put("put(key, null)", cache -> cache.put("present", null));
    calls.put("getAndPut(null, value)", cache -> cache.getAndPut(null, 2));
    calls.put("getAndPut(key, null)", cache -> cache.getAndPut("present", null));
    calls.put("putAll(null)", cache -> cache.putAll(null));
    calls.put("putAll(null key)", cache -> cache.putAll(mapOf("other", 2, null, 2)));
    calls.put("putAll(null value)", cache -> cache.putAll(mapOf("other", 2, "more", null)));
    calls.put("putIfAbsent(null, value)", cache -> cache.putIfAbsent(null, 2));
    calls.put("putIfAbsent(key, null)", cache -> cache.putIfAbsent("other", null));
    calls.put("remove(null)", cache -> cache.remove(null));
    calls.put("remove(null, value)", cache -> cache.remove(null, 1));
    calls.put("remove(key, null)", cache -> cache.remove("present", null));
    calls.put("getAndRemove(null)", cache -> cache.getAndRemove(null));
    calls.put("replace(null, value)", cache -> cache.replace(null, 2));
    calls.put("replace(key, null)", cache -> cache.replace("present", null));
    calls.put("replace(null, old, new)", cache -> cache.replace(null, 1, 2));
    calls.put("replace(key, null, new)", cache -> cache.replace("present", null, 2));
    calls.put("replace(key, old, null)", cache -> cache.replace("present", 1, null));
    calls.put("getAndReplace(null, value)", cache -> cache.getAndReplace(null, 2));
    calls.put("getAndReplace(key, null)", cache -> cache.getAndReplace("present", null));
    calls.put("removeAll(null)", cache -> cache.removeAll(null));
    calls.put("removeAll(with null)", cache -> cache.removeAll(withNull));
    calls.put("loadAll(null)", cache -> cache.loadAll(null, true, null));
    calls.put("loadAll(with null)", cache -> cache.loadAll(withNull, true, null));
    calls.put("invoke(null, processor)", cache -> cache.invoke(null, nothing()));
    calls.put("invoke(key, null)", cache -> cache.invoke("present", null));
    calls.put("invokeAll(null, processor)", cache -> cache.invokeAll(null, nothing()));
    calls.put("invokeAll(with null)", cache -> cache.invokeAll(withNull, nothing()));
    calls.put("invokeAll(keys, null)", cache -> cache.invokeAll(Set.of("present"), null));
    calls.put("getConfiguration(null)", cache -> cache.getConfiguration(null));
    calls.put("unwrap(null)", cache -> cache.unwrap(null));
    calls.put("register(null)", cache -> cache.registerCacheEntryListener(null));
    calls.put("deregister(null)", cache -> cache.deregisterCacheEntryListener(null));
    return refused(calls, NullPointerException.class);
  }

  // ---- types ----------------------------------------------------------------------------------

  @TestFactory
  @SuppressWarnings({"unchecked", "rawtypes"})
  Stream<DynamicTest> wrongTypeIsRefused() {
    Map<String, Consumer<Cache>> calls = new LinkedHashMap<>();
    calls.put("get(key)", cache -> cache.get(1));
    calls.put("getAll(keys)", cache -> cache.getAll(Set.of(1)));
    calls.put("containsKey(key)", cache -> cache.containsKey(1));
    calls.put("put(key)", cache -> cache.put(1, 2));
    calls.put("put(value)", cache -> cache.put("present", "2"));
    calls.put("getAndPut(key)", cache -> cache.getAndPut(1, 2));
    calls.put("getAndPut(value)", cache -> cache.getAndPut("present", "2"));
    calls.put("putAll(key)", cache -> cache.putAll(mapOf("other", 2, 1, 2)));
    calls.put("putAll(value)", cache -> cache.putAll(mapOf("other", 2, "more", "2")));
    calls.put("putIfAbsent(key)", cache -> cache.putIfAbsent(1, 2));
    calls.put("putIfAbsent(value)", cache -> cache.putIfAbsent("other", "2"));
    calls.put("remove(key)", cache -> cache.remove(1));
    calls.put("remove(key, old)", cache -> cache.remove(1, 1));
    calls.put("getAndRemove(key)", cache -> cache.getAndRemove(1));
    calls.put("replace(key, value)", cache -> cache.replace(1, 2));
    calls.put("replace(value)", cache -> cache.replace("present", "2"));
    calls.put("replace(old, new)", cache -> cache.replace("present", 1, "2"));
    calls.put("getAndReplace(key)", cache -> cache.getAndReplace(1, 2));
    calls.put("getAndReplace(value)", cache -> cache.getAndReplace("present", "2"));
    calls.put("removeAll(keys)", cache -> cache.removeAll(setOf("present", 1)));
    calls.put("loadAll(keys)", cache -> cache.loadAll(Set.of(1), true, null));
    calls.put("invoke(key)", cache -> cache.invoke(1, NOTHING));
    calls.put("invokeAll(keys)", cache -> cache.invokeAll(Set.of(1), NOTHING));
    Map<String, Consumer<Cache<String, Integer>>> typed = new LinkedHashMap<>();
    calls.forEach((name, call) -> typed.put(name, call::accept));
    return refused(typed, ClassCastException.class);
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void processorCannotSetValueOfWrongType() {
    Cache<String, Integer> cache = create(settings());
    EntryProcessor intruder =
        (entry, arguments) -> {
          entry.setValue("a text");
          return null;
        };
    assertThatThrownBy(() -> ((Cache) cache).invoke("key", intruder))
        .isInstanceOf(CacheException.class)
        .hasRootCauseInstanceOf(ClassCastException.class);
    assertThat(cache.containsKey("key")).isFalse();
  }

  @Test
  void untypedCacheTakesAnyType() {
    Cache<Object, Object> cache = create(settings(Object.class, Object.class));
    cache.put(1, "one");
    cache.put("one", 1L);
    assertThat(cache.get(1)).isEqualTo("one");
    assertThat(cache.get("one")).isEqualTo(1L);
  }

  @Test
  void row82KeysOfDifferentTypesDiffer() {
    Cache<Object, Object> cache = create(settings(Object.class, Object.class));
    cache.put(1, "int");
    cache.put(1L, "long");
    cache.put("1", "text");
    assertThat(cache.getAll(Set.of(1, 1L, "1")))
        .isEqualTo(Map.of(1, "int", 1L, "long", "1", "text"));
  }

  @Test
  void rows80And81UnusualTextsAreDifferentKeys() {
    Cache<String, Integer> cache = create(settings());
    String[] texts = {"", " ", "?", "\ud800", "\udfff", "\ufffd", "\u00e9", "e\u0301", "a\0", "a"};
    for (int i = 0; i < texts.length; i++) {
      cache.put(texts[i], i);
    }
    for (int i = 0; i < texts.length; i++) {
      assertThat(cache.get(texts[i])).isEqualTo(i);
    }
  }

  // ---- copies that cannot be made -------------------------------------------------------------

  @TestFactory
  Stream<DynamicTest> whatCannotBeCopiedIsRefusedByItsName() {
    Object bad = new NotSerializable();
    Map<String, Consumer<Cache<Object, Object>>> calls = new LinkedHashMap<>();
    calls.put("put(key)", cache -> cache.put(bad, 2));
    calls.put("put(value)", cache -> cache.put("present", bad));
    calls.put("getAndPut(value)", cache -> cache.getAndPut("present", bad));
    calls.put("putAll(value)", cache -> cache.putAll(mapOf("other", 2, "more", bad)));
    calls.put("putIfAbsent(value)", cache -> cache.putIfAbsent("other", bad));
    calls.put("replace(value)", cache -> cache.replace("present", bad));
    calls.put("replace(old, new)", cache -> cache.replace("present", 1, bad));
    calls.put("getAndReplace(value)", cache -> cache.getAndReplace("present", bad));
    calls.put(
        "invoke(setValue)",
        cache ->
            cache.invoke(
                "present",
                (entry, arguments) -> {
                  entry.setValue(bad);
                  return "";
                }));
    return calls.entrySet().stream()
        .map(
            call ->
                dynamicTest(
                    call.getKey(),
                    () -> {
                      Cache<Object, Object> cache = create(settings(Object.class, Object.class));
                      cache.put("present", 1);
                      assertThatThrownBy(() -> call.getValue().accept(cache))
                          .isInstanceOf(CacheException.class)
                          .hasStackTraceContaining(NotSerializable.class.getName());
                      assertUnchanged(cache);
                    }));
  }

  @Test
  void nestingTooDeepToCopyIsACacheException() {
    Cache<Object, Object> cache = create(settings(Object.class, Object.class));
    Object[] nested = {};
    for (int i = 0; i < 100_000; i++) {
      nested = new Object[] {nested};
    }
    Object value = nested;
    assertThatThrownBy(() -> cache.put("key", value)).isInstanceOf(CacheException.class);
    assertThat(cache.containsKey("key")).isFalse();
  }

  // ---- managers -------------------------------------------------------------------------------

  @TestFactory
  Stream<DynamicTest> managerRefusesNull() {
    MutableConfiguration<Object, Object> configuration = new MutableConfiguration<>();
    Map<String, Runnable> calls = new LinkedHashMap<>();
    calls.put("createCache(null name)", () -> manager.createCache(null, configuration));
    calls.put("createCache(null configuration)", () -> manager.createCache(newName(), null));
    calls.put("getCache(null)", () -> manager.getCache(null));
    calls.put("getCache(null name)", () -> manager.getCache(null, String.class, String.class));
    calls.put("getCache(null key type)", () -> manager.getCache("name", null, String.class));
    calls.put("getCache(null value type)", () -> manager.getCache("name", String.class, null));
    calls.put("destroyCache(null)", () -> manager.destroyCache(null));
    calls.put("enableManagement(null)", () -> manager.enableManagement(null, true));
    calls.put("enableStatistics(null)", () -> manager.enableStatistics(null, true));
    return calls.entrySet().stream()
        .map(
            call ->
                dynamicTest(
                    call.getKey(),
                    () ->
                        assertThatThrownBy(call.getValue()::run)
                            .isInstanceOf(NullPointerException.class)));
  }

  @Test
  void cacheNobodyCreatedIsNotFound() {
    assertThat(manager.<Object, Object>getCache("nobody")).isNull();
    assertThat(manager.getCache("nobody", String.class, String.class)).isNull();
  }

  @Test
  void destroyingUnknownCacheDoesNothing() {
    assertThatCode(() -> manager.destroyCache("nobody")).doesNotThrowAnyException();
  }

  @Test
  void unknownCacheCannotBeManaged() {
    assertThatThrownBy(() -> manager.enableManagement("nobody", true))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("nobody");
    assertThatThrownBy(() -> manager.enableStatistics("nobody", true))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("nobody");
  }

  @Test
  void nameInUseIsRefused() {
    Cache<String, Integer> cache = create(settings());
    assertThatThrownBy(() -> manager.createCache(cache.getName(), settings().build()))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining(cache.getName());
    assertThat(cache.isClosed()).isFalse();
  }

  @Test
  void typesOtherThanConfiguredAreRefused() {
    String name = create(settings()).getName();
    assertThatThrownBy(() -> manager.getCache(name, Integer.class, Integer.class))
        .isInstanceOf(ClassCastException.class);
    assertThatThrownBy(() -> manager.getCache(name, String.class, Number.class))
        .isInstanceOf(ClassCastException.class);
    assertThat(manager.getCache(name, String.class, Integer.class)).isNotNull();
  }

  @Test
  void uriWithoutBackendIsNamedInTheException() {
    for (String uri : new String[] {"nobody:knows", "relative", "", "//host/path"}) {
      assertThatThrownBy(() -> provider.getCacheManager(URI.create(uri), null))
          .isInstanceOf(CacheException.class)
          .hasMessageContaining("'" + uri + "'");
    }
  }

  // ---- settings -------------------------------------------------------------------------------

  @Test
  void boundBelowOneIsRefused() {
    for (long bound : new long[] {0, -1, Long.MIN_VALUE}) {
      assertThatThrownBy(() -> settings().maxEntries(bound))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(Long.toString(bound));
    }
  }

  @Test
  void unknownConfigurationTypeIsRefused() {
    Cache<String, Integer> cache = create(settings());
    assertThatThrownBy(() -> cache.getConfiguration(Foreign.class))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void unknownTypeIsNotUnwrapped() {
    Cache<String, Integer> cache = create(settings());
    cache.put("key", 1);
    assertThatThrownBy(() -> cache.unwrap(Thread.class))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> manager.unwrap(Thread.class))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> cache.iterator().next().unwrap(Thread.class))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void missingArgumentsOfAProcessorAreNone() {
    Cache<String, Integer> cache = create(settings());
    int count = cache.invoke("key", (entry, arguments) -> arguments.length, (Object[]) null);
    assertThat(count).isZero();
  }

  /** A configuration that no provider knows. */
  interface Foreign extends CompleteConfiguration<String, Integer> {}

  // ---- helpers --------------------------------------------------------------------------------

  private Stream<DynamicTest> refused(
      Map<String, Consumer<Cache<String, Integer>>> calls, Class<? extends Throwable> exception) {
    return calls.entrySet().stream()
        .map(
            call ->
                dynamicTest(
                    call.getKey(),
                    () -> {
                      LarderConfiguration<String, Integer> configuration = settings().build();
                      Cache<String, Integer> cache = create(configuration);
                      cache.put("present", 1);
                      assertThatThrownBy(() -> call.getValue().accept(cache))
                          .isInstanceOf(exception);
                      assertUnchanged(cache);
                    }));
  }

  @SuppressWarnings("unchecked") // keys are texts here
  private static void assertUnchanged(Cache<?, ?> cache) {
    Cache<Object, Object> any = (Cache<Object, Object>) cache;
    assertThat(any.getAll(Set.of("present", "other", "more"))).isEqualTo(Map.of("present", 1));
  }

  private static <T> Set<T> setOf(@Nullable Object... elements) {
    Set<Object> set = new LinkedHashSet<>();
    Collections.addAll(set, elements);
    @SuppressWarnings("unchecked")
    Set<T> typed = (Set<T>) set;
    return typed;
  }

  private static <K, V> Map<K, V> mapOf(
      @Nullable Object key,
      @Nullable Object value,
      @Nullable Object key2,
      @Nullable Object value2) {
    Map<Object, Object> map = new LinkedHashMap<>();
    map.put(key, value);
    map.put(key2, value2);
    @SuppressWarnings("unchecked")
    Map<K, V> typed = (Map<K, V>) map;
    return typed;
  }
}
