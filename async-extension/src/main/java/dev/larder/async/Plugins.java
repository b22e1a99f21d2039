package dev.larder.async;

import dev.larder.spi.SparseLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The plugins of one cache, in order. */
final class Plugins {
  private static final SparseLog LOG = new SparseLog("dev.larder.async");

  private final List<CachePlugin> plugins;

  Plugins(List<CachePlugin> plugins) {
    this.plugins = plugins;
  }

  boolean areNone() {
    return plugins.isEmpty();
  }

  <T extends @Nullable Object> CompletionStage<T> around(
      CachePlugin.Call call, Supplier<? extends CompletionStage<T>> command) {
    long start = System.nanoTime();
    each(plugin -> plugin.before(call));
    return Stages.observe(
        command.get(),
        (result, failure) -> {
          Duration took = Duration.ofNanos(System.nanoTime() - start);
          CachePlugin.Outcome outcome = new CachePlugin.Outcome(result, failure, took);
          each(plugin -> plugin.after(call, outcome));
        });
  }

  private void each(Consumer<CachePlugin> hook) {
    for (CachePlugin plugin : plugins) {
      try {
        hook.accept(plugin);
      } catch (RuntimeException | Error e) {
        LOG.warn(
            plugin.getClass().getName() + e.getClass().getName(),
            "the plugin " + plugin + " failed; its cache goes on",
            e);
      }
    }
  }
}
