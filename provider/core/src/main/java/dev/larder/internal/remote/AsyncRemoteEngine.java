package dev.larder.internal.remote;

import dev.larder.internal.async.Versioned;
import dev.larder.internal.concurrent.Worker;
import dev.larder.internal.engine.AsyncEngine;
import dev.larder.internal.engine.EngineParts;
import dev.larder.internal.engine.ImmediateEngine.Local;
import dev.larder.internal.operation.EntryOperation;
import dev.larder.internal.operation.Replace;
import dev.larder.spi.RemoteStore;
import dev.larder.spi.Stored;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import javax.cache.expiry.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Runs operations on entries in a {@link RemoteStore} without waiting: no thread belongs to a call
 * that is on its way to the server.
 *
 * <p>What follows an answer runs on one of two executors: a few threads where it is only Larder's
 * own code, as many as it takes where it may be a loader, a writer, a listener or a processor.
 */
final class AsyncRemoteEngine<K, V> implements AsyncEngine<K, V> {
  private final RemoteParts<K, V> parts;
  private final EntryCalls<K, V> single;
  private final EntryCalls<K, V> reading;
  private final BulkCalls<K, V> bulk;
  private final Executor completions;
  private final Executor userCode;

  AsyncRemoteEngine(
      RemoteParts<K, V> parts,
      EntryCalls<K, V> single,
      BulkCalls<K, V> bulk,
      EngineParts<K, V> executors) {
    this.parts = parts;
    this.single = single;
    this.bulk = bulk;
    this.completions = executors.completions();
    this.userCode = executors.executor();
    this.reading = new EntryCalls<>(parts, new CoalescedReads(parts::store, completions)::get);
  }

  @Override
  public CompletionStage<@Nullable V> get(K key) {
    boolean callsUser = parts.missLoader() != null || parts.expiry().runsUserCode();
    return start(callsUser, "get", worker -> reading.get(key, worker));
  }

  @Override
  public CompletionStage<Map<K, V>> getAll(Set<? extends K> keys) {
    boolean callsUser = parts.missLoader() != null || parts.expiry().runsUserCode();
    return start(callsUser, "getAll", worker -> bulk.getAll(keys, worker));
  }

  @Override
  public CompletionStage<@Nullable Versioned<V>> getVersioned(K key) {
    return start(parts.expiry().runsUserCode(), "get", worker -> single.getVersioned(key, worker));
  }

  @Override
  public CompletionStage<Boolean> replaceVersion(
      K key, Object version, V value, @Nullable Duration timeToLive) {
    if (!(version instanceof Stored seen)) {
      throw new IllegalArgumentException(
          "cache '%s': the version %s is of another cache"
              .formatted(parts.cacheName(), version.getClass().getName()));
    }
    EntryOperation<V, ?> replace = Replace.replace(value).lasting(timeToLive);
    return start(
        callsUser(replace), "replace", worker -> single.executeOn(key, seen, replace, worker));
  }

  @Override
  public CompletionStage<Boolean> contains(K key) {
    return start(false, "containsKey", worker -> single.contains(key, worker));
  }

  @Override
  public <R extends @Nullable Object> CompletionStage<R> execute(
      K key, EntryOperation<V, R> operation) {
    return start(
        callsUser(operation),
        RemoteEngine.nameOf(List.of(operation)),
        worker -> single.execute(key, operation, worker));
  }

  @Override
  public CompletionStage<?> executeAll(Map<K, ? extends EntryOperation<V, ?>> operations) {
    return start(
        operations.values().stream().anyMatch(this::callsUser),
        RemoteEngine.nameOf(operations.values()) + "All",
        worker -> bulk.executeAll(operations, worker));
  }

  private boolean callsUser(EntryOperation<V, ?> operation) {
    return operation.runsUserCode()
        || operation.rules(parts.expiry()).runsUserCode()
        || parts.writer() != null
        || parts.recorder().hasListeners();
  }

  @Override
  public CompletionStage<?> removeAll() {
    return start(true, "removeAll", bulk::removeAll);
  }

  @Override
  public CompletionStage<?> loadAll(Set<? extends K> keys, boolean replacing) {
    return start(true, "loadAll", worker -> bulk.loadAll(keys, replacing, worker));
  }

  @Override
  public CompletionStage<?> clear() {
    return start(false, "clear", worker -> parts.store().clear(parts.keys().prefix()));
  }

  @Override
  public CompletionStage<@Nullable Object> raw(
      String command,
      List<Object> arguments,
      Function<Local<K, V>, CompletionStage<@Nullable Object>> atHand) {
    List<byte[]> bytes = arguments.stream().map(AsyncRemoteEngine::bytes).toList();
    return start(false, "raw", worker -> parts.store().raw(command, bytes));
  }

  /** Returns an argument of a command as it is sent; nobody changes it meanwhile. */
  private static byte[] bytes(Object argument) {
    return argument instanceof byte[] array
        ? array.clone()
        : argument.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] storedKey(K key) {
    return parts.keys().encode(key);
  }

  private <T extends @Nullable Object> CompletionStage<T> start(
      boolean callsUser, String operation, Function<Worker, CompletionStage<T>> call) {
    return PoolRuns.start(callsUser ? userCode : completions, parts.cacheName(), operation, call);
  }
}
