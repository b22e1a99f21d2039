package dev.larder.tck.store;

import dev.larder.BackendException;
import dev.larder.spi.RemoteStore;
import dev.larder.spi.Stored;
import dev.larder.tck.store.SampleServer.Slot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An example of a store: bytes on a {@link SampleServer}, which are reached, as most drivers do it,
 * through one thread that sends all commands and completes all replies.
 */
public final class SampleStore implements RemoteStore {
  private final String name;
  private final SampleServer server;
  private final Duration timeout;
  private final ScheduledThreadPoolExecutor driver;
  private final Set<CompletableFuture<?>> pending = ConcurrentHashMap.newKeySet();

  /**
   * Opens a store on the server of a name.
   *
   * @param timeout how long a command may take
   */
  public SampleStore(String name, Duration timeout) {
    this.name = name;
    this.server = SampleServer.named(name);
    this.timeout = timeout;
    this.driver =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "sample-driver-" + name);
              thread.setDaemon(true);
              return thread;
            });
    driver.setRemoveOnCancelPolicy(true);
  }

  @Override
  public CompletionStage<@Nullable Stored> get(byte[] key) {
    return send("get", () -> stored(server.read(key)));
  }

  @Override
  public CompletionStage<@Nullable Stored> getAndTouch(byte[] key, long ttl) {
    return send("getAndTouch", () -> stored(touchNow(key, ttl)));
  }

  @Override
  public CompletionStage<List<@Nullable Stored>> getAll(List<byte[]> keys) {
    return send(
        "getAll",
        () -> {
          List<@Nullable Stored> found = new ArrayList<>(keys.size());
          keys.forEach(key -> found.add(stored(server.read(key))));
          return found;
        });
  }

  @Override
  public CompletionStage<Boolean> contains(byte[] key) {
    return send("contains", () -> server.read(key) != null);
  }

  @Override
  public CompletionStage<@Nullable Void> put(byte[] key, byte[] value, long ttlNew, long ttlOld) {
    return send(
        "put",
        () -> {
          putNow(key, value, ttlNew, ttlOld);
          return null;
        });
  }

  @Override
  public CompletionStage<@Nullable Void> putAll(List<Item> items, long ttlNew, long ttlOld) {
    return send(
        "putAll",
        () -> {
          items.forEach(item -> putNow(item.key(), item.value(), ttlNew, ttlOld));
          return null;
        });
  }

  @Override
  public CompletionStage<@Nullable Stored> getAndPut(
      byte[] key, byte[] value, long ttlNew, long ttlOld) {
    return send("getAndPut", () -> stored(putNow(key, value, ttlNew, ttlOld)));
  }

  @Override
  public CompletionStage<Boolean> putIfAbsent(byte[] key, byte[] value, long ttl) {
    return send(
        "putIfAbsent",
        () -> server.change(key, old -> old == null ? server.slot(value, null, ttl) : old) == null);
  }

  @Override
  public CompletionStage<Boolean> replace(byte[] key, byte[] value, long ttl) {
    return send("replace", () -> replaceNow(key, value, ttl) != null);
  }

  @Override
  public CompletionStage<@Nullable Stored> getAndReplace(byte[] key, byte[] value, long ttl) {
    return send("getAndReplace", () -> stored(replaceNow(key, value, ttl)));
  }

  @Override
  public CompletionStage<Boolean> remove(byte[] key) {
    return send("remove", () -> server.change(key, old -> null) != null);
  }

  @Override
  public CompletionStage<@Nullable Stored> getAndRemove(byte[] key) {
    return send("getAndRemove", () -> stored(server.change(key, old -> null)));
  }

  @Override
  public CompletionStage<Long> removeAll(List<byte[]> keys) {
    return send(
        "removeAll",
        () -> keys.stream().filter(key -> server.change(key, old -> null) != null).count());
  }

  @Override
  public CompletionStage<Boolean> compareAndSet(
      byte[] key, Stored expected, byte @Nullable [] value, long ttl) {
    return send(
        "compareAndSet",
        () -> {
          Slot before =
              server.change(
                  key,
                  old -> {
                    if (!isVersion(old, expected)) {
                      return old;
                    }
                    return value == null ? null : server.slot(value, old, ttl);
                  });
          return isVersion(before, expected);
        });
  }

  private static boolean isVersion(@Nullable Slot slot, Stored expected) {
    return slot != null && slot.stored().version() == expected.version();
  }

  @Override
  public CompletionStage<Boolean> touch(byte[] key, long ttl) {
    return send("touch", () -> touchNow(key, ttl) != null);
  }

  @Override
  public CompletionStage<Page> scan(byte[] prefix, @Nullable String cursor) {
    return send("scan", () -> server.scan(prefix, cursor));
  }

  @Override
  public CompletionStage<@Nullable Void> clear(byte[] prefix) {
    return send(
        "clear",
        () -> {
          server.clear(prefix);
          return null;
        });
  }

  @Override
  public void close() {
    driver.shutdownNow();
    pending.forEach(reply -> reply.completeExceptionally(failure("was closed", true)));
  }

  @Override
  public String toString() {
    return "sample://" + name;
  }

  private @Nullable Slot putNow(byte[] key, byte[] value, long ttlNew, long ttlOld) {
    return server.change(key, old -> server.slot(value, old, old == null ? ttlNew : ttlOld));
  }

  private @Nullable Slot replaceNow(byte[] key, byte[] value, long ttl) {
    return server.change(key, old -> old == null ? null : server.slot(value, old, ttl));
  }

  private @Nullable Slot touchNow(byte[] key, long ttl) {
    return server.change(key, old -> old == null ? null : server.touched(old, ttl));
  }

  private static @Nullable Stored stored(@Nullable Slot slot) {
    return slot == null ? null : slot.stored();
  }

  /** Has the driver's thread send a command; the reply comes on that thread too. */
  @SuppressWarnings("CollectionUndefinedEquality") // a reply is only equal to itself
  private <T extends @Nullable Object> CompletionStage<T> send(String command, Supplier<T> action) {
    CompletableFuture<T> reply = new CompletableFuture<>();
    pending.add(reply);
    try {
      Future<?> limit =
          driver.schedule(
              () -> reply.completeExceptionally(failure("did not answer " + command, true)),
              timeout.toMillis(),
              TimeUnit.MILLISECONDS);
      var unused =
          reply.whenComplete(
              (result, failure) -> {
                limit.cancel(false);
                pending.remove(reply);
              });
      driver.execute(() -> server.hostility().meet(command, action, reply, driver));
    } catch (RejectedExecutionException e) {
      pending.remove(reply);
      reply.completeExceptionally(failure("is closed", false));
    }
    return reply;
  }

  private BackendException failure(String what, boolean outcomeUnknown) {
    return new BackendException(this + " " + what, null, outcomeUnknown);
  }
}
