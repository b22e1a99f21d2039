package dev.larder.docs.snippets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.Eviction;
import dev.larder.LarderConfiguration;
import dev.larder.async.AsyncCache;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheWriterException;
import javax.cache.management.CacheStatisticsMXBean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs the code that the pages show, and says what it does. */
final class SnippetRunsTest {
  private final CacheManager manager = Caching.getCachingProvider().getCacheManager();

  @AfterEach
  void close() {
    Caching.getCachingProvider().close();
  }

  @Test
  void quickStartPrintsTheSum() {
    assertThat(printed(() -> QuickStart.main(new String[0]))).isEqualTo("2");
    Cache<String, Integer> visits = manager.getCache("visits", String.class, Integer.class);
    assertThat(larder(visits).maxEntries()).isEqualTo(10_000);
    assertThat(policy(visits).getExpiryForCreation()).isEqualTo(Duration.ONE_HOUR);
  }

  @Test
  void annotatedMethodIsCalledWhenTheCacheHasNoAnswer() {
    assertThat(printed(() -> AnnotatedBeans.main(new String[0])).lines())
        .containsExactly(
            "looking for book 1", "Book 1", "Book 1", "Emma", "looking for book 1", "Book 1");
  }

  @Test
  void cachesAreInjectedAndStereotypesAreCached() {
    var initializer = SeContainerInitializer.newInstance();
    initializer.addBeanClasses(InjectACache.class, CacheStereotype.Countries.class);
    try (var container = initializer.initialize()) {
      var bean = container.select(InjectACache.class).get();
      bean.visits.put("home", 1);
      container.select(CacheStereotype.Countries.class).get().name("de");

      assertThat(bean.manager.getCacheNames()).containsExactlyInAnyOrder("visits", "reference");
      assertThat(bean.manager.getCache("reference").iterator().next().getValue())
          .isEqualTo("Germany");
    }
  }

  @Test
  void oneResultAndManyShareTheirKeys() {
    manager.createCache("default", new MutableConfiguration<>());
    var initializer = SeContainerInitializer.newInstance();
    try (var container = initializer.addBeanClasses(OwnAnnotations.class).initialize()) {
      var bean = container.select(OwnAnnotations.class).get();
      bean.prices(List.of("123"));
      manager.getCache("default").put("price:123", 7);

      assertThat(bean.price("123")).isEqualTo(7);
    }
  }

  private static String printed(Runnable main) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream standard = System.out;
    System.setOut(new PrintStream(printed, true, UTF_8));
    try {
      main.run();
    } finally {
      System.setOut(standard);
    }
    return printed.toString(UTF_8).strip();
  }

  @Test
  void sessionsLiveForHalfAnHourAfterUse() {
    ExpiryPolicy policy = policy(ExpireAfterUse.createSessions(manager));

    assertThat(policy.getExpiryForAccess().getDurationAmount()).isEqualTo(30);
    assertThat(policy.getExpiryForAccess()).isEqualTo(policy.getExpiryForUpdate());
  }

  @Test
  void ownPolicyIsAsked() {
    ExpiryPolicy policy = policy(OwnExpiryPolicy.create(manager));

    assertThat(policy.getExpiryForCreation()).isEqualTo(Duration.ONE_DAY);
    assertThat(policy.getExpiryForUpdate()).isEqualTo(Duration.ONE_HOUR);
    assertThat(policy.getExpiryForAccess()).isNull();
  }

  @Test
  void timeMovesByTheTickerAlone() {
    assertThat(MoveTimeInTests.expiresAfterFiveMinutes(manager)).isTrue();
  }

  @Test
  void boundedCacheKeepsItsBound() {
    Cache<Integer, String> pages = BoundACache.createPages(manager);

    IntStream.range(0, 5_000).forEach(number -> pages.put(number, "page " + number));

    assertThat(StreamSupport.stream(pages.spliterator(), false).count()).isEqualTo(1_000);
  }

  @Test
  void weighedCacheKeepsItsBound() {
    Cache<String, byte[]> images = BoundByWeight.createImages(manager);

    for (int number = 0; number < 100; number++) {
      images.put("image " + number, new byte[1 << 20]);
    }

    assertThat(StreamSupport.stream(images.spliterator(), false).count()).isEqualTo(63);
    assertThat(images.containsKey("image 99")).isTrue();
  }

  @Test
  void ownEvictionPolicyChooses() {
    Cache<String, String> help = OwnEvictionPolicy.create(manager);
    IntStream.range(0, 60).forEach(number -> help.put("manual/" + number, "text"));
    IntStream.range(0, 1_000).forEach(number -> help.put("page/" + number, "text"));

    assertThat(IntStream.range(0, 60)).allMatch(number -> help.containsKey("manual/" + number));
    assertThat(StreamSupport.stream(help.spliterator(), false).count()).isEqualTo(100);
  }

  @Test
  void boundChangesLive() {
    Cache<Integer, String> pages = BoundACache.createPages(manager);
    IntStream.range(0, 5_000).forEach(number -> pages.put(number, "page " + number));
    ChangeBound.shrink(pages);

    assertThat(StreamSupport.stream(pages.spliterator(), false).count()).isEqualTo(500);
    assertThat(larder(pages).maxEntries()).isEqualTo(500);
    assertThat(larder(pages).evictionPolicyFactory()).isEqualTo(Eviction.SIEVE);
  }

  @Test
  void boundJoinsAnyConfiguration() {
    MutableConfiguration<String, String> standard =
        new MutableConfiguration<String, String>()
            .setTypes(String.class, String.class)
            .setStatisticsEnabled(true);

    LarderConfiguration<?, ?> bounded =
        larder(BoundAnyConfiguration.createBounded(manager, standard));

    assertThat(bounded.maxEntries()).isEqualTo(50_000);
    assertThat(bounded.isStatisticsEnabled()).isTrue();
  }

  @Test
  void missingPricesAreLoaded() throws Exception {
    Cache<String, Integer> prices =
        ReadThroughLoader.create(manager, Map.of("apple", 3, "pear", 4, "fig", 9));

    ReadThroughLoader.warmUp(prices);

    assertThat(prices.containsKey("pear")).isTrue();
    assertThat(prices.containsKey("fig")).isFalse();
    assertThat(prices.get("fig")).isEqualTo(9);
    assertThat(prices.get("melon")).isNull();
  }

  @Test
  void stockIsWrittenFirst() {
    Map<String, Integer> database = new ConcurrentHashMap<>();
    Cache<String, Integer> stock = WriteThroughWriter.create(manager, database);

    stock.putAll(Map.of("apple", 3, "pear", 4));
    stock.remove("pear");
    stock.removeAll(Set.of("fig"));

    assertThat(database).containsExactly(Map.entry("apple", 3));
  }

  @Test
  void stockThatCannotBeWrittenStaysAsItWas() {
    Map<String, Integer> fullDatabase = Map.of("apple", 3);
    Cache<String, Integer> stock = WriteThroughWriter.create(manager, fullDatabase);

    assertThatThrownBy(() -> stock.put("pear", 4)).isInstanceOf(CacheWriterException.class);

    assertThat(stock.containsKey("pear")).isFalse();
  }

  @Test
  void auditTrailIsWrittenBeforeTheCallReturns() {
    Queue<String> lines = new ConcurrentLinkedQueue<>();
    Cache<String, String> settings = ListenToChanges.create(manager, lines);

    settings.put("colour", "red");
    settings.put("colour", "blue");

    assertThat(lines).containsExactly("colour: red", "colour: red -> blue");
  }

  @Test
  void countersAddUp() {
    Cache<String, Integer> counters =
        manager.createCache(
            "counters", LarderConfiguration.builder(String.class, Integer.class).build());

    IntStream.range(0, 100).parallel().forEach(i -> UpdateAtomically.add(counters, "in", 1));

    assertThat(UpdateAtomically.addToBoth(counters, 1)).isEqualTo(102);
  }

  @Test
  void callsThatDependOnEachOtherKeepTheirOrder() throws Exception {
    Cache<String, Integer> stock =
        manager.createCache(
            "stock", LarderConfiguration.builder(String.class, Integer.class).build());
    AtomicInteger tasks = new AtomicInteger();

    AsyncCache<String, Integer> mine =
        DoNotWait.withSettings(
            stock,
            task -> {
              tasks.incrementAndGet();
              task.run();
            });
    mine.put("cellar", 1).toCompletableFuture().get(10, TimeUnit.SECONDS);

    assertThat(DoNotWait.move(stock).toCompletableFuture().get(10, TimeUnit.SECONDS))
        .isEqualTo("3 moved, new: true");
    assertThat(tasks).as("tasks of the executor, which Larder does not need").hasValue(0);
  }

  @Test
  void referencesAreTheObjectsThemselves() {
    Cache<String, StringBuilder> buffers = StoreByReference.create(manager);
    StringBuilder mine = new StringBuilder("a");

    buffers.put("a", mine);

    assertThat(buffers.get("a")).isSameAs(mine);
  }

  @Test
  void statisticsAreCounted() throws Exception {
    Cache<String, String> cache = manager.createCache("counted", new MutableConfiguration<>());
    CacheStatisticsMXBean statistics = ReadStatistics.statisticsOf(cache);

    cache.put("a", "1");
    cache.get("a");
    cache.get("b");

    assertThat(statistics.getCachePuts()).isEqualTo(1);
    assertThat(statistics.getCacheHitPercentage()).isEqualTo(50f);
  }

  @Test
  void managerClosesItsCaches() {
    Cache<String, String> orders = OpenAndClose.useAndClose();

    assertThat(orders.isClosed()).isTrue();
    assertThat(orders.getCacheManager().isClosed()).isTrue();
  }

  private static <K, V> ExpiryPolicy policy(Cache<K, V> cache) {
    @SuppressWarnings("unchecked") // a class object has no type arguments
    CompleteConfiguration<K, V> configuration = cache.getConfiguration(CompleteConfiguration.class);
    return configuration.getExpiryPolicyFactory().create();
  }

  private static <K, V> LarderConfiguration<K, V> larder(Cache<K, V> cache) {
    @SuppressWarnings("unchecked") // a class object has no type arguments
    LarderConfiguration<K, V> configuration = cache.getConfiguration(LarderConfiguration.class);
    return configuration;
  }
}
