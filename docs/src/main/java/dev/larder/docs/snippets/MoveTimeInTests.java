package dev.larder.docs.snippets;

import static java.util.concurrent.TimeUnit.MINUTES;

import dev.larder.LarderConfiguration;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;

/** A test of expiry that does not wait. */
final class MoveTimeInTests {
  private MoveTimeInTests() {}

  static boolean expiresAfterFiveMinutes(CacheManager manager) {
    // region
    AtomicLong nanos = new AtomicLong();
    Cache<String, String> tokens =
        manager.createCache(
            "tokens",
            LarderConfiguration.builder(String.class, String.class)
                .expiryPolicy(CreatedExpiryPolicy.factoryOf(Duration.FIVE_MINUTES))
                .ticker(nanos::get)
                .build());

    tokens.put("ann", "f3a9");
    nanos.addAndGet(MINUTES.toNanos(5));
    boolean expired = !tokens.containsKey("ann"); // true
    // endregion
    return expired;
  }
}
