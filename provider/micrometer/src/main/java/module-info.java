/** The figures of caches as meters of Micrometer. */
module dev.larder.micrometer {
  requires transitive dev.larder.core;
  requires transitive micrometer.core;
  requires static com.google.errorprone.annotations;
  requires static org.jspecify;

  exports dev.larder.micrometer;
}
