package dev.larder.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.larder.LarderConfiguration;
import java.io.Closeable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryListener;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import javax.cache.processor.EntryProcessor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The lives of caches, managers and the provider: creation when many try, closing at any moment and
 * from anywhere, and that what is closed says so.
 */
public abstract class LifecycleContract extends CacheContract {

  /** What a closed cache may still be asked. */
  private static final Set<String> ALWAYS_ALLOWED =
      Set.of(
          "close",
          "isClosed",
          "unwrap",
          "getName",
          "getCacheManager",
          "getConfiguration",
          "getCachingProvider",
          "getURI",
          "getClassLoader",
          "getProperties");

  /** Tests this backend. */
  protected LifecycleContract(Subject subject) {
    super(subject);
  }

  // ---- what is closed says so -----------------------------------------------------------------

  @TestFactory
  Stream<DynamicTest> closedCacheRefuses() {
    return operations(Cache.class)
        .map(
            method ->
                dynamicTest(
                    describe(method),
                    () -> {
                      Cache<String, Integer> cache = create(settings());
                      cache.close();
                      assertRefuses(cache, method);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> cacheOfAClosedManagerRefuses() {
    return operations(Cache.class)
        .map(
            method ->
                dynamicTest(
                    describe(method),
                    () -> {
                      ClassLoader loader = newLoader();
                      CacheManager own = provider.getCacheManager(subject.uri(), loader);
                      Cache<String, Integer> cache = own.createCache(newName(), settings().build());
                      provider.close(subject.uri(), loader);
                      assertRefuses(cache, method);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> closedManagerRefuses() {
    return operations(CacheManager.class)
        .map(
            method ->
                dynamicTest(
                    describe(method),
                    () -> {
                      CacheManager own = provider.getCacheManager(subject.uri(), newLoader());
                      own.close();
                      assertRefuses(own, method);
                    }));
  }

  private static Stream<Method> operations(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> !ALWAYS_ALLOWED.contains(method.getName()));
  }

  private static String describe(Method method) {
    return method.getName()
        + Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).toList();
  }

  private static void assertRefuses(Object target, Method method) throws Exception {
    Object[] arguments =
        Arrays.stream(method.getParameterTypes()).map(LifecycleContract::argument).toArray();
    try {
      method.invoke(target, arguments);
      assertThat(method).as("the method of a closed %s", target).isNull();
    } catch (InvocationTargetException e) {
      assertThat(e.getCause()).isInstanceOf(IllegalStateException.class);
    }
  }

  private static @Nullable Object argument(Class<?> type) {
    Map<Class<?>, Object> samples =
        Map.of(
            String.class,
            "key",
            Object.class,
            "key",
            boolean.class,
            true,
            Class.class,
            String.class,
            Set.class,
            Set.of("key"),
            Map.class,
            Map.of("key", 1),
            Object[].class,
            new Object[0],
            Configuration.class,
            new MutableConfiguration<>());
    if (samples.containsKey(type)) {
      return samples.get(type);
    }
    if (type == CacheEntryListenerConfiguration.class) {
      return synchronous(new RecordingListener<>());
    }
    if (type == EntryProcessor.class) {
      return (EntryProcessor<Object, Object, Object>) (entry, none) -> "";
    }
    return type == Consumer.class ? (Consumer<Object>) element -> {} : null;
  }

  @Test
  void closedCacheStillSaysWhatItWas() {
    Cache<String, Integer> cache = create(settings());
    String name = cache.getName();
    cache.close();
    assertThat(cache.isClosed()).isTrue();
    assertThat(cache.getName()).isEqualTo(name);
    assertThat(cache.getCacheManager()).isSameAs(manager);
    assertThat(cache.toString()).contains(name);
  }

  @Test
  void closedCacheIsUnknownToItsManager() {
    Cache<String, Integer> cache = create(settings());
    cache.close();
    assertThat(manager.<Object, Object>getCache(cache.getName())).isNull();
    assertThat(manager.getCacheNames()).doesNotContain(cache.getName());
  }

  @Test
  void nameOfADestroyedCacheIsFreeForAnyConfiguration() {
    Cache<String, Integer> cache = create(settings());
    cache.put("key", 1);
    manager.destroyCache(cache.getName());
    assertThat(cache.isClosed()).isTrue();
    Cache<Long, String> next =
        manager.createCache(cache.getName(), settings(Long.class, String.class).build());
    assertThat(next.containsKey(1L)).isFalse();
    next.put(1L, "one");
    assertThat(next.get(1L)).isEqualTo("one");
  }

  @Test
  void destroyedCacheLeavesNoEntries() {
    Cache<String, Integer> cache = create(settings());
    cache.put("key", 1);
    manager.destroyCache(cache.getName());
    Cache<String, Integer> next = manager.createCache(cache.getName(), settings().build());
    assertThat(next.get("key")).isNull();
  }

  // ---- closing --------------------------------------------------------------------------------

  @Test
  void closingAgainDoesNothing() {
    Cache<String, Integer> cache = create(settings());
    cache.close();
    Cache<String, Integer> next = manager.createCache(cache.getName(), settings().build());
    cache.close();
    assertThat(next.isClosed()).isFalse();
    assertThat(manager.<Object, Object>getCache(next.getName())).isSameAs(next);
    manager.close();
    assertThatCode(manager::close).doesNotThrowAnyException();
  }

  /** Counts how often it is closed. */
  private static class Closes extends RecordingListener<String, Integer>
      implements CacheLoader<String, Integer>,
          CacheWriter<String, Integer>,
          CacheEntryEventFilter<String, Integer>,
          ExpiryPolicy,
          Closeable {
    final AtomicInteger times = new AtomicInteger();
    private final boolean fails;
    private final ExpiryPolicy eternal = new EternalExpiryPolicy();

    Closes(boolean fails) {
      this.fails = fails;
    }

    @Override
    public void close() {
      times.incrementAndGet();
      if (fails) {
        throw new IllegalStateException("a close that fails");
      }
    }

    @Override
    public Integer load(String key) {
      return 1;
    }

    @Override
    public Map<String, Integer> loadAll(Iterable<? extends String> keys) {
      return Map.of();
    }

    @Override
    public void write(Cache.Entry<? extends String, ? extends Integer> entry) {}

    @Override
    public void writeAll(Collection<Cache.Entry<? extends String, ? extends Integer>> entries) {
      entries.clear();
    }

    @Override
    public void delete(Object key) {}

    @Override
    public void deleteAll(Collection<?> keys) {
      keys.clear();
    }

    @Override
    public boolean evaluate(CacheEntryEvent<? extends String, ? extends Integer> event) {
      return true;
    }

    @Override
    public Duration getExpiryForCreation() {
      return eternal.getExpiryForCreation();
    }

    @Override
    public Duration getExpiryForAccess() {
      return eternal.getExpiryForAccess();
    }

    @Override
    public Duration getExpiryForUpdate() {
      return eternal.getExpiryForUpdate();
    }
  }

  @TestFactory
  Stream<DynamicTest> everyUserObjectIsClosedOnceBy() {
    return Stream.of("Cache.close", "destroyCache", "CacheManager.close", "CachingProvider.close")
        .map(
            way ->
                dynamicTest(
                    way,
                    () -> {
                      List<Closes> objects =
                          Stream.of(true, true, true, true, true).map(Closes::new).toList();
                      ClassLoader loader = newLoader();
                      CacheManager own = provider.getCacheManager(subject.uri(), loader);
                      Cache<String, Integer> cache =
                          own.createCache(
                              newName(),
                              settings()
                                  .readThrough(always(objects.get(0)))
                                  .writeThrough(always(objects.get(1)))
                                  .expiryPolicy(always(objects.get(2)))
                                  .listener(
                                      new MutableCacheEntryListenerConfiguration<>(
                                          always(objects.get(3)),
                                          always(objects.get(4)),
                                          true,
                                          true))
                                  .build());
                      switch (way) {
                        case "Cache.close" -> cache.close();
                        case "destroyCache" -> own.destroyCache(cache.getName());
                        case "CacheManager.close" -> own.close();
                        default -> provider.close(loader);
                      }
                      assertThat(objects).allMatch(object -> object.times.get() == 1);
                      own.close();
                    }));
  }

  @Test
  void deregisteredListenerIsClosed() {
    Closes listener = new Closes(false);
    CacheEntryListenerConfiguration<String, Integer> configuration = synchronous(listener);
    Cache<String, Integer> cache = create(settings().listener(configuration));
    cache.deregisterCacheEntryListener(configuration);
    assertThat(listener.times).hasValue(1);
    cache.close();
    assertThat(listener.times).hasValue(1);
  }

  @Test
  void manyThreadsMayCloseAtOnce() throws Exception {
    Closes loader = new Closes(false);
    CacheManager own = provider.getCacheManager(subject.uri(), newLoader());
    Cache<String, Integer> cache =
        own.createCache(newName(), settings().readThrough(always(loader)).build());
    Threads.race(
        16,
        i -> {
          if (i % 2 == 0) {
            cache.close();
          } else {
            own.close();
          }
          return "";
        });
    assertThat(cache.isClosed()).isTrue();
    assertThat(own.isClosed()).isTrue();
    assertThat(loader.times).hasValue(1);
  }

  @Test
  void cacheMayCloseWhileItIsInUse() throws Exception {
    for (int round = 0; round < 10; round++) {
      Cache<String, Integer> cache =
          create(
              settings()
                  .statisticsEnabled(true)
                  .listener(asynchronous(new RecordingListener<>()))
                  .listener(synchronous(new RecordingListener<>())));
      CountDownLatch busy = new CountDownLatch(4);
      List<String> outcomes =
          Threads.race(
              5,
              i -> {
                if (i == 4) {
                  Threads.await(busy);
                  cache.close();
                  return "closed";
                }
                return useUntilClosed(cache, busy);
              });
      assertThat(outcomes).containsOnly("closed");
      assertThat(cache.isClosed()).isTrue();
    }
  }

  private static String useUntilClosed(Cache<String, Integer> cache, CountDownLatch busy) {
    try {
      for (int i = 0; ; i++) {
        String key = "key" + i % 10;
        cache.put(key, i);
        cache.get(key);
        cache.invoke(key, (entry, none) -> entry.getValue());
        cache.getAll(Set.of("other", key));
        cache.forEach(entry -> assertThat(entry).isNotNull());
        cache.remove(key);
        if (i == 20) {
          busy.countDown();
        }
      }
    } catch (IllegalStateException e) {
      return "closed";
    } catch (CacheException e) {
      return e.getCause() instanceof IllegalStateException ? "closed" : e.toString();
    }
  }

  @Test
  void processorMayCloseTheCache() {
    Cache<String, Integer> cache = create(settings());
    assertThatCode(
            () ->
                cache.invoke(
                    "key",
                    (entry, arguments) -> {
                      cache.close();
                      return "";
                    }))
        .satisfiesAnyOf(
            outcome -> assertThat(outcome).isNull(),
            outcome ->
                assertThat(outcome)
                    .isInstanceOfAny(CacheException.class, IllegalStateException.class));
    assertThat(cache.isClosed()).isTrue();
  }

  @Test
  void loaderMayCloseTheCache() {
    List<Cache<String, Integer>> self = new ArrayList<>();
    Cache<String, Integer> cache =
        create(
            settings()
                .readThrough(
                    always(
                        new Loaders.Simple<String, Integer>(
                            key -> {
                              self.get(0).close();
                              return 1;
                            }))));
    self.add(cache);
    try {
      cache.get("key");
    } catch (CacheException | IllegalStateException e) {
      assertThat(cache.isClosed()).isTrue();
    }
    assertThat(cache.isClosed()).isTrue();
  }

  @Test
  void userObjectMayCloseTheManagerWhileItIsClosed() {
    List<CacheManager> own = new ArrayList<>();
    own.add(provider.getCacheManager(subject.uri(), newLoader()));
    Closes closer =
        new Closes(false) {
          @Override
          public void close() {
            super.close();
            own.get(0).close();
          }
        };
    Cache<String, Integer> cache =
        own.get(0).createCache(newName(), settings().readThrough(always(closer)).build());
    cache.close();
    assertThat(own.get(0).isClosed()).isTrue();
    assertThat(closer.times).hasValue(1);
  }

  @Test
  void threadThatWaitsForAKeyGoesOnWhenTheCacheCloses() throws Exception {
    Cache<String, Integer> cache = create(settings());
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    try (Threads threads = new Threads()) {
      Future<String> holder =
          threads.start(
              () ->
                  cache.invoke(
                      "key",
                      (entry, arguments) -> {
                        inside.countDown();
                        Threads.await(gate);
                        return "done";
                      }));
      Threads.await(inside);
      Future<String> waiter =
          threads.start(
              () -> {
                try {
                  cache.put("key", 1);
                } catch (CacheException | IllegalStateException e) {
                  assertThat(cache.isClosed()).isTrue();
                }
                return "done";
              });
      cache.close();
      gate.countDown();
      assertThat(Threads.result(waiter)).isEqualTo("done");
      try {
        assertThat(Threads.result(holder)).isEqualTo("done");
      } catch (ExecutionException e) {
        assertThat(e.getCause()).isInstanceOfAny(CacheException.class, IllegalStateException.class);
      }
    }
  }

  // ---- races for creation ---------------------------------------------------------------------

  @Test
  void oneOfManyCreatesTheCache() throws Exception {
    for (int round = 0; round < 10; round++) {
      String name = newName();
      AtomicInteger opened = new AtomicInteger();
      AtomicInteger closed = new AtomicInteger();
      Factory<Closes> factory =
          () -> {
            opened.incrementAndGet();
            return new Closes(false) {
              @Override
              public void close() {
                closed.incrementAndGet();
              }
            };
          };
      LarderConfiguration<String, Integer> configuration =
          settings().statisticsEnabled(true).readThrough(factory).build();
      List<Object> outcomes =
          Threads.race(
              32,
              i -> {
                try {
                  return manager.createCache(name, configuration);
                } catch (CacheException e) {
                  return "refused";
                }
              });
      List<Object> winners = outcomes.stream().filter(o -> o instanceof Cache).toList();
      assertThat(winners).hasSize(1);
      assertThat(manager.<Object, Object>getCache(name)).isSameAs(winners.get(0));
      assertThat(((Cache<?, ?>) winners.get(0)).isClosed()).isFalse();
      assertThat(opened.get() - closed.get()).as("loaders left open").isEqualTo(1);
      assertThat(beanNames("javax.cache:type=CacheStatistics,Cache=" + name + ",*")).hasSize(1);
    }
  }

  @Test
  void manyGetTheSameManager() throws Exception {
    for (int round = 0; round < 10; round++) {
      ClassLoader loader = newLoader();
      List<CacheManager> managers =
          Threads.race(32, i -> provider.getCacheManager(subject.uri(), loader));
      assertThat(managers).containsOnly(managers.get(0));
      managers.get(0).close();
    }
  }

  @Test
  void cacheCreatedWhileItsManagerClosesIsClosedToo() throws Exception {
    for (int round = 0; round < 20; round++) {
      CacheManager own = provider.getCacheManager(subject.uri(), newLoader());
      Closes loader = new Closes(false);
      AtomicBoolean opened = new AtomicBoolean();
      Factory<Closes> factory =
          () -> {
            opened.set(true);
            return loader;
          };
      LarderConfiguration<String, Integer> configuration = settings().readThrough(factory).build();
      Threads.race(
          2,
          i -> {
            if (i == 0) {
              own.close();
              return "closed";
            }
            try {
              own.createCache(newName(), configuration);
              return "created";
            } catch (CacheException | IllegalStateException e) {
              return "refused";
            }
          });
      Threads.await(() -> loader.times.get() == (opened.get() ? 1 : 0));
    }
  }

  // ---- factories ------------------------------------------------------------------------------

  @TestFactory
  Stream<DynamicTest> badFactoryFailsTheCreationOnly() {
    RuntimeException failure = new IllegalStateException("a factory that fails");
    return Stream.of(true, false)
        .flatMap(
            fails ->
                settingsWith(bad(fails, failure)).entrySet().stream()
                    .map(
                        entry ->
                            dynamicTest(
                                entry.getKey() + (fails ? " that fails" : " that makes nothing"),
                                () -> assertNoCreation(entry.getValue()))));
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // a bad factory, on purpose
  private static <T> Factory<T> bad(boolean fails, RuntimeException failure) {
    return () -> {
      if (fails) {
        throw failure;
      }
      return null;
    };
  }

  private Map<String, LarderConfiguration.Builder<String, Integer>> settingsWith(
      Factory<?> factory) {
    Map<String, LarderConfiguration.Builder<String, Integer>> table = new LinkedHashMap<>();
    Factory<CacheEntryListener<String, Integer>> listener = always(new RecordingListener<>());
    table.put("loader factory", settings().readThrough(cast(factory)));
    table.put("writer factory", settings().writeThrough(cast(factory)));
    table.put("policy factory", settings().expiryPolicy(cast(factory)));
    table.put(
        "listener factory",
        settings()
            .listener(
                new MutableCacheEntryListenerConfiguration<>(cast(factory), null, true, true)));
    table.put(
        "filter factory",
        settings()
            .listener(
                new MutableCacheEntryListenerConfiguration<>(listener, cast(factory), true, true)));
    return table;
  }

  @SuppressWarnings("unchecked") // the factory makes nothing at all
  private static <T> Factory<T> cast(Factory<?> factory) {
    return (Factory<T>) factory;
  }

  private void assertNoCreation(LarderConfiguration.Builder<String, Integer> bad) {
    String name = newName();
    AtomicInteger opened = new AtomicInteger();
    Closes loader = new Closes(false);
    if (bad.build().getCacheLoaderFactory() == null) {
      bad.loader(
          () -> {
            opened.incrementAndGet();
            return loader;
          });
    }
    LarderConfiguration<String, Integer> configuration =
        bad.statisticsEnabled(true).managementEnabled(true).build();
    assertThatThrownBy(() -> manager.createCache(name, configuration))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining(name);
    assertThat(loader.times).as("loaders closed").hasValue(opened.get());
    assertThat(manager.<Object, Object>getCache(name)).isNull();
    assertThat(beanNames("javax.cache:*")).isEmpty();
    assertThatCode(() -> manager.createCache(name, settings().build())).doesNotThrowAnyException();
  }

  @Test
  void badListenerCannotBeRegisteredLater() {
    Cache<String, Integer> cache = create(settings());
    for (boolean fails : new boolean[] {true, false}) {
      Factory<CacheEntryListener<String, Integer>> factory =
          bad(fails, new IllegalStateException("a factory that fails"));
      CacheEntryListenerConfiguration<String, Integer> configuration =
          new MutableCacheEntryListenerConfiguration<>(factory, null, true, true);
      assertThatThrownBy(() -> cache.registerCacheEntryListener(configuration))
          .isInstanceOf(CacheException.class);
      assertThat(
              cache
                  .<CompleteConfiguration<String, Integer>>getConfiguration(complete())
                  .getCacheEntryListenerConfigurations())
          .isEmpty();
    }
  }

  // ---- configurations -------------------------------------------------------------------------

  @SuppressWarnings("unchecked") // a class object knows no type arguments
  private static Class<CompleteConfiguration<String, Integer>> complete() {
    return (Class<CompleteConfiguration<String, Integer>>) (Class<?>) CompleteConfiguration.class;
  }

  @Test
  void laterChangesOfTheGivenConfigurationHaveNoEffect() {
    MutableConfiguration<String, Integer> given =
        new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class);
    Cache<String, Integer> cache = create(given);
    given.setStatisticsEnabled(true).setStoreByValue(false).setReadThrough(true);
    given.addCacheEntryListenerConfiguration(synchronous(new RecordingListener<>()));
    CompleteConfiguration<String, Integer> shown = cache.getConfiguration(complete());
    assertThat(shown.isStatisticsEnabled()).isFalse();
    assertThat(shown.isStoreByValue()).isTrue();
    assertThat(shown.isReadThrough()).isFalse();
    assertThat(shown.getCacheEntryListenerConfigurations()).isEmpty();
  }

  @Test
  void configurationsOfTwoCachesAreTheirOwn() {
    MutableConfiguration<String, Integer> given =
        new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class);
    Cache<String, Integer> one = create(given);
    Cache<String, Integer> two = create(given);
    manager.enableStatistics(one.getName(), true);
    one.registerCacheEntryListener(synchronous(new RecordingListener<>()));
    assertThat(two.getConfiguration(complete()).isStatisticsEnabled()).isFalse();
    assertThat(two.getConfiguration(complete()).getCacheEntryListenerConfigurations()).isEmpty();
    assertThat(given.isStatisticsEnabled()).isFalse();
  }

  @Test
  void shownConfigurationIsASnapshotThatCannotBeChanged() {
    Cache<String, Integer> cache = create(settings());
    CompleteConfiguration<String, Integer> before = cache.getConfiguration(complete());
    manager.enableStatistics(cache.getName(), true);
    manager.enableManagement(cache.getName(), true);
    cache.registerCacheEntryListener(synchronous(new RecordingListener<>()));
    assertThat(before.isStatisticsEnabled()).isFalse();
    assertThat(before.isManagementEnabled()).isFalse();
    assertThat(before.getCacheEntryListenerConfigurations()).isEmpty();
    CompleteConfiguration<String, Integer> after = cache.getConfiguration(complete());
    assertThat(after.isStatisticsEnabled()).isTrue();
    assertThat(after.isManagementEnabled()).isTrue();
    Iterator<?> listeners = after.getCacheEntryListenerConfigurations().iterator();
    listeners.next();
    assertThatThrownBy(listeners::remove).isInstanceOf(UnsupportedOperationException.class);
    assertThat(after).isNotInstanceOf(MutableConfiguration.class);
  }

  @Test
  void bareConfigurationMakesACacheThatKeepsEverything() {
    Cache<Object, Object> cache = create(new MutableConfiguration<>());
    Map<Object, Object> entries = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      entries.put(i, i);
    }
    cache.putAll(entries);
    assertThat(cache.getAll(entries.keySet())).isEqualTo(entries);
  }

  @Test
  void namesAreASnapshotThatCannotBeChanged() {
    String first = create(settings()).getName();
    Iterable<String> names = manager.getCacheNames();
    create(settings());
    assertThat(names).containsExactly(first);
    Iterator<String> iterator = names.iterator();
    iterator.next();
    assertThatThrownBy(iterator::remove).isInstanceOf(UnsupportedOperationException.class);
  }

  // ---- provider -------------------------------------------------------------------------------

  @Test
  void managerKnowsWhereItComesFrom() {
    ClassLoader loader = newLoader();
    Properties properties = new Properties();
    properties.setProperty("some.key", "some value");
    CacheManager own = provider.getCacheManager(subject.uri(), loader, properties);
    assertThat(own.getURI()).isEqualTo(subject.uri());
    assertThat(own.getClassLoader()).isSameAs(loader);
    assertThat(own.getCachingProvider()).isSameAs(provider);
    assertThat(own.getProperties()).containsEntry("some.key", "some value");
    assertThat(provider.getCacheManager(subject.uri(), loader, new Properties())).isSameAs(own);
    own.close();
  }

  @Test
  void nullMeansTheDefault() {
    CacheManager byNull = Caching.getCachingProvider().getCacheManager(null, null, null);
    assertThat(byNull.getURI()).isEqualTo(provider.getDefaultURI());
    assertThat(byNull.getClassLoader()).isSameAs(provider.getDefaultClassLoader());
    assertThat(provider.getCacheManager()).isSameAs(byNull);
    assertThat(provider.getCacheManager(null, null)).isSameAs(byNull);
    assertThat(provider.getCacheManager(provider.getDefaultURI(), null)).isSameAs(byNull);
    byNull.close();
    CacheManager own = provider.getCacheManager(subject.uri(), null);
    assertThat(own.getClassLoader()).isSameAs(provider.getDefaultClassLoader());
    provider.close(subject.uri(), null);
    assertThat(own.isClosed()).isTrue();
  }

  @Test
  void managersOfTwoLoadersHaveTheirOwnCaches() {
    CacheManager one = provider.getCacheManager(subject.uri(), newLoader());
    CacheManager two = provider.getCacheManager(subject.uri(), newLoader());
    assertThat(one).isNotSameAs(two);
    String name = newName();
    Cache<String, Integer> first = one.createCache(name, settings().build());
    Cache<String, Integer> second = two.createCache(name, settings().build());
    assertThat(first).isNotSameAs(second);
    one.close();
    second.put("key", 1);
    assertThat(second.get("key")).isEqualTo(1);
    two.destroyCache(name);
    two.close();
  }

  @TestFactory
  Stream<DynamicTest> closedManagerIsReplacedAfter() {
    Map<String, Consumer<CacheManager>> ways = new LinkedHashMap<>();
    ways.put("CacheManager.close", CacheManager::close);
    ways.put("CachingProvider.close", own -> own.getCachingProvider().close());
    ways.put(
        "CachingProvider.close(loader)",
        own -> own.getCachingProvider().close(own.getClassLoader()));
    ways.put(
        "CachingProvider.close(uri, loader)",
        own -> own.getCachingProvider().close(own.getURI(), own.getClassLoader()));
    return ways.entrySet().stream()
        .map(
            way ->
                dynamicTest(
                    way.getKey(),
                    () -> {
                      ClassLoader loader = newLoader();
                      CacheManager old = provider.getCacheManager(subject.uri(), loader);
                      Cache<String, Integer> cache = old.createCache("same", settings().build());
                      way.getValue().accept(old);
                      assertThat(old.isClosed()).isTrue();
                      assertThat(cache.isClosed()).isTrue();
                      CacheManager fresh = provider.getCacheManager(subject.uri(), loader);
                      assertThat(fresh).isNotSameAs(old);
                      Cache<String, Integer> next = fresh.createCache("same", settings().build());
                      next.put("key", 1);
                      assertThat(next.get("key")).isEqualTo(1);
                      old.close();
                      assertThat(fresh.isClosed()).isFalse();
                      fresh.destroyCache("same");
                      fresh.close();
                    }));
  }

  @Test
  void closingOneLoaderLeavesTheOthersAlone() {
    ClassLoader mine = newLoader();
    ClassLoader others = newLoader();
    CacheManager own = provider.getCacheManager(subject.uri(), mine);
    CacheManager other = provider.getCacheManager(subject.uri(), others);
    provider.close(mine);
    provider.close(URI.create(subject.uri() + "-no"), others);
    assertThat(own.isClosed()).isTrue();
    assertThat(other.isClosed()).isFalse();
    other.close();
  }

  private static ClassLoader newLoader() {
    return new ClassLoader(LifecycleContract.class.getClassLoader()) {};
  }
}
