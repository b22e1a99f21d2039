package dev.larder.async;

final class ReferenceAsyncCacheTest extends AsyncCacheContract {
  @Override
  String provider() {
    return "org.jsr107.ri.spi.RICachingProvider";
  }
}
