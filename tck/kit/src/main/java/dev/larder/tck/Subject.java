package dev.larder.tck;

import dev.larder.Eviction;
import dev.larder.LarderConfiguration;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.configuration.Configuration;

/** The backend under test, as its author presents it to the kit. */
@FunctionalInterface
public interface Subject {
  /** More entries than any test has. */
  long OUT_OF_REACH = 1_000_000;

  /** Returns the URI by which the caching provider finds the backend. */
  URI uri();

  /** Returns what the backend can do; everything, if this is not overridden. */
  default Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  /**
   * Returns the face of a cache that the tests are to see, if they are not to use the cache
   * directly: say, one that calls it asynchronously and waits.
   */
  default <K, V> Cache<K, V> face(Cache<K, V> cache) {
    return cache;
  }

  /** Returns the configuration of a cache that the tests are to see, by that which they ask for. */
  default <K, V> Configuration<K, V> configured(Configuration<K, V> configuration) {
    return configuration;
  }

  /**
   * Returns a subject whose caches have a bound, which the tests do not reach, and a policy. So all
   * that keeps entries within bounds is at work, and must not be seen.
   */
  default Subject bounded(Eviction policy) {
    Subject subject = this;
    return new Subject() {
      @Override
      public URI uri() {
        return subject.uri();
      }

      @Override
      public Set<Capability> capabilities() {
        return subject.capabilities();
      }

      @Override
      public <K, V> Cache<K, V> face(Cache<K, V> cache) {
        return subject.face(cache);
      }

      @Override
      public <K, V> Configuration<K, V> configured(Configuration<K, V> configuration) {
        return LarderConfiguration.from(subject.configured(configuration)).toBuilder()
            .maxEntries(OUT_OF_REACH)
            .evictionPolicy(policy)
            .build();
      }

      @Override
      public void elapse(ManualTicker ticker, Duration time) {
        subject.elapse(ticker, time);
      }
    };
  }

  /** Returns a subject whose caches do the same asynchronously, while the tests wait. */
  default Subject asynchronous() {
    Subject subject = this;
    return new Subject() {
      @Override
      public URI uri() {
        return subject.uri();
      }

      @Override
      public Set<Capability> capabilities() {
        Set<Capability> capabilities = EnumSet.copyOf(subject.capabilities());
        capabilities.remove(Capability.WAITS_IN_THE_CACHE);
        return capabilities;
      }

      @Override
      public <K, V> Cache<K, V> face(Cache<K, V> cache) {
        return new WaitingCache<>(cache);
      }

      @Override
      public <K, V> Configuration<K, V> configured(Configuration<K, V> configuration) {
        return subject.configured(configuration);
      }

      @Override
      public void elapse(ManualTicker ticker, Duration time) {
        subject.elapse(ticker, time);
      }
    };
  }

  /**
   * Lets time pass for the caches that have this ticker. A backend that reads another clock must
   * override this, and either move that clock or wait.
   */
  default void elapse(ManualTicker ticker, Duration time) {
    ticker.advance(time);
  }
}
