package dev.larder.benchmarks;

import java.time.Duration;
import javax.cache.configuration.Factory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;

/** When entries expire: never, or so long after an event that no run ever sees one expired. */
public enum Lifetime {
  /** Never. */
  ETERNAL,
  /** An hour after their creation. */
  CREATED,
  /** An hour after their last access. */
  ACCESSED;

  static final Duration LENGTH = Duration.ofHours(1);

  /** Returns the same in JCache's words. */
  Factory<ExpiryPolicy> policy() {
    return switch (this) {
      case ETERNAL -> EternalExpiryPolicy.factoryOf();
      case CREATED -> CreatedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.ONE_HOUR);
      case ACCESSED -> AccessedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.ONE_HOUR);
    };
  }
}
