package dev.larder;

import static java.util.Objects.requireNonNull;

import dev.larder.spi.EvictionPolicy;
import dev.larder.spi.Serializer;
import java.io.Serial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.Factory;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a Larder cache: all of JSR-107's, and what JSR-107 has no word for.
 *
 * <p>Immutable and safe for any thread. Give it to {@link
 * javax.cache.CacheManager#createCache(String, Configuration)}; {@link
 * javax.cache.Cache#getConfiguration} returns one as well, a snapshot of the cache's current
 * settings. Every other {@link Configuration} works too, and is read as {@link #from} does.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public final class LarderConfiguration<K, V> implements CompleteConfiguration<K, V> {
  @Serial private static final long serialVersionUID = 1L;

  private final Class<K> keyType;
  private final Class<V> valueType;
  private final boolean storeByValue;
  private final Factory<? extends ExpiryPolicy> expiryPolicyFactory;
  private final @Nullable Factory<? extends CacheLoader<K, V>> loaderFactory;
  private final @Nullable Factory<? extends CacheWriter<? super K, ? super V>> writerFactory;
  private final boolean readThrough;
  private final boolean writeThrough;
  private final boolean statisticsEnabled;
  private final boolean managementEnabled;
  private final ArrayList<CacheEntryListenerConfiguration<K, V>> listeners;
  private final long maxEntries;
  private final long maxWeight;
  private final @Nullable Weigher<? super K, ? super V> weigher;
  private final @Nullable Factory<? extends EvictionPolicy<? super K>> evictionPolicyFactory;
  private final Ticker ticker;
  private final @Nullable Serializer<V> serializer;
  private final @Nullable Undecodable undecodable;
  private final ArrayList<String> allowedClasses;

  private LarderConfiguration(Builder<K, V> builder) {
    this.keyType = builder.keyType;
    this.valueType = builder.valueType;
    this.storeByValue = builder.storeByValue;
    this.expiryPolicyFactory = builder.expiryPolicyFactory;
    this.loaderFactory = builder.loaderFactory;
    this.writerFactory = builder.writerFactory;
    this.readThrough = builder.readThrough;
    this.writeThrough = builder.writeThrough;
    this.statisticsEnabled = builder.statisticsEnabled;
    this.managementEnabled = builder.managementEnabled;
    this.listeners = new ArrayList<>(builder.listeners);
    this.maxEntries = builder.maxEntries;
    this.maxWeight = builder.maxWeight;
    this.weigher = builder.weigher;
    this.evictionPolicyFactory = builder.evictionPolicyFactory;
    this.ticker = builder.ticker;
    this.serializer = builder.serializer;
    this.undecodable = builder.undecodable;
    this.allowedClasses = new ArrayList<>(builder.allowedClasses);
  }

  /** Starts a configuration whose cache checks the types of its keys and values at run time. */
  public static <K, V> Builder<K, V> builder(Class<K> keyType, Class<V> valueType) {
    return new Builder<>(
        requireNonNull(keyType, "keyType"), requireNonNull(valueType, "valueType"));
  }

  /** Starts a configuration for keys and values of any type. */
  public static Builder<Object, Object> builder() {
    return new Builder<>(Object.class, Object.class);
  }

  /** Returns a configuration with the settings of another, which need not be one of Larder's. */
  public static <K, V> LarderConfiguration<K, V> from(Configuration<K, V> configuration) {
    return configuration instanceof LarderConfiguration<K, V> same
        ? same
        : builder(configuration.getKeyType(), configuration.getValueType())
            .settingsOf(configuration)
            .build();
  }

  /** Starts a configuration with the settings of this one. */
  public Builder<K, V> toBuilder() {
    return new Builder<>(keyType, valueType).settingsOf(this);
  }

  @Override
  public Class<K> getKeyType() {
    return keyType;
  }

  @Override
  public Class<V> getValueType() {
    return valueType;
  }

  @Override
  public boolean isStoreByValue() {
    return storeByValue;
  }

  @Override
  public boolean isReadThrough() {
    return readThrough;
  }

  @Override
  public boolean isWriteThrough() {
    return writeThrough;
  }

  @Override
  public boolean isStatisticsEnabled() {
    return statisticsEnabled;
  }

  @Override
  public boolean isManagementEnabled() {
    return managementEnabled;
  }

  @Override
  public Iterable<CacheEntryListenerConfiguration<K, V>> getCacheEntryListenerConfigurations() {
    return List.copyOf(listeners);
  }

  @Override
  public @Nullable Factory<CacheLoader<K, V>> getCacheLoaderFactory() {
    return narrowed(loaderFactory);
  }

  @Override
  public @Nullable Factory<CacheWriter<? super K, ? super V>> getCacheWriterFactory() {
    return narrowed(writerFactory);
  }

  @Override
  public Factory<ExpiryPolicy> getExpiryPolicyFactory() {
    return requireNonNull(narrowed(expiryPolicyFactory));
  }

  /** Returns the greatest number of entries, {@link Long#MAX_VALUE} for no bound. */
  public long maxEntries() {
    return maxEntries;
  }

  /** Returns what all entries may weigh together, {@link Long#MAX_VALUE} for no bound. */
  public long maxWeight() {
    return maxWeight;
  }

  /** Returns what weighs the entries, {@code null} if nothing does. */
  public @Nullable Weigher<? super K, ? super V> weigher() {
    return weigher;
  }

  /**
   * Returns the factory of the policy that chooses what a bounded cache gives up, {@link
   * Eviction#TINY_LFU} if none was set.
   */
  public Factory<? extends EvictionPolicy<? super K>> evictionPolicyFactory() {
    return evictionPolicyFactory == null ? Eviction.TINY_LFU : evictionPolicyFactory;
  }

  /**
   * Says whether an eviction policy was set. If not, a server that keeps the order of eviction for
   * all its clients, as Redis does, uses {@link Eviction#LRU}.
   */
  public boolean isEvictionPolicySet() {
    return evictionPolicyFactory != null;
  }

  /** Returns the ticker by which entries expire. */
  public Ticker ticker() {
    return ticker;
  }

  /**
   * Returns the serializer of values, or null if the type of values suggests one; see {@link
   * Serializers}.
   */
  public @Nullable Serializer<V> serializer() {
    return serializer;
  }

  /** Returns what becomes of undecodable values, or null if the manager's URI decides. */
  public @Nullable Undecodable undecodable() {
    return undecodable;
  }

  /** Returns the patterns of classes that may be serialized by Java; empty if not restricted. */
  public List<String> allowedClasses() {
    return List.copyOf(allowedClasses);
  }

  /** Says whether another object is a Larder configuration with equal settings. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LarderConfiguration<?, ?> that && settings().equals(that.settings());
  }

  @Override
  public int hashCode() {
    return settings().hashCode();
  }

  private List<@Nullable Object> settings() {
    return Arrays.asList(
        keyType,
        valueType,
        storeByValue,
        expiryPolicyFactory,
        loaderFactory,
        writerFactory,
        readThrough,
        writeThrough,
        statisticsEnabled,
        managementEnabled,
        listeners,
        maxEntries,
        maxWeight,
        weigher,
        evictionPolicyFactory,
        ticker,
        serializer,
        undecodable,
        allowedClasses);
  }

  // A factory only produces, so one of a subtype is as good.
  @SuppressWarnings("unchecked")
  private static <T> @Nullable Factory<T> narrowed(@Nullable Factory<? extends T> factory) {
    return (Factory<T>) factory;
  }

  /**
   * Collects the settings of a {@link LarderConfiguration}. Not safe for use by several threads.
   *
   * @param <K> the type of keys
   * @param <V> the type of values
   */
  public static final class Builder<K, V> {
    private final Class<K> keyType;
    private final Class<V> valueType;
    private final List<CacheEntryListenerConfiguration<K, V>> listeners = new ArrayList<>();
    private boolean storeByValue = true;
    private Factory<? extends ExpiryPolicy> expiryPolicyFactory = EternalExpiryPolicy.factoryOf();
    private @Nullable Factory<? extends CacheLoader<K, V>> loaderFactory;
    private @Nullable Factory<? extends CacheWriter<? super K, ? super V>> writerFactory;
    private boolean readThrough;
    private boolean writeThrough;
    private boolean statisticsEnabled;
    private boolean managementEnabled;
    private long maxEntries = Long.MAX_VALUE;
    private long maxWeight = Long.MAX_VALUE;
    private @Nullable Weigher<? super K, ? super V> weigher;
    private @Nullable Factory<? extends EvictionPolicy<? super K>> evictionPolicyFactory;
    private Ticker ticker = Ticker.system();
    private @Nullable Serializer<V> serializer;
    private @Nullable Undecodable undecodable;
    private List<String> allowedClasses = List.of();

    private Builder(Class<K> keyType, Class<V> valueType) {
      this.keyType = keyType;
      this.valueType = valueType;
    }

    private Builder<K, V> settingsOf(Configuration<K, V> other) {
      storeByValue = other.isStoreByValue();
      if (other instanceof CompleteConfiguration<K, V> complete) {
        readThrough = complete.isReadThrough();
        writeThrough = complete.isWriteThrough();
        statisticsEnabled = complete.isStatisticsEnabled();
        managementEnabled = complete.isManagementEnabled();
        loaderFactory = complete.getCacheLoaderFactory();
        writerFactory = complete.getCacheWriterFactory();
        complete.getCacheEntryListenerConfigurations().forEach(listeners::add);
        if (complete.getExpiryPolicyFactory() != null) {
          expiryPolicyFactory = complete.getExpiryPolicyFactory();
        }
      }
      if (other instanceof LarderConfiguration<K, V> larder) {
        maxEntries = larder.maxEntries;
        maxWeight = larder.maxWeight;
        weigher = larder.weigher;
        evictionPolicyFactory = larder.evictionPolicyFactory;
        ticker = larder.ticker;
        serializer = larder.serializer;
        undecodable = larder.undecodable;
        allowedClasses = larder.allowedClasses();
      }
      return this;
    }

    /**
     * Sets whether the cache keeps copies (true, the default) or the objects themselves.
     *
     * <p>Copies cost nothing where objects cannot change: strings, numbers, enums, {@code
     * java.time}, and records whose components are declared with final types of such. Everything
     * else must be {@link java.io.Serializable}.
     */
    public Builder<K, V> storeByValue(boolean storeByValue) {
      this.storeByValue = storeByValue;
      return this;
    }

    /** Sets how long entries live; for ever if this is not called. */
    public Builder<K, V> expiryPolicy(Factory<? extends ExpiryPolicy> factory) {
      this.expiryPolicyFactory = requireNonNull(factory, "factory");
      return this;
    }

    /** Sets the loader that {@link javax.cache.Cache#loadAll} uses; a get that misses does not. */
    public Builder<K, V> loader(Factory<? extends CacheLoader<K, V>> factory) {
      this.loaderFactory = requireNonNull(factory, "factory");
      return this;
    }

    /** Sets the loader, and lets a get that misses use it too. */
    public Builder<K, V> readThrough(Factory<? extends CacheLoader<K, V>> factory) {
      this.readThrough = true;
      return loader(factory);
    }

    /** Sets the writer, which every change passes before it takes effect. */
    public Builder<K, V> writeThrough(
        Factory<? extends CacheWriter<? super K, ? super V>> factory) {
      this.writerFactory = requireNonNull(factory, "factory");
      this.writeThrough = true;
      return this;
    }

    /** Adds a listener. */
    public Builder<K, V> listener(CacheEntryListenerConfiguration<K, V> listener) {
      this.listeners.add(requireNonNull(listener, "listener"));
      return this;
    }

    /** Removes the listeners added so far. */
    public Builder<K, V> withoutListeners() {
      listeners.clear();
      return this;
    }

    /** Sets whether the cache counts hits, misses and changes, and registers their MXBean. */
    public Builder<K, V> statisticsEnabled(boolean enabled) {
      this.statisticsEnabled = enabled;
      return this;
    }

    /** Sets whether the cache registers its configuration's MXBean. */
    public Builder<K, V> managementEnabled(boolean enabled) {
      this.managementEnabled = enabled;
      return this;
    }

    /**
     * Bounds the number of entries; without this call the cache keeps everything.
     *
     * <p>What goes is chosen by the {@linkplain #evictionPolicy policy}; it is counted as evicted,
     * no listener hears of it and no writer is called. On Redis, all clients of the cache share the
     * bound under {@code lru}, {@code lfu} and {@code fifo}; otherwise each client of a server
     * bounds the entries that it has used itself.
     *
     * @throws IllegalArgumentException if the bound is below 1
     */
    public Builder<K, V> maxEntries(long maxEntries) {
      if (maxEntries < 1) {
        throw new IllegalArgumentException(
            "maxEntries is " + maxEntries + "; it must be at least 1, or not set for no bound");
      }
      this.maxEntries = maxEntries;
      return this;
    }

    /**
     * Bounds what all entries weigh together, in place of their number. An entry that weighs more
     * than that alone is not kept.
     *
     * @param weigher weighs each entry that is stored; {@link Weigher#bytes()} does so in bytes
     * @throws IllegalArgumentException if the bound is below 1
     */
    public Builder<K, V> maxWeight(long maxWeight, Weigher<? super K, ? super V> weigher) {
      if (maxWeight < 1) {
        throw new IllegalArgumentException(
            "maxWeight is " + maxWeight + "; it must be at least 1, or not set for no bound");
      }
      this.maxWeight = maxWeight;
      this.weigher = requireNonNull(weigher, "weigher");
      return this;
    }

    /**
     * Sets which entries a bounded cache gives up; if this is not called, it is {@link
     * Eviction#LRU} on Redis, {@link Eviction#TINY_LFU} elsewhere.
     *
     * @param factory one of {@link Eviction}, or what makes a policy of your own for each cache
     */
    public Builder<K, V> evictionPolicy(Factory<? extends EvictionPolicy<? super K>> factory) {
      this.evictionPolicyFactory = requireNonNull(factory, "factory");
      return this;
    }

    /**
     * Sets the ticker by which entries expire in memory, for tests that move time. A server lets
     * them expire by its own clock: a cache there refuses a ticker, unless this client keeps the
     * order in which it evicts, by this ticker.
     */
    public Builder<K, V> ticker(Ticker ticker) {
      this.ticker = requireNonNull(ticker, "ticker");
      return this;
    }

    /**
     * Sets the serializer of values: the form in which a server keeps them, and by which a cache in
     * memory that stores by value copies those that can change.
     *
     * <p>Without this call the type of values suggests one; see {@link Serializers}.
     */
    public Builder<K, V> serializer(Serializer<V> serializer) {
      this.serializer = requireNonNull(serializer, "serializer");
      return this;
    }

    /**
     * Sets the serializer of values to a new one of a class.
     *
     * @throws IllegalArgumentException if the class has no public constructor without parameters
     */
    public Builder<K, V> serializer(Class<? extends Serializer<V>> type) {
      try {
        return serializer(requireNonNull(type, "type").getConstructor().newInstance());
      } catch (ReflectiveOperationException e) {
        throw new IllegalArgumentException(
            "%s cannot be created: it must be public, with a public constructor without parameters"
                .formatted(type.getName()),
            e);
      }
    }

    /**
     * Sets what becomes of a call that finds bytes on the server which are no value of this cache;
     * without this call the URI's parameter {@code undecodable} decides, or else they are a {@link
     * Undecodable#MISS}.
     */
    public Builder<K, V> undecodable(Undecodable undecodable) {
      this.undecodable = requireNonNull(undecodable, "undecodable");
      return this;
    }

    /**
     * Sets which classes Java serialization may write to a server and read from it, beside value
     * types and collections of the JDK and the declared types with what they are made of. Without
     * this call these are the classes that this JVM has written to the cache.
     *
     * @param patterns names of classes, such as {@code com.acme.Order}, or of packages, {@code
     *     com.acme.*}, or of packages with those below them, {@code com.acme.**}
     * @throws IllegalArgumentException if a pattern is none of these
     */
    public Builder<K, V> allowedClasses(String... patterns) {
      this.allowedClasses = ClassPatterns.checked(List.of(patterns));
      return this;
    }

    /**
     * Returns the configuration.
     *
     * @throws IllegalStateException if both the number of entries and their weight are bounded
     */
    public LarderConfiguration<K, V> build() {
      if (maxEntries != Long.MAX_VALUE && maxWeight != Long.MAX_VALUE) {
        throw new IllegalStateException(
            "maxEntries is %d and maxWeight is %d; a cache has one bound, so leave one of them out"
                .formatted(maxEntries, maxWeight));
      }
      return new LarderConfiguration<>(this);
    }
  }
}
