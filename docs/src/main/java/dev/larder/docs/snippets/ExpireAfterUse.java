package dev.larder.docs.snippets;

import static java.util.concurrent.TimeUnit.MINUTES;

import dev.larder.LarderConfiguration;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.expiry.Duration;
import javax.cache.expiry.TouchedExpiryPolicy;

/** Entries that live as long as somebody uses them. */
final class ExpireAfterUse {
  private ExpireAfterUse() {}

  static Cache<String, String> createSessions(CacheManager manager) {
    // region
    Cache<String, String> sessions =
        manager.createCache(
            "sessions",
            LarderConfiguration.builder(String.class, String.class)
                .expiryPolicy(TouchedExpiryPolicy.factoryOf(new Duration(MINUTES, 30)))
                .build());
    // endregion
    return sessions;
  }
}
