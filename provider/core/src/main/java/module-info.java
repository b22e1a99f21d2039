/** The JCache provider: {@code javax.cache} in memory, and the ground that other backends share. */
@SuppressWarnings("module") // those that may use its internals are built after it
module dev.larder.core {
  requires transitive cache.api;
  requires java.management;
  requires jdk.unsupported;
  requires static jdk.jfr;
  requires static com.google.errorprone.annotations;
  requires static org.jspecify;

  exports dev.larder;
  exports dev.larder.spi;
  exports dev.larder.internal.async to
      dev.larder.async,
      dev.larder.tck;

  uses dev.larder.spi.RemoteStoreFactory;
  uses dev.larder.spi.SettingsFormat;

  provides javax.cache.spi.CachingProvider with
      dev.larder.LarderCachingProvider;
}
