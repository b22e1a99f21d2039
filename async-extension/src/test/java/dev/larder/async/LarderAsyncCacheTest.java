package dev.larder.async;

final class LarderAsyncCacheTest extends AsyncCacheContract {
  @Override
  String provider() {
    return "dev.larder.LarderCachingProvider";
  }
}
