package dev.larder.async;

final class CaffeineAsyncCacheTest extends AsyncCacheContract {
  @Override
  String provider() {
    return "com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider";
  }
}
