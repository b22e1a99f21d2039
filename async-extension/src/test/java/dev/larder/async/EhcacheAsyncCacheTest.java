package dev.larder.async;

final class EhcacheAsyncCacheTest extends OrderedAsyncCacheContract {
  @Override
  String provider() {
    return "org.ehcache.jsr107.EhcacheCachingProvider";
  }
}
