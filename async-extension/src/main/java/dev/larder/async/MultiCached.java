package dev.larder.async;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Keeps the results of functions that find many at once: such a function is called with those
 * arguments only whose results are not there.
 *
 * <p>It is called once, or not at all if all are there; without arguments it is called with none.
 * It returns a map with the arguments that it found something for, and may add others: they are
 * kept and returned too. The map that callers get has the arguments in their order, those that were
 * added behind them. What was just found counts more than what was kept, and is all that is
 * written.
 *
 * @param <K> the type of keys
 * @param <V> the type of results
 */
public final class MultiCached<K, V> extends Decorator<K, V, MultiCached<K, V>> {
  private MultiCached(Use<K, V> use) {
    super(use);
  }

  /** Returns a decorator that keeps results in a cache. */
  public static <K, V> MultiCached<K, V> of(AsyncCache<K, V> cache) {
    return new MultiCached<>(Use.of(cache));
  }

  /**
   * Returns a decorator that keeps results in the default cache, {@link
   * dev.larder.Larder#defaultCache}, which must be configured before the first call.
   */
  public static <K, V> MultiCached<K, V> ofDefault() {
    return new MultiCached<>(Use.ofDefault());
  }

  @Override
  MultiCached<K, V> with(Use<K, V> other) {
    return new MultiCached<>(other);
  }

  /** Returns a function that keeps the results of another, by its arguments. */
  public Function<Collection<? extends K>, Map<K, V>> decorate(
      Function<? super Set<K>, ? extends Map<K, V>> function) {
    return decorate(Function.identity(), function);
  }

  /**
   * Returns a function that keeps the results of another.
   *
   * @param key finds the key for an argument; different ones for different arguments
   */
  public <A> Function<Collection<? extends A>, Map<A, V>> decorate(
      Function<? super A, ? extends K> key,
      Function<? super Set<A>, ? extends Map<A, V>> function) {
    requireNonNull(key, "key");
    requireNonNull(function, "function");
    return arguments -> {
      try {
        return Pace.result(
            flow(
                arguments, key, missing -> completedFuture(function.apply(missing)), Pace.WAITING));
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new CompletionException(e); // a function throws none
      }
    };
  }

  /** Returns an asynchronous function that keeps the results of another, by its arguments. */
  public Function<Collection<? extends K>, CompletionStage<Map<K, V>>> decorateAsync(
      Function<? super Set<K>, ? extends CompletionStage<Map<K, V>>> function) {
    return decorateAsync(Function.identity(), function);
  }

  /**
   * Returns an asynchronous function that keeps the results of another.
   *
   * @param key finds the key for an argument; different ones for different arguments
   */
  public <A> Function<Collection<? extends A>, CompletionStage<Map<A, V>>> decorateAsync(
      Function<? super A, ? extends K> key,
      Function<? super Set<A>, ? extends CompletionStage<Map<A, V>>> function) {
    requireNonNull(key, "key");
    requireNonNull(function, "function");
    return arguments -> Stages.own(flow(arguments, key, function, Pace.WITHOUT_WAITING));
  }

  private <A> CompletionStage<Map<A, V>> flow(
      Collection<? extends A> arguments,
      Function<? super A, ? extends K> key,
      Function<? super Set<A>, ? extends CompletionStage<Map<A, V>>> function,
      Pace pace) {
    Map<A, K> keys = new LinkedHashMap<>();
    requireNonNull(arguments, "arguments")
        .forEach(argument -> keys.put(argument, requireNonNull(key.apply(argument), "key")));
    use.requireCache();
    return use.readAll(keys.values(), pace)
        .thenCompose(
            kept -> {
              Set<A> missing = new LinkedHashSet<>(keys.keySet());
              missing.removeIf(argument -> kept.containsKey(keys.get(argument)));
              if (missing.isEmpty() && !keys.isEmpty()) {
                return completedFuture(merged(keys, kept, Map.of()));
              }
              return pace.start(() -> function.apply(Collections.unmodifiableSet(missing)))
                  .thenCompose(
                      found ->
                          write(key, requireNonNull(found, "the function's result"), pace)
                              .thenApply(any -> merged(keys, kept, found)));
            });
  }

  private <A> CompletionStage<?> write(
      Function<? super A, ? extends K> key, Map<A, V> found, Pace pace) {
    Map<K, V> results = new LinkedHashMap<>();
    found.forEach((argument, result) -> results.put(key.apply(argument), result));
    return use.writeAll(results, pace);
  }

  private static <A, K, V> Map<A, V> merged(Map<A, K> keys, Map<K, V> kept, Map<A, V> found) {
    Map<A, V> all = new LinkedHashMap<>();
    keys.forEach(
        (argument, key) -> {
          if (found.containsKey(argument)) {
            all.put(argument, found.get(argument));
          } else if (kept.containsKey(key)) {
            all.put(argument, kept.get(key));
          }
        });
    found.forEach(all::putIfAbsent);
    return all;
  }
}
