package dev.larder.internal.front;

import static java.util.Objects.requireNonNull;

import dev.larder.LarderConfiguration;
import dev.larder.internal.Closing;
import dev.larder.internal.Creation;
import dev.larder.internal.copy.EncodingCopier;
import dev.larder.internal.copy.IdentitySerializer;
import dev.larder.internal.copy.ValueCopier;
import dev.larder.internal.engine.AsyncEngine;
import dev.larder.internal.engine.Backend;
import dev.larder.internal.engine.Engine;
import dev.larder.internal.engine.EngineParts;
import dev.larder.internal.engine.OutcomeRecorder;
import dev.larder.internal.engine.ReadThrough;
import dev.larder.internal.engine.Statistics;
import dev.larder.internal.engine.WriteThrough;
import dev.larder.internal.event.Listeners;
import dev.larder.internal.operation.ExpiryRules;
import dev.larder.internal.operation.Invoke;
import dev.larder.internal.remote.JdkSerializer;
import dev.larder.spi.Serializer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.OptionalFeature;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one cache, put together from its configuration: the one place where they meet, and
 * where they are closed.
 */
final class CacheAssembly<K, V> {
  private static final Object[] NO_ARGUMENTS = {};

  private final LarderCache<K, V> cache;
  private final LarderCacheManager manager;
  private final UnaryOperator<K> keyCopier;
  private final UnaryOperator<V> valueCopier;
  private final boolean byValue;
  private final boolean keepsReferences;
  private final List<Object> closeables = new ArrayList<>();
  private final ManagementBeans beans;
  private final Statistics statistics;
  private final Listeners<K, V> listeners;
  private final @Nullable ReadThrough<K, V> missLoader;
  private final UnaryOperator<V> processorsCopier;
  private final UnaryOperator<V> processorsChecker;
  private final BackgroundLoads loads;
  private final EngineParts<K, V> parts;
  private final Engine<K, V> engine;
  private final Border<K, V> border;

  private final AtomicBoolean closing = new AtomicBoolean();

  /** Serializes changes of the configuration; user code that runs meanwhile only creates. */
  private final ReentrantLock configuring = new ReentrantLock();

  private volatile LarderConfiguration<K, V> configuration;

  CacheAssembly(
      LarderCache<K, V> cache,
      LarderCacheManager manager,
      LarderConfiguration<K, V> configuration) {
    this.cache = cache;
    this.manager = manager;
    this.configuration = configuration;
    this.border = new Border<>(cache.getName(), configuration, this);
    this.processorsChecker = value -> border.checkedValue(value, "value");
    this.byValue = configuration.isStoreByValue();
    this.processorsCopier = byValue ? this::copyValue : UnaryOperator.identity();
    this.keepsReferences = manager.backend().supports(OptionalFeature.STORE_BY_REFERENCE);
    requireSupport(byValue || keepsReferences);
    this.keyCopier = byValue ? copier() : UnaryOperator.identity();
    this.valueCopier = byValue ? valueCopier() : UnaryOperator.identity();
    this.beans = new ManagementBeans(manager.getURI(), cache.getName());
    this.statistics =
        new Statistics(
            configuration.isStatisticsEnabled(), keepsReferences && !configuration.isReadThrough());
    this.listeners = new Listeners<>(cache, manager.executor(), keyCopier, valueCopier);
    this.loads = new BackgroundLoads(cache.getName(), manager.executor(), this::isClosed);
    try {
      ReadThrough<K, V> loader = createLoader();
      this.missLoader = configuration.isReadThrough() ? loader : null;
      configuration.getCacheEntryListenerConfigurations().forEach(listeners::register);
      this.parts = parts(loader);
      this.engine = manager.backend().open(parts);
    } catch (RuntimeException e) {
      closeUserObjects();
      throw e;
    }
  }

  private EngineParts<K, V> parts(@Nullable ReadThrough<K, V> loader) {
    return new EngineParts<>(
        cache.getName(),
        configuration,
        createExpiry(),
        loader,
        missLoader == null ? null : missLoader.onMiss(),
        createWriter(),
        new OutcomeRecorder<>(cache.getName(), statistics, listeners),
        manager.executor(),
        manager.completions());
  }

  private void requireSupport(boolean supported) {
    if (!supported) {
      throw new UnsupportedOperationException(
          "cache '%s' of %s cannot store by reference; call setStoreByValue(true)"
              .formatted(cache.getName(), manager));
    }
  }

  private <T> ValueCopier<T> copier() {
    return new ValueCopier<>(cache.getName(), manager.getClassLoader());
  }

  private UnaryOperator<V> valueCopier() {
    Serializer<V> serializer = configuration.serializer();
    if (serializer instanceof IdentitySerializer) {
      return UnaryOperator.identity();
    }
    return serializer == null || serializer instanceof JdkSerializer
        ? copier()
        : new EncodingCopier<>(cache.getName(), serializer);
  }

  private @Nullable ReadThrough<K, V> createLoader() {
    Factory<CacheLoader<K, V>> factory = configuration.getCacheLoaderFactory();
    return factory == null
        ? null
        : new ReadThrough<>(
            cache.getName(), create(factory, "cache loader"), keyCopier, valueCopier, statistics);
  }

  @SuppressWarnings("unchecked") // a writer of any key and value also writes these
  private @Nullable WriteThrough<K, V> createWriter() {
    Factory<CacheWriter<? super K, ? super V>> factory = configuration.getCacheWriterFactory();
    if (factory == null) {
      return null;
    }
    CacheWriter<K, V> writer = (CacheWriter<K, V>) create(factory, "cache writer");
    return configuration.isWriteThrough()
        ? new WriteThrough<>(writer, keyCopier, valueCopier)
        : null;
  }

  private ExpiryRules createExpiry() {
    if (!manager.isEnabled()) {
      return ExpiryRules.keepingNothing();
    }
    return new ExpiryRules(
        create(configuration.getExpiryPolicyFactory(), "expiry policy"), configuration.ticker());
  }

  private <T> T create(Factory<T> factory, String role) {
    T created = Creation.create(factory, role, cache.getName());
    closeables.add(created);
    return created;
  }

  /**
   * Opens another engine on the server that this cache's own works on.
   *
   * @param namespace stands before the keys; null for the manager's
   * @param serializer makes the bytes of values; null for the cache's
   */
  AsyncEngine<K, V> view(@Nullable String namespace, @Nullable Serializer<V> serializer) {
    Backend backend = manager.backend();
    Backend there = namespace == null ? backend : backend.inNamespace(namespace);
    LarderConfiguration<K, V> settings =
        serializer == null
            ? configuration
            : configuration.toBuilder().serializer(serializer).build();
    return there.open(parts.configured(settings)).async();
  }

  /** Says whether entries are kept as bytes on a server. */
  boolean isRemote() {
    return !keepsReferences;
  }

  Engine<K, V> engine() {
    return engine;
  }

  Statistics statistics() {
    return statistics;
  }

  LarderConfiguration<K, V> configuration() {
    return configuration;
  }

  Border<K, V> border() {
    return border;
  }

  /** Returns the operation that runs an entry processor on a key, which is the cache's own. */
  <T extends @Nullable Object> Invoke<K, V, T> invocation(
      K storedKey, EntryProcessor<K, V, T> processor, @Nullable Object @Nullable [] arguments) {
    return new Invoke<>(
        copyKey(storedKey),
        requireNonNull(processor, "entryProcessor"),
        arguments == null ? NO_ARGUMENTS : arguments,
        missLoader,
        processorsCopier,
        processorsChecker);
  }

  /** Returns what a caller's key becomes on its way in. */
  K copyKey(K key) {
    return copiesAtBorder() ? keyCopier.apply(key) : key;
  }

  /** Returns what a value becomes on its way in or out. */
  V copyValue(V value) {
    return copiesAtBorder() ? valueCopier.apply(value) : value;
  }

  /**
   * Says whether copies keep callers' objects apart. A backend of bytes makes its own, but what it
   * takes and gives also goes to listeners, which may see it later.
   */
  private boolean copiesAtBorder() {
    return byValue && (keepsReferences || !listeners.isEmpty());
  }

  /** Loads in the background, and tells the listener once, whatever happens. */
  void loadAll(Set<K> keys, boolean replacing, @Nullable CompletionListener listener) {
    loads.start(() -> engine.loadAll(keys, replacing), listener);
  }

  void register(CacheEntryListenerConfiguration<K, V> listener) {
    configuring.lock();
    try {
      for (CacheEntryListenerConfiguration<K, V> present :
          configuration.getCacheEntryListenerConfigurations()) {
        if (present.equals(listener)) {
          throw new IllegalArgumentException(
              "cache '%s' has this listener already; a configuration registers once"
                  .formatted(cache.getName()));
        }
      }
      listeners.register(listener);
      configuration = configuration.toBuilder().listener(listener).build();
    } finally {
      configuring.unlock();
    }
  }

  void deregister(CacheEntryListenerConfiguration<K, V> listener) {
    configuring.lock();
    try {
      LarderConfiguration.Builder<K, V> rest = configuration.toBuilder().withoutListeners();
      configuration
          .getCacheEntryListenerConfigurations()
          .forEach(
              present -> {
                if (!present.equals(listener)) {
                  rest.listener(present);
                }
              });
      configuration = rest.build();
      listeners.deregister(listener);
    } finally {
      configuring.unlock();
    }
  }

  void changeBound(UnaryOperator<LarderConfiguration.Builder<K, V>> change) {
    configuring.lock();
    try {
      LarderConfiguration<K, V> changed = change.apply(configuration.toBuilder()).build();
      engine.changeBound(configuration, changed);
      configuration = changed;
    } finally {
      configuring.unlock();
    }
  }

  void setStatisticsEnabled(boolean enabled) {
    configuring.lock();
    try {
      configuration = configuration.toBuilder().statisticsEnabled(enabled).build();
      statistics.setEnabled(enabled);
      cache.adjustAttention();
      updateBeans();
    } finally {
      configuring.unlock();
    }
  }

  void setManagementEnabled(boolean enabled) {
    configuring.lock();
    try {
      configuration = configuration.toBuilder().managementEnabled(enabled).build();
      updateBeans();
    } finally {
      configuring.unlock();
    }
  }

  /** Registers the MXBeans that the configuration asks for, and unregisters the others. */
  void updateBeans() {
    configuring.lock();
    try {
      boolean open = !isClosed();
      boolean counts = open && configuration.isStatisticsEnabled();
      beans.set(
          "javax.cache:type=CacheConfiguration",
          open && configuration.isManagementEnabled()
              ? new ConfigurationBean(this::configuration)
              : null);
      beans.set("javax.cache:type=CacheStatistics", counts ? new StatisticsBean(statistics) : null);
      beans.set("dev.larder:type=CacheStatistics", counts ? figures() : null);
    } finally {
      configuring.unlock();
    }
  }

  LarderStatisticsBean figures() {
    return new LarderStatisticsBean(statistics, manager.backend());
  }

  boolean isClosed() {
    return closing.get();
  }

  /** Refuses all further use; returns false if that was done before. */
  boolean beginClose() {
    boolean first = closing.compareAndSet(false, true);
    border.close();
    cache.adjustAttention();
    return first;
  }

  /** Releases everything; the cache is marked as closed. */
  void close() {
    updateBeans();
    listeners.close();
    loads.awaitEnd();
    engine.close();
    closeUserObjects();
  }

  private void closeUserObjects() {
    listeners.close();
    closeables.forEach(Closing::quietly);
  }
}
