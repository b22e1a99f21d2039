/** JSR-107's caching annotations in Jakarta CDI, with any JCache provider. */
module dev.larder.cdi {
  requires transitive cache.api;
  requires transitive jakarta.cdi;
  requires jakarta.annotation;
  requires jakarta.inject;
  requires jakarta.interceptor;
  requires static dev.larder.async;
  requires static com.google.errorprone.annotations;
  requires static org.jspecify;

  exports dev.larder.cdi;

  // The container makes the interceptors.
  opens dev.larder.cdi;

  provides jakarta.enterprise.inject.spi.Extension with
      dev.larder.cdi.CachingExtension;
}
