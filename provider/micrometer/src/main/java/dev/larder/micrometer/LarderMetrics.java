package dev.larder.micrometer;

import static java.util.Objects.requireNonNull;

import dev.larder.LarderStatisticsMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;

/**
 * Meters of a Larder cache for what JSR-107's statistics have no word for; bind them beside {@code
 * JCacheMetrics}, which has hits, misses, puts, removals and evictions.
 *
 * <table>
 *   <caption>Meters, with the tags {@code cache} and {@code cacheManager}</caption>
 *   <tr><th>meter</th><th>kind</th><th>meaning</th></tr>
 *   <tr><td>{@code larder.cache.loads}</td><td>timer</td><td>calls of the cache loader</td></tr>
 *   <tr><td>{@code larder.cache.load.failures}</td><td>counter</td><td>those that threw</td></tr>
 *   <tr><td>{@code larder.cache.undecodable}</td><td>counter</td><td>stored values that could not
 *       be read</td></tr>
 *   <tr><td>{@code larder.cache.commands.in.flight}</td><td>gauge</td><td>commands on their way, of
 *       all caches of the manager</td></tr>
 *   <tr><td>{@code larder.cache.connections.lost}</td><td>counter</td><td>connections that ended, of
 *       all caches of the manager</td></tr>
 * </table>
 *
 * <p>Loads are counted while the cache's statistics are enabled. A registry must not keep its
 * meters longer than the cache: remove them when it is closed.
 */
public final class LarderMetrics implements MeterBinder {
  private final Cache<?, ?> cache;
  private final Tags tags;

  /**
   * Makes the meters of a cache.
   *
   * @param tags further tags of all meters
   */
  public LarderMetrics(Cache<?, ?> cache, Iterable<Tag> tags) {
    this.cache = requireNonNull(cache, "cache");
    this.tags =
        Tags.of(tags)
            .and("cache", cache.getName())
            .and("cacheManager", cache.getCacheManager().getURI().toString());
  }

  /**
   * Registers the meters.
   *
   * @throws IllegalArgumentException if the cache is not one of Larder's
   */
  @Override
  public void bindTo(MeterRegistry registry) {
    LarderStatisticsMXBean figures = cache.unwrap(LarderStatisticsMXBean.class);
    FunctionTimer.builder(
            "larder.cache.loads",
            figures,
            LarderStatisticsMXBean::getLoads,
            from -> (double) from.getAverageLoadTime() * from.getLoads(),
            TimeUnit.MICROSECONDS)
        .description("Calls of the cache loader")
        .tags(tags)
        .register(registry);
    FunctionCounter.builder(
            "larder.cache.load.failures", figures, LarderStatisticsMXBean::getLoadFailures)
        .description("Calls of the cache loader that threw something")
        .tags(tags)
        .register(registry);
    FunctionCounter.builder(
            "larder.cache.undecodable", figures, LarderStatisticsMXBean::getUndecodableValues)
        .description("Stored values that could not be read")
        .tags(tags)
        .register(registry);
    bindConnections(registry, figures);
  }

  private void bindConnections(MeterRegistry registry, LarderStatisticsMXBean figures) {
    Gauge.builder("larder.cache.commands.in.flight", figures::getCommandsInFlight)
        .description("Commands on their way to the server, of all caches of the manager")
        .tags(tags)
        .register(registry);
    FunctionCounter.builder(
            "larder.cache.connections.lost", figures, LarderStatisticsMXBean::getConnectionsLost)
        .description("Connections that ended and were made anew, of all caches of the manager")
        .tags(tags)
        .register(registry);
  }
}
