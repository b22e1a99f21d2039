package dev.larder.internal.settings;

import dev.larder.Eviction;
import dev.larder.LarderConfiguration;
import dev.larder.Undecodable;
import dev.larder.spi.Serializer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import javax.cache.configuration.Factory;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;

/** What a configuration file can say of a cache. */
@SuppressWarnings("ImmutableEnumChecker") // the functions have no state
enum CacheSetting {
  KEY_TYPE("the name of a class", Parser::type, (builder, type) -> {}, any -> true),
  VALUE_TYPE("the name of a class", Parser::type, (builder, type) -> {}, any -> true),
  EXPIRE_AFTER_CREATION(Parser.DURATION, Parser::duration, expiry(CreatedExpiryPolicy::new)),
  EXPIRE_AFTER_WRITE(Parser.DURATION, Parser::duration, expiry(ModifiedExpiryPolicy::new)),
  EXPIRE_AFTER_ACCESS(Parser.DURATION, Parser::duration, expiry(TouchedExpiryPolicy::new)),
  MAX_ENTRIES(
      "a number from 1, such as 10_000",
      Parser::number,
      (builder, number) -> builder.maxEntries((Long) number),
      cache -> cache.maxEntries() == Long.MAX_VALUE && cache.maxWeight() == Long.MAX_VALUE),
  EVICTION_POLICY(
      "one of tiny-lfu, lru, lfu, fifo, sieve, s3-fifo, random",
      (text, loader) -> Eviction.named(text),
      (builder, policy) -> builder.evictionPolicy((Eviction) policy),
      cache -> !cache.isEvictionPolicySet()),
  STORE_BY_VALUE(
      Parser.BOOLEAN,
      Parser::truth,
      (builder, truth) -> builder.storeByValue((Boolean) truth),
      LarderConfiguration::isStoreByValue),
  STATISTICS(
      Parser.BOOLEAN,
      Parser::truth,
      (builder, truth) -> builder.statisticsEnabled((Boolean) truth),
      cache -> !cache.isStatisticsEnabled()),
  MANAGEMENT(
      Parser.BOOLEAN,
      Parser::truth,
      (builder, truth) -> builder.managementEnabled((Boolean) truth),
      cache -> !cache.isManagementEnabled()),
  SERIALIZER(
      "the name of a class that implements dev.larder.spi.Serializer",
      (text, loader) -> Parser.create(text, Serializer.class, loader),
      (builder, serializer) -> builder.serializer(CacheSetting.<Serializer<Object>>as(serializer)),
      cache -> cache.serializer() == null),
  UNDECODABLE(
      "miss or fail",
      (text, loader) -> Undecodable.named(text),
      (builder, word) -> builder.undecodable((Undecodable) word),
      cache -> cache.undecodable() == null),
  ALLOWED_CLASSES(
      "names such as com.acme.Order, com.acme.* or com.acme.**, with commas between them",
      Parser::classPatterns,
      (builder, patterns) -> builder.allowedClasses((String[]) patterns),
      cache -> cache.allowedClasses().isEmpty()),
  LOADER(
      "the name of a class that implements javax.cache.integration.CacheLoader",
      (text, loader) -> Parser.factory(text, CacheLoader.class, loader),
      (builder, loader) ->
          builder.readThrough(CacheSetting.<Factory<CacheLoader<Object, Object>>>as(loader)),
      cache -> cache.getCacheLoaderFactory() == null),
  WRITER(
      "the name of a class that implements javax.cache.integration.CacheWriter",
      (text, loader) -> Parser.factory(text, CacheWriter.class, loader),
      (builder, writer) ->
          builder.writeThrough(CacheSetting.<Factory<CacheWriter<Object, Object>>>as(writer)),
      cache -> cache.getCacheWriterFactory() == null);

  private final String meaning;
  private final Parser parser;
  private final BiConsumer<LarderConfiguration.Builder<Object, Object>, Object> setter;
  private final Predicate<LarderConfiguration<?, ?>> unset;

  CacheSetting(
      String meaning,
      Parser parser,
      BiConsumer<LarderConfiguration.Builder<Object, Object>, Object> setter,
      Predicate<LarderConfiguration<?, ?>> unset) {
    this.meaning = meaning;
    this.parser = parser;
    this.setter = setter;
    this.unset = unset;
  }

  CacheSetting(
      String meaning,
      Parser parser,
      BiConsumer<LarderConfiguration.Builder<Object, Object>, Object> setter) {
    this(
        meaning,
        parser,
        setter,
        cache -> cache.getExpiryPolicyFactory().equals(EternalExpiryPolicy.factoryOf()));
  }

  private static BiConsumer<LarderConfiguration.Builder<Object, Object>, Object> expiry(
      java.util.function.Function<Duration, ExpiryPolicy> policy) {
    return (builder, value) -> {
      java.time.Duration time = (java.time.Duration) value;
      ExpiryPolicy made = policy.apply(new Duration(TimeUnit.MILLISECONDS, time.toMillis()));
      builder.expiryPolicy(factoryOf(made));
    };
  }

  private static Factory<ExpiryPolicy> factoryOf(ExpiryPolicy policy) {
    return new FactoryBuilder.SingletonFactory<>(policy);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the parser made it so
  private static <T> T as(Object parsed) {
    return (T) parsed;
  }

  /** Returns the name in files. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Says what a value may be. */
  String meaning() {
    return meaning;
  }

  /** Says whether two settings exclude each other. */
  boolean excludes(CacheSetting other) {
    return this != other && isExpiry() && other.isExpiry();
  }

  private boolean isExpiry() {
    return name().startsWith("EXPIRE_");
  }

  /**
   * Returns what a text means.
   *
   * @throws IllegalArgumentException if it means nothing here
   */
  Object parse(String text, ClassLoader loader) {
    return parser.parse(text, loader);
  }

  /** Says whether a program left open what this would set. */
  boolean isOpen(LarderConfiguration<?, ?> configuration) {
    return unset.test(configuration);
  }

  /** Sets a parsed value. */
  void set(LarderConfiguration.Builder<Object, Object> builder, Object parsed) {
    setter.accept(builder, parsed);
  }
}
