/**
 * What every cache and every remote store must do, as tests to extend; its packages are open, for
 * JUnit looks for their methods by reflection.
 */
module dev.larder.tck {
  requires transitive cache.api;
  requires dev.larder.async;
  requires transitive dev.larder.core;
  requires transitive org.junit.jupiter.api;
  requires java.logging;
  requires java.management;
  requires org.assertj.core;
  requires static com.google.errorprone.annotations;
  requires static org.jspecify;

  exports dev.larder.tck;
  exports dev.larder.tck.servers;
  exports dev.larder.tck.store;

  opens dev.larder.tck;
  opens dev.larder.tck.store;
}
