package dev.larder.tck;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.larder.LarderConfiguration;
import dev.larder.LarderStatisticsMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryListener;
import javax.cache.management.CacheStatisticsMXBean;
import javax.cache.spi.CachingProvider;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * What all contracts share: a manager of the {@link Subject} for each test, caches with names of
 * their own, and a clock that the test moves.
 *
 * <p>Contracts look at everything that {@code javax.cache} has in this JVM, and close it: they run
 * one after the other, and caches that are not theirs must not be open meanwhile.
 */
@ResourceLock("javax.cache.Caching")
@Timeout(60)
public abstract class CacheContract {
  static final Duration TTL = Duration.ofMinutes(10);
  static final Duration HALF = TTL.dividedBy(2);
  static final javax.cache.expiry.Duration CACHE_TTL =
      new javax.cache.expiry.Duration(TimeUnit.MINUTES, 10);

  private static final AtomicLong NAMES = new AtomicLong();

  final Subject subject;
  final ManualTicker ticker = new ManualTicker();
  final CachingProvider provider = Caching.getCachingProvider();
  CacheManager manager;

  CacheContract(Subject subject) {
    this.subject = requireNonNull(subject, "subject");
  }

  @BeforeEach
  final void openManager() {
    manager = provider.getCacheManager(subject.uri(), getClass().getClassLoader());
  }

  @AfterEach
  final void closeManager() {
    if (!manager.isClosed()) {
      manager.getCacheNames().forEach(manager::destroyCache);
      manager.close();
    }
  }

  /** Skips the test if the backend lacks what it needs. */
  final void needs(Capability capability) {
    assumeTrue(
        subject.capabilities().contains(capability), () -> "the backend has no " + capability);
  }

  final void elapse(Duration time) {
    needs(Capability.ELAPSING_TIME);
    subject.elapse(ticker, time);
  }

  /** Returns a name that no other test uses. */
  static String newName() {
    return "kit-" + NAMES.incrementAndGet();
  }

  final <K, V> LarderConfiguration.Builder<K, V> settings(Class<K> keyType, Class<V> valueType) {
    LarderConfiguration.Builder<K, V> builder = LarderConfiguration.builder(keyType, valueType);
    return subject.capabilities().contains(Capability.TICKER) ? builder.ticker(ticker) : builder;
  }

  /** Starts the configuration that suits most tests. */
  final LarderConfiguration.Builder<String, Integer> settings() {
    return settings(String.class, Integer.class);
  }

  final <K, V> Cache<K, V> create(Configuration<K, V> configuration) {
    return subject.face(manager.createCache(newName(), subject.configured(configuration)));
  }

  final <K, V> Cache<K, V> create(LarderConfiguration.Builder<K, V> builder) {
    return create(builder.build());
  }

  /** Returns a factory whose product is always the same object. */
  static <T> Factory<T> always(T object) {
    return () -> object;
  }

  static <K, V> MutableCacheEntryListenerConfiguration<K, V> synchronous(
      CacheEntryListener<K, V> listener) {
    return new MutableCacheEntryListenerConfiguration<>(always(listener), null, true, true);
  }

  static <K, V> MutableCacheEntryListenerConfiguration<K, V> asynchronous(
      CacheEntryListener<K, V> listener) {
    return new MutableCacheEntryListenerConfiguration<>(always(listener), null, true, false);
  }

  static MBeanServer beans() {
    return ManagementFactory.getPlatformMBeanServer();
  }

  /** Returns the names of the MXBeans that match a pattern. */
  static Set<ObjectName> beanNames(String pattern) {
    try {
      return beans().queryNames(new ObjectName(pattern), null);
    } catch (MalformedObjectNameException e) {
      throw new AssertionError(pattern, e);
    }
  }

  /** Returns the figures of a cache that JSR-107 has no words for; it has statistics enabled. */
  static LarderStatisticsMXBean figures(Cache<?, ?> cache) {
    Set<ObjectName> names =
        beanNames("dev.larder:type=CacheStatistics,Cache=" + cache.getName() + ",*");
    assertThat(names).hasSize(1);
    return JMX.newMXBeanProxy(beans(), names.iterator().next(), LarderStatisticsMXBean.class);
  }

  /** Returns the statistics of a cache that has them enabled. */
  static CacheStatisticsMXBean statistics(Cache<?, ?> cache) {
    Set<ObjectName> names =
        beanNames("javax.cache:type=CacheStatistics,Cache=" + cache.getName() + ",*");
    assertThat(names).hasSize(1);
    return JMX.newMXBeanProxy(beans(), names.iterator().next(), CacheStatisticsMXBean.class);
  }
}
