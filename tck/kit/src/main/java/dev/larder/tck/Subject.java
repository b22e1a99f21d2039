package dev.larder.tck;

import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import javax.cache.Cache;

/** The backend under test, as its author presents it to the kit. */
@FunctionalInterface
public interface Subject {

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
