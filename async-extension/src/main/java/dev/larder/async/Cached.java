package dev.larder.async;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the results of functions in a cache: a function is called only for what is not there.
 *
 * <p>Calls that miss the same key at the same time all call the function, unless this is asked to
 * let one do it for all ({@link #singleFlight()}).
 *
 * <p>What waits for a result calls the function on its own thread; what does not wait calls it
 * where the cache's answer arrives, or at once if the cache has answered.
 *
 * @param <K> the type of keys
 * @param <V> the type of results
 */
public final class Cached<K, V> extends Decorator<K, V, Cached<K, V>> {
  private final @Nullable Flights<K, V> flights;
  private final @Nullable Leases<K> leases;

  private Cached(Use<K, V> use, @Nullable Flights<K, V> flights, @Nullable Leases<K> leases) {
    super(use);
    this.flights = flights;
    this.leases = leases;
  }

  /** Returns a decorator that keeps results in a cache. */
  public static <K, V> Cached<K, V> of(AsyncCache<K, V> cache) {
    return new Cached<>(Use.of(cache), null, null);
  }

  /**
   * Returns a decorator that keeps results in the default cache, {@link
   * dev.larder.Larder#defaultCache}, which must be configured before the first call.
   */
  public static <K, V> Cached<K, V> ofDefault() {
    return new Cached<>(Use.ofDefault(), null, null);
  }

  @Override
  Cached<K, V> with(Use<K, V> other) {
    return new Cached<>(other, flights, leases);
  }

  /**
   * Lets one of the calls of this JVM that miss the same key at the same time call the function;
   * the others wait for its result, or its failure. It holds for all that is decorated by this
   * decorator, and by those that are made of it.
   *
   * <p>A function that asks for its own key by a stage, and waits for that to give its result,
   * waits for itself.
   */
  public Cached<K, V> singleFlight() {
    return new Cached<>(use, new Flights<>(), null);
  }

  /**
   * Lets one of the calls of all JVMs that miss the same key at the same time call the function;
   * the others wait until its result is in the cache, or its lease is over. Where the locks fail,
   * each JVM calls the function for itself.
   *
   * @param locks where JVMs tell each other that they are at it, on a server that they share;
   *     another cache than that of the results, or another namespace, for locks have the same keys
   * @param lease how long others wait for the one that calls; more than the function takes
   */
  public Cached<K, V> singleFlight(AsyncCache<K, String> locks, Duration lease) {
    requireNonNull(locks, "locks");
    requireNonNull(lease, "lease");
    return new Cached<>(use, new Flights<>(), new Leases<>(locks, lease));
  }

  /** Returns the result for a key, which a function finds if it is not there; waits for it. */
  public V get(K key, Supplier<? extends V> function) {
    requireNonNull(function, "function");
    try {
      return call(key, function::get);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new CompletionException(e); // a supplier throws none
    }
  }

  /**
   * Returns the result for a key, which a function finds if it is not there; waits for it.
   *
   * @throws Exception what the function throws
   */
  public V call(K key, Callable<? extends V> function) throws Exception {
    requireNonNull(function, "function");
    return Pace.result(flow(key, () -> called(function), Pace.WAITING));
  }

  private static <V> CompletionStage<V> called(Callable<? extends V> function) {
    try {
      return completedFuture(function.call());
    } catch (Throwable e) {
      return failedFuture(e);
    }
  }

  /** Returns the result for a key, which a function finds if it is not there. */
  public CompletionStage<V> getAsync(K key, Supplier<? extends CompletionStage<V>> function) {
    requireNonNull(function, "function");
    return Stages.own(flow(key, function, Pace.WITHOUT_WAITING));
  }

  private CompletionStage<V> flow(
      K key, Supplier<? extends CompletionStage<V>> function, Pace pace) {
    requireNonNull(key, "key");
    use.requireCache();
    if (leases != null) {
      leases.requireApartFrom(use.cache().get());
    }
    return use.read(key, pace)
        .thenCompose(
            kept -> {
              if (kept != null) {
                return completedFuture(kept.result());
              }
              return flights == null
                  ? compute(key, function, pace)
                  : flights.join(
                      key,
                      pace,
                      () ->
                          leases == null
                              ? computeUnlessKept(key, function, pace)
                              : leases.within(
                                  key, pace, () -> computeUnlessKept(key, function, pace)));
            });
  }

  /** Looks again: whoever was ahead may have ended between the first look and now. */
  private CompletionStage<V> computeUnlessKept(
      K key, Supplier<? extends CompletionStage<V>> function, Pace pace) {
    return use.read(key, pace)
        .thenCompose(
            kept -> kept == null ? compute(key, function, pace) : completedFuture(kept.result()));
  }

  private CompletionStage<V> compute(
      K key, Supplier<? extends CompletionStage<V>> function, Pace pace) {
    return pace.start(function).thenCompose(result -> use.write(key, result, pace));
  }

  /** Returns a function that keeps the results of another, by its arguments. */
  public Function<K, V> decorate(Function<? super K, ? extends V> function) {
    requireNonNull(function, "function");
    return key -> get(key, () -> function.apply(key));
  }

  /**
   * Returns a function that keeps the results of another.
   *
   * @param key finds the key for an argument
   */
  public <A> Function<A, V> decorate(
      Function<? super A, ? extends K> key, Function<? super A, ? extends V> function) {
    requireNonNull(key, "key");
    requireNonNull(function, "function");
    return argument -> get(key.apply(argument), () -> function.apply(argument));
  }

  /** Returns a supplier that keeps what another supplies. */
  public Supplier<V> decorate(K key, Supplier<? extends V> function) {
    requireNonNull(key, "key");
    requireNonNull(function, "function");
    return () -> get(key, function);
  }

  /** Returns an asynchronous function that keeps the results of another, by its arguments. */
  public Function<K, CompletionStage<V>> decorateAsync(
      Function<? super K, ? extends CompletionStage<V>> function) {
    requireNonNull(function, "function");
    return key -> getAsync(key, () -> function.apply(key));
  }

  /**
   * Returns an asynchronous function that keeps the results of another.
   *
   * @param key finds the key for an argument
   */
  public <A> Function<A, CompletionStage<V>> decorateAsync(
      Function<? super A, ? extends K> key,
      Function<? super A, ? extends CompletionStage<V>> function) {
    requireNonNull(key, "key");
    requireNonNull(function, "function");
    return argument -> getAsync(key.apply(argument), () -> function.apply(argument));
  }
}
