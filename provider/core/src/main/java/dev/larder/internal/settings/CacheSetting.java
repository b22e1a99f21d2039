package dev.larder.internal.settings;

import dev.larder.Eviction;
import dev.larder.LarderConfiguration;
import dev.larder.Undecodable;
import dev.larder.Weigher;
import dev.larder.spi.Option;
import dev.larder.spi.Serializer;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.cache.configuration.Factory;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;

/** What a configuration can say of a cache. */
@SuppressWarnings("ImmutableEnumChecker") // the functions have no state
enum CacheSetting {
  KEY_TYPE(
      type("key-type", "the type of keys; only for caches that the file declares"),
      ClassNames::find,
      (builder, type) -> {},
      any -> true),
  VALUE_TYPE(
      type("value-type", "the type of values; only for caches that the file declares"),
      ClassNames::find,
      (builder, type) -> {},
      any -> true),
  EXPIRE_AFTER_CREATION(
      time("expire-after-creation", "how long an entry lives since it was made"),
      expiry(CreatedExpiryPolicy::new)),
  EXPIRE_AFTER_WRITE(
      time("expire-after-write", "how long it lives since its value was last stored"),
      expiry(ModifiedExpiryPolicy::new)),
  EXPIRE_AFTER_ACCESS(
      time("expire-after-access", "how long it lives since it was last stored or read"),
      expiry(TouchedExpiryPolicy::new)),
  MAX_ENTRIES(
      Option.number("max-entries", 1, Long.MAX_VALUE)
          .meaning("the greatest number of entries; on servers see [Redis](redis.md#bounds)"),
      CacheSetting::same,
      (builder, number) -> builder.maxEntries((Long) number),
      CacheSetting::isUnbounded),
  MAX_WEIGHT(
      Option.size("max-weight")
          .meaning("how many bytes all entries may take, about; in memory only"),
      CacheSetting::same,
      (builder, number) -> builder.maxWeight((Long) number, Weigher.bytes()),
      CacheSetting::isUnbounded),
  EVICTION_POLICY(
      Option.choice(
              "eviction-policy",
              Arrays.stream(Eviction.values()).map(Eviction::toString).toArray(String[]::new))
          .otherwise("`%s`; on Redis `%s`".formatted(Eviction.TINY_LFU, Eviction.LRU))
          .meaning("which entries a bounded cache gives up"),
      (name, loader) -> Eviction.named(name),
      (builder, policy) -> builder.evictionPolicy((Eviction) policy),
      cache -> !cache.isEvictionPolicySet()),
  STORE_BY_VALUE(
      Option.flag("store-by-value")
          .otherwise("true")
          .meaning("whether the cache keeps copies, or in memory the objects themselves"),
      CacheSetting::same,
      (builder, truth) -> builder.storeByValue((Boolean) truth),
      LarderConfiguration::isStoreByValue),
  STATISTICS(
      Option.flag("statistics").otherwise("false").meaning("whether JSR-107's statistics are on"),
      CacheSetting::same,
      (builder, truth) -> builder.statisticsEnabled((Boolean) truth),
      cache -> !cache.isStatisticsEnabled()),
  MANAGEMENT(
      Option.flag("management")
          .otherwise("false")
          .meaning("whether JSR-107's MXBean of the configuration is there"),
      CacheSetting::same,
      (builder, truth) -> builder.managementEnabled((Boolean) truth),
      cache -> !cache.isManagementEnabled()),
  SERIALIZER(
      type("serializer", Serializer.class, "the form of values"),
      (name, loader) -> ClassNames.create(name, Serializer.class, loader),
      (builder, serializer) -> builder.serializer(CacheSetting.<Serializer<Object>>as(serializer)),
      cache -> cache.serializer() == null),
  UNDECODABLE(
      Option.choice("undecodable", "miss", "fail")
          .otherwise("as the manager says")
          .meaning(
              "what bytes on the server are that are no value of this cache: missing, or an error;"
                  + " see [operations](operations.md)"),
      (name, loader) -> Undecodable.named(name),
      (builder, word) -> builder.undecodable((Undecodable) word),
      cache -> cache.undecodable() == null),
  ALLOWED_CLASSES(
      Option.text(
              "allowed-classes",
              Pattern.compile("\\S.*"),
              "names such as com.acme.Order, com.acme.* or com.acme.**, with commas between them")
          .meaning("what Java serialization may write and read; see [operations](operations.md)"),
      CacheSetting::classPatterns,
      (builder, patterns) -> builder.allowedClasses((String[]) patterns),
      cache -> cache.allowedClasses().isEmpty()),
  LOADER(
      type("loader", CacheLoader.class, "reads of missing entries go through it"),
      (name, loader) -> ClassNames.factory(name, CacheLoader.class, loader),
      (builder, loader) ->
          builder.readThrough(CacheSetting.<Factory<CacheLoader<Object, Object>>>as(loader)),
      cache -> cache.getCacheLoaderFactory() == null),
  WRITER(
      type("writer", CacheWriter.class, "changes go through it"),
      (name, loader) -> ClassNames.factory(name, CacheWriter.class, loader),
      (builder, writer) ->
          builder.writeThrough(CacheSetting.<Factory<CacheWriter<Object, Object>>>as(writer)),
      cache -> cache.getCacheWriterFactory() == null);

  private final Option<?> option;
  private final Resolver<Object> resolver;
  private final BiConsumer<LarderConfiguration.Builder<Object, Object>, Object> setter;
  private final Predicate<LarderConfiguration<?, ?>> unset;

  @SuppressWarnings("unchecked") // the resolver gets what the option has parsed
  <T> CacheSetting(
      Option<T> option,
      Resolver<T> resolver,
      BiConsumer<LarderConfiguration.Builder<Object, Object>, Object> setter,
      Predicate<LarderConfiguration<?, ?>> unset) {
    this.option = option;
    this.resolver = (Resolver<Object>) resolver;
    this.setter = setter;
    this.unset = unset;
  }

  CacheSetting(
      Option<Duration> option,
      BiConsumer<LarderConfiguration.Builder<Object, Object>, Object> setter) {
    this(
        option,
        CacheSetting::same,
        setter,
        cache -> cache.getExpiryPolicyFactory().equals(EternalExpiryPolicy.factoryOf()));
  }

  private static Option<Duration> time(String name, String meaning) {
    return Option.duration(name, Duration.ofMillis(1), Duration.ofDays(36_500)).meaning(meaning);
  }

  private static Option<String> type(String name, String meaning) {
    return Option.text(name, Pattern.compile("\\S+"), "the name of a class").meaning(meaning);
  }

  private static Option<String> type(String name, Class<?> role, String meaning) {
    return Option.text(
            name, Pattern.compile("\\S+"), "the name of a class that implements " + role.getName())
        .meaning(meaning);
  }

  private static Object same(Object value, ClassLoader loader) {
    return value;
  }

  private static String[] classPatterns(String text, ClassLoader loader) {
    String[] patterns = text.split("\\s*,\\s*", -1);
    var unused = LarderConfiguration.builder().allowedClasses(patterns); // checks them
    return patterns;
  }

  private static BiConsumer<LarderConfiguration.Builder<Object, Object>, Object> expiry(
      Function<javax.cache.expiry.Duration, ExpiryPolicy> policy) {
    return (builder, time) -> {
      long millis = ((Duration) time).toMillis();
      ExpiryPolicy made =
          policy.apply(
              new javax.cache.expiry.Duration(java.util.concurrent.TimeUnit.MILLISECONDS, millis));
      builder.expiryPolicy(new FactoryBuilder.SingletonFactory<>(made));
    };
  }

  private static boolean isUnbounded(LarderConfiguration<?, ?> cache) {
    return cache.maxEntries() == Long.MAX_VALUE && cache.maxWeight() == Long.MAX_VALUE;
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the resolver made it so
  private static <T> T as(Object resolved) {
    return (T) resolved;
  }

  /** Returns the name, what values may be, and what they mean. */
  Option<?> option() {
    return option;
  }

  /** Says whether two settings exclude each other. */
  boolean excludes(CacheSetting other) {
    return this != other && ((isExpiry() && other.isExpiry()) || (isBound() && other.isBound()));
  }

  private boolean isExpiry() {
    return name().startsWith("EXPIRE_");
  }

  private boolean isBound() {
    return name().startsWith("MAX_");
  }

  /**
   * Returns what a text means.
   *
   * @param text the text, and what messages show in its place
   * @throws IllegalArgumentException if it means nothing here
   */
  Object parse(Resolved text, ClassLoader loader) {
    Object value = option.parse(text.value(), text.shown());
    try {
      return resolver.resolve(value, loader);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s=%s is not allowed; it is %s%s"
              .formatted(
                  option,
                  text.shown(),
                  option.allowed(),
                  text.isShown() ? " (" + e.getMessage() + ")" : ""),
          text.isShown() ? e : null);
    }
  }

  /** Says whether a program left open what this would set. */
  boolean isOpen(LarderConfiguration<?, ?> configuration) {
    return unset.test(configuration);
  }

  /** Sets a parsed value. */
  void set(LarderConfiguration.Builder<Object, Object> builder, Object parsed) {
    setter.accept(builder, parsed);
  }

  /** Finds what a value names; classes are found by the loader. */
  private interface Resolver<T> {
    Object resolve(T value, ClassLoader loader);
  }
}
