package dev.larder.async;

import dev.larder.async.CachePlugin.Command;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way that every call takes: within its time limit, past the plugins, if there is room.
 *
 * @param timeout how long a stage may take; null for as long as it takes
 */
record CallPath(String cacheName, Guard guard, Plugins plugins, @Nullable Duration timeout) {

  CallPath withTimeout(Duration other) {
    return new CallPath(cacheName, guard, plugins, other.equals(AsyncCache.FOREVER) ? null : other);
  }

  /**
   * Calls for one key.
   *
   * @param value what is stored; null if nothing is
   */
  <T extends @Nullable Object> CompletionStage<T> one(
      AsyncCache<?, ?> cache,
      Command command,
      Object key,
      @Nullable Object value,
      Supplier<? extends CompletionStage<T>> body) {
    if (plugins.areNone()) {
      return within(command, guard.submit(body));
    }
    List<?> values = value == null ? List.of() : List.of(value);
    return seen(new CachePlugin.Call(cache, command, List.of(key), values), body);
  }

  /** Calls for several keys, or for all. */
  <T extends @Nullable Object> CompletionStage<T> many(
      AsyncCache<?, ?> cache,
      Command command,
      Collection<?> keys,
      Collection<?> values,
      Supplier<? extends CompletionStage<T>> body) {
    return plugins.areNone()
        ? within(command, guard.submit(body))
        : seen(new CachePlugin.Call(cache, command, List.copyOf(keys), List.copyOf(values)), body);
  }

  private <T extends @Nullable Object> CompletionStage<T> seen(
      CachePlugin.Call call, Supplier<? extends CompletionStage<T>> body) {
    return within(call.command(), plugins.around(call, () -> guard.submit(body)));
  }

  /** Returns a stage that ends as another does, or when its time is over. */
  <T extends @Nullable Object> CompletionStage<T> within(Object command, CompletionStage<T> stage) {
    return timeout == null
        ? stage
        : Timeouts.within(timeout, stage, "cache '" + cacheName + "': " + command);
  }
}
