package dev.larder.redis;

import dev.larder.BackendException;
import dev.larder.Eviction;
import dev.larder.spi.BoundedStore;
import dev.larder.spi.RemoteStore;
import dev.larder.spi.Stored;
import dev.larder.spi.Ttl;
import io.lettuce.core.GetExArgs;
import io.lettuce.core.KeyValue;
import io.lettuce.core.SetArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps each entry under a key of its own, with Redis' own time to live. */
final class LettuceStore implements RemoteStore {
  private static final int CHUNK = 1_000;

  /** The longest time to live in use: to an instant that Redis still can count to. */
  static final long LONGEST = 1L << 62;

  private static final String OK = "OK";

  private final RedisClusterAsyncCommands<byte[], byte[]> commands;
  private final Scripts scripts;
  private final Wire wire;
  private final KeyScan scan;
  private final RawCommands raw;
  private final boolean isCluster;
  private final List<Object> ofDriver;
  private final int coalesced;
  private final Runnable onClose;

  /**
   * Creates a store.
   *
   * @param isCluster whether each key has a server of its own
   * @param ofDriver the driver's objects that users may get at
   * @param coalesced how many reads that are issued together share a command
   */
  LettuceStore(
      RedisClusterAsyncCommands<byte[], byte[]> commands,
      KeyScan scan,
      Wire wire,
      boolean isCluster,
      List<Object> ofDriver,
      int coalesced,
      Runnable onClose) {
    this.commands = commands;
    this.scripts = new Scripts(commands);
    this.raw = new RawCommands(commands);
    this.isCluster = isCluster;
    this.ofDriver = ofDriver;
    this.scan = scan;
    this.wire = wire;
    this.coalesced = coalesced;
    this.onClose = onClose;
  }

  @Override
  public Figures figures() {
    return wire.figures();
  }

  @Override
  public CompletionStage<@Nullable Stored> get(byte[] key) {
    return stored(() -> commands.get(key));
  }

  @Override
  public CompletionStage<@Nullable Stored> getAndTouch(byte[] key, long ttl) {
    if (ttl == Ttl.NONE) {
      return getAndRemove(key);
    }
    if (ttl == Ttl.KEEP) {
      return get(key);
    }
    GetExArgs expiry =
        ttl == Ttl.FOREVER ? new GetExArgs().persist() : new GetExArgs().px(Math.min(ttl, LONGEST));
    return stored(() -> commands.getex(key, expiry));
  }

  @Override
  public CompletionStage<List<@Nullable Stored>> getAll(List<byte[]> keys) {
    return inChunks(
        keys,
        chunk ->
            wire.send(() -> commands.mget(chunk.toArray(new byte[0][])))
                .thenApply(LettuceStore::storedValues));
  }

  @Override
  public int coalesced() {
    return coalesced;
  }

  private static List<@Nullable Stored> storedValues(List<KeyValue<byte[], byte[]>> replies) {
    List<@Nullable Stored> values = new ArrayList<>(replies.size());
    replies.forEach(reply -> values.add(asStored(reply.getValueOrElse(null))));
    return values;
  }

  @Override
  public CompletionStage<Boolean> contains(byte[] key) {
    return wire.send(() -> commands.exists(key)).thenApply(count -> count > 0);
  }

  @Override
  public CompletionStage<@Nullable Void> put(byte[] key, byte[] value, long ttlNew, long ttlOld) {
    return wire.send(putting(key, value, ttlNew, ttlOld));
  }

  private Supplier<CompletionStage<@Nullable Void>> putting(
      byte[] key, byte[] value, long ttlNew, long ttlOld) {
    SetArgs plain = plainSet(ttlNew, ttlOld);
    return plain == null
        ? () -> scripts.put(key, value, ttlNew, ttlOld).thenApply(any -> null)
        : () -> commands.set(key, value, plain).thenApply(any -> null);
  }

  @Override
  public CompletionStage<@Nullable Void> putAll(List<Item> items, long ttlNew, long ttlOld) {
    return Batch.send(
        wire,
        items.stream().map(item -> putting(item.key(), item.value(), ttlNew, ttlOld)).toList());
  }

  @Override
  public CompletionStage<@Nullable Stored> getAndPut(
      byte[] key, byte[] value, long ttlNew, long ttlOld) {
    SetArgs plain = plainSet(ttlNew, ttlOld);
    return plain == null
        ? stored(() -> scripts.getAndPut(key, value, ttlNew, ttlOld))
        : stored(() -> commands.setGet(key, value, plain));
  }

  /** Returns what makes one SET do it, or null if what it does depends on the old value. */
  private static @Nullable SetArgs plainSet(long ttlNew, long ttlOld) {
    boolean keepsForever = ttlNew == Ttl.FOREVER && ttlOld == Ttl.KEEP;
    boolean alike = ttlNew == ttlOld && ttlOld != Ttl.NONE;
    return alike || keepsForever ? withTtl(new SetArgs(), ttlOld) : null;
  }

  private static SetArgs withTtl(SetArgs arguments, long ttl) {
    if (ttl == Ttl.KEEP) {
      return arguments.keepttl();
    }
    return ttl == Ttl.FOREVER ? arguments : arguments.px(Math.min(ttl, LONGEST));
  }

  @Override
  public CompletionStage<Boolean> putIfAbsent(byte[] key, byte[] value, long ttl) {
    if (ttl == Ttl.NONE) {
      return contains(key).thenApply(present -> !present);
    }
    SetArgs arguments = withTtl(new SetArgs().nx(), ttl == Ttl.KEEP ? Ttl.FOREVER : ttl);
    return wire.send(() -> commands.set(key, value, arguments)).thenApply(OK::equals);
  }

  @Override
  public CompletionStage<Boolean> replace(byte[] key, byte[] value, long ttl) {
    if (ttl == Ttl.NONE) {
      return remove(key);
    }
    SetArgs arguments = withTtl(new SetArgs().xx(), ttl);
    return wire.send(() -> commands.set(key, value, arguments)).thenApply(OK::equals);
  }

  @Override
  public CompletionStage<@Nullable Stored> getAndReplace(byte[] key, byte[] value, long ttl) {
    if (ttl == Ttl.NONE) {
      return getAndRemove(key);
    }
    SetArgs arguments = withTtl(new SetArgs().xx(), ttl);
    return stored(() -> commands.setGet(key, value, arguments));
  }

  @Override
  public CompletionStage<Boolean> remove(byte[] key) {
    return wire.send(() -> commands.unlink(key)).thenApply(count -> count > 0);
  }

  @Override
  public CompletionStage<@Nullable Stored> getAndRemove(byte[] key) {
    return stored(() -> commands.getdel(key));
  }

  @Override
  public CompletionStage<Long> removeAll(List<byte[]> keys) {
    return removeAll(keys, chunk -> wire.send(() -> commands.unlink(chunk.toArray(new byte[0][]))));
  }

  /** Removes values some at a time; each call removes those keys and says how many there were. */
  CompletionStage<Long> removeAll(
      List<byte[]> keys, Function<List<byte[]>, CompletionStage<Long>> removal) {
    CompletionStage<Long> removed =
        inChunks(keys, chunk -> removal.apply(chunk).thenApply(List::of))
            .thenApply(counts -> counts.stream().mapToLong(Long::longValue).sum());
    return keys.size() > CHUNK ? afterOthers(removed) : removed;
  }

  @Override
  public CompletionStage<Boolean> compareAndSet(
      byte[] key, Stored expected, byte @Nullable [] value, long ttl) {
    return wire.send(() -> scripts.compareAndSet(key, expected.value(), value, ttl))
        .thenApply(count -> count == 1);
  }

  @Override
  public CompletionStage<Boolean> touch(byte[] key, long ttl) {
    if (ttl == Ttl.NONE) {
      return remove(key);
    }
    if (ttl == Ttl.KEEP) {
      return contains(key);
    }
    if (ttl == Ttl.FOREVER) {
      return wire.send(() -> scripts.persist(key)).thenApply(count -> count == 1);
    }
    return wire.send(() -> commands.pexpire(key, Math.min(ttl, LONGEST)));
  }

  @Override
  public CompletionStage<Page> scan(byte[] prefix, @Nullable String cursor) {
    return page(prefix, cursor)
        .thenApply(page -> new Page(OrderScripts.withoutOrder(page.keys(), prefix), page.cursor()));
  }

  private CompletionStage<Page> page(byte[] prefix, @Nullable String cursor) {
    return wire.send(() -> scan.page(prefix, cursor));
  }

  @Override
  public CompletionStage<@Nullable Void> clear(byte[] prefix) {
    return clearFrom(prefix, null);
  }

  private CompletionStage<@Nullable Void> clearFrom(byte[] prefix, @Nullable String cursor) {
    return page(prefix, cursor)
        .thenCompose(
            page -> {
              CompletionStage<Long> removed = removeAll(page.keys());
              return page.cursor() == null
                  ? removed.thenApply(any -> null)
                  : removed.thenCompose(any -> afterOthers(clearFrom(prefix, page.cursor())));
            });
  }

  /** A failure here does not mean that nothing was changed: another part came before. */
  private static <T extends @Nullable Object> CompletionStage<T> afterOthers(
      CompletionStage<T> part) {
    return part.handle(
        (result, failure) -> {
          if (failure == null) {
            return result;
          }
          Throwable cause = Failures.unwrapped(failure);
          throw new CompletionException(
              cause instanceof BackendException e ? Failures.partly(e) : cause);
        });
  }

  @Override
  public @Nullable BoundedStore bounded(byte[] prefix, Eviction policy, LongConsumer evictions) {
    if (!Bound.isOrdered(policy)) {
      return null;
    }
    Order order = new Order(commands, wire, prefix, policy, evictions);
    return isCluster ? new ClusterOrderedStore(this, order) : new OrderedStore(this, order);
  }

  @Override
  public CompletionStage<@Nullable Object> raw(String command, List<byte[]> arguments) {
    return wire.send(() -> raw.send(command, arguments));
  }

  @Override
  public <T> @Nullable T unwrap(Class<T> type) {
    return ofDriver.stream().filter(type::isInstance).map(type::cast).findFirst().orElse(null);
  }

  @Override
  public void close() {
    onClose.run();
  }

  private CompletionStage<@Nullable Stored> stored(
      Supplier<CompletionStage<byte @Nullable []>> command) {
    return wire.send(command).thenApply(LettuceStore::asStored);
  }

  private static @Nullable Stored asStored(byte @Nullable [] value) {
    return value == null ? null : new Stored(value, 0);
  }

  /** Does something for some items at a time, so that no other client waits long for its turn. */
  private static <T, R> CompletionStage<List<R>> inChunks(
      List<T> items, Function<List<T>, CompletionStage<List<R>>> action) {
    if (items.size() <= CHUNK) {
      return items.isEmpty() ? CompletableFuture.completedFuture(List.of()) : action.apply(items);
    }
    CompletionStage<List<R>> all = CompletableFuture.completedFuture(new ArrayList<>(items.size()));
    for (int from = 0; from < items.size(); from += CHUNK) {
      List<T> chunk = items.subList(from, Math.min(items.size(), from + CHUNK));
      all =
          all.thenCompose(
              done ->
                  action
                      .apply(chunk)
                      .thenApply(
                          more -> {
                            done.addAll(more);
                            return done;
                          }));
    }
    return all;
  }
}
