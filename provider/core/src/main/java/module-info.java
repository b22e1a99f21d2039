/** The JCache provider: {@code javax.cache} in memory, and the ground that other backends share. */
module dev.larder.core {
  requires transitive cache.api;
  requires java.management;
  requires static com.google.errorprone.annotations;
  requires static org.jspecify;

  exports dev.larder;
  exports dev.larder.spi;

  uses dev.larder.spi.RemoteStoreFactory;

  provides javax.cache.spi.CachingProvider with
      dev.larder.LarderCachingProvider;
}
