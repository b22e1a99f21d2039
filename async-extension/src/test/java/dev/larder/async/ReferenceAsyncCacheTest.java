package dev.larder.async;

final class ReferenceAsyncCacheTest extends OrderedAsyncCacheContract {
  @Override
  String provider() {
    return "org.jsr107.ri.spi.RICachingProvider";
  }
}
