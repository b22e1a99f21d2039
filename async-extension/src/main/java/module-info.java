/** Every JCache operation as a {@link java.util.concurrent.CompletionStage}. */
module dev.larder.async {
  requires transitive cache.api;
  requires dev.larder.core;
  requires static com.google.errorprone.annotations;
  requires static org.jspecify;

  exports dev.larder.async;
}
