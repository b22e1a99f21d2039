package dev.larder.docs.snippets;

import dev.larder.LarderConfiguration;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import org.jspecify.annotations.Nullable;

/** An expiry policy that JSR-107 does not bring. */
final class OwnExpiryPolicy {
  private OwnExpiryPolicy() {}

  // region
  /** A day for a new value, an hour for one that was changed; reading changes nothing. */
  static final class ShorterWhenChanged implements ExpiryPolicy {
    @Override
    public Duration getExpiryForCreation() {
      return Duration.ONE_DAY;
    }

    @Override
    public @Nullable Duration getExpiryForAccess() {
      return null; // the deadline stays as it is
    }

    @Override
    public Duration getExpiryForUpdate() {
      return Duration.ONE_HOUR;
    }
  }

  // endregion

  static Cache<String, String> create(CacheManager manager) {
    return manager.createCache(
        "own-expiry-policy",
        LarderConfiguration.builder(String.class, String.class)
            .expiryPolicy(ShorterWhenChanged::new)
            .build());
  }
}
