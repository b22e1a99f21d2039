package dev.larder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.webapp.WebApplication;
import java.io.Serial;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CompletionListenerFuture;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is closed leaves nothing behind. */
@Timeout(300)
class LeakTest {
  private final LarderCachingProvider provider = new LarderCachingProvider();

  @AfterEach
  void close() {
    provider.close();
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("larder"))
        .collect(Collectors.toSet());
  }

  private static Set<ObjectName> beans() {
    try {
      return ManagementFactory.getPlatformMBeanServer()
          .queryNames(new ObjectName("javax.cache:*"), null);
    } catch (MalformedObjectNameException e) {
      throw new AssertionError(e);
    }
  }

  private static MutableConfiguration<Integer, Integer> busy() {
    return new MutableConfiguration<Integer, Integer>()
        .setStatisticsEnabled(true)
        .setManagementEnabled(true)
        .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ONE_HOUR))
        .setCacheLoaderFactory(new FactoryBuilder.SingletonFactory<>(new Doubling()));
  }

  private static void use(Cache<Integer, Integer> cache) throws Exception {
    cache.put(1, 1);
    CompletionListenerFuture loaded = new CompletionListenerFuture();
    cache.loadAll(Set.of(2), true, loaded);
    loaded.get();
    assertThat(cache.get(2)).isEqualTo(4);
  }

  private static void awaitNoThreads() {
    Eventually.await("no thread is left", () -> threads().isEmpty());
  }

  @Test
  void closedManagerLeavesNoThreadAndNoBean() throws Exception {
    CacheManager manager = provider.getCacheManager();
    use(manager.createCache("one", busy()));
    use(manager.createCache("two", busy()));
    assertThat(threads()).isNotEmpty();
    assertThat(beans()).hasSize(4);
    manager.close();

    assertThat(beans()).isEmpty();
    awaitNoThreads();
  }

  @Test
  void closedProviderWorksAnew() throws Exception {
    for (int round = 0; round < 3; round++) {
      CacheManager manager = provider.getCacheManager();
      use(manager.createCache("cache", busy()));
      provider.close();
      assertThat(manager.isClosed()).isTrue();
      assertThat(provider.getCacheManager()).isNotSameAs(manager);
    }
    provider.close();

    assertThat(beans()).isEmpty();
    awaitNoThreads();
  }

  @Test
  void userObjectThatCannotBeClosedKeepsNothingOpen() {
    CacheManager manager = provider.getCacheManager();
    for (int i = 0; i < 3; i++) {
      manager
          .createCache(
              "cache" + i,
              busy()
                  .setCacheLoaderFactory(
                      new FactoryBuilder.SingletonFactory<>(
                          new Doubling() {
                            @Serial private static final long serialVersionUID = 1L;

                            @Override
                            public void close() {
                              throw new NoClassDefFoundError("on purpose");
                            }
                          })))
          .put(1, 1);
    }
    List<Cache<?, ?>> caches = new ArrayList<>();
    manager.getCacheNames().forEach(name -> caches.add(manager.getCache(name)));
    manager.close();

    assertThat(caches).hasSize(3).allMatch(Cache::isClosed);
    assertThat(beans()).isEmpty();
    awaitNoThreads();
  }

  @Test
  void cacheThatCouldNotBeCreatedIsNotHeld() {
    WeakReference<ExpiryPolicy> policy =
        new WeakReference<>(new CreatedExpiryPolicy(Duration.ONE_HOUR));
    CacheManager manager = provider.getCacheManager();
    MutableConfiguration<Integer, Integer> configuration =
        busy()
            .setExpiryPolicyFactory(policy::get)
            .addCacheEntryListenerConfiguration(
                new MutableCacheEntryListenerConfiguration<>(
                    () -> {
                      throw new IllegalStateException("on purpose");
                    },
                    null,
                    false,
                    false));
    assertThatThrownBy(() -> manager.createCache("cache", configuration))
        .isInstanceOf(RuntimeException.class)
        .hasStackTraceContaining("on purpose");

    Memory.awaitCollected("the policy", policy);
    assertThat(manager.getCacheNames()).isEmpty();
    assertThat(beans()).isEmpty();
    manager.close();
  }

  @Test
  void applicationOnTopOfLarderCanGo() throws Exception {
    runAndAwaitCollection(() -> new OwnLoader("dev.larder.webapp."));
  }

  @Test
  void applicationThatBringsLarderCanGo() throws Exception {
    URL[] urls = {
      locationOf(WebApplication.class),
      locationOf(LarderCachingProvider.class),
      locationOf(CacheException.class)
    };
    runAndAwaitCollection(() -> new URLClassLoader(urls, ClassLoader.getPlatformClassLoader()));
  }

  private static URL locationOf(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  private static void runAndAwaitCollection(Supplier<ClassLoader> loaders) throws Exception {
    List<WeakReference<ClassLoader>> gone = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      gone.add(run(loaders.get()));
    }
    assertThat(beans()).isEmpty();
    awaitNoThreads();

    for (WeakReference<ClassLoader> loader : gone) {
      Memory.awaitCollected("the application's class loader", loader);
    }
  }

  private static WeakReference<ClassLoader> run(ClassLoader loader) throws Exception {
    Class<?> type = loader.loadClass(WebApplication.class.getName());
    assertThat(type.getClassLoader()).isSameAs(loader);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      ((Runnable) type.getConstructor().newInstance()).run();
    } finally {
      thread.setContextClassLoader(before);
    }
    if (loader instanceof AutoCloseable closeable) {
      closeable.close();
    }
    return new WeakReference<>(loader);
  }

  private static class Doubling
      implements CacheLoader<Integer, Integer>, Serializable, AutoCloseable {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public Integer load(Integer key) {
      return 2 * key;
    }

    @Override
    public Map<Integer, Integer> loadAll(Iterable<? extends Integer> keys) {
      Map<Integer, Integer> loaded = new HashMap<>();
      keys.forEach(key -> loaded.put(key, load(key)));
      return loaded;
    }

    @Override
    public void close() {}
  }
}
