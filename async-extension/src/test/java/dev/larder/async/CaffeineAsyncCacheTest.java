package dev.larder.async;

final class CaffeineAsyncCacheTest extends OrderedAsyncCacheContract {
  @Override
  String provider() {
    return "com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider";
  }
}
