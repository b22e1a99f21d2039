package dev.larder.redis;

import static dev.larder.redis.Scripts.bytes;

import dev.larder.Eviction;
import dev.larder.spi.BoundedStore;
import dev.larder.spi.WatchedStore;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A bounded cache on a cluster: its entries are on all servers, its order of eviction on one. What
 * stores an entry admits it to the order first, which answers with the victims; these stay there
 * until the client says that it has removed them, so none is forgotten if the client dies. Where
 * the order cannot be reached, entries are stored nevertheless, and enter it when they are used.
 */
final class ClusterOrderedStore extends WatchedStore implements BoundedStore {
  private static final int CHUNK = 1_000;
  private static final byte[] PUT = bytes("put");
  private static final byte[] OLD = bytes("old");
  private static final byte[] NOTHING = {};

  private final LettuceStore entries;
  private final Wire wire;
  private final OrderScripts scripts;
  private final byte[] prefix;
  private final LongConsumer evictions;
  private final OrderNotes notes;

  /** What the server said last; what it is told where it has forgotten. */
  private volatile Bound bound;

  /** Creates a view of a store; see {@link LettuceStore#bounded}. */
  ClusterOrderedStore(
      LettuceStore entries,
      RedisClusterAsyncCommands<byte[], byte[]> commands,
      Wire wire,
      byte[] prefix,
      Eviction policy,
      LongConsumer evictions) {
    super(entries);
    this.entries = entries;
    this.wire = wire;
    this.scripts = new OrderScripts(commands, prefix);
    this.prefix = prefix;
    this.evictions = evictions;
    this.notes = new OrderNotes(wire, this::tell);
    this.bound = new Bound(policy, Long.MAX_VALUE);
  }

  // ---- what is heard --------------------------------------------------------------------------

  /** Admits entries first: so whatever is stored is in the order, though the client die. */
  @Override
  protected CompletionStage<@Nullable Void> toBeStored(List<byte[]> keys) {
    return admit(PUT, keys).exceptionally(failure -> null);
  }

  @Override
  protected CompletionStage<@Nullable Void> stored(List<byte[]> keys, long ttlNew, long ttlOld) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  protected void perhapsStored(List<byte[]> keys, long ttlNew, long ttlOld) {
    // They are in the order.
  }

  @Override
  protected void used(byte[] key, long ttl) {
    if (bound.watchesReads()) {
      notes.use(memberOf(key));
    }
  }

  @Override
  protected void gone(List<byte[]> keys) {
    keys.forEach(key -> notes.lower(memberOf(key)));
  }

  @Override
  protected void cleared() {
    notes.clear();
  }

  private byte[] memberOf(byte[] key) {
    return Arrays.copyOfRange(key, prefix.length, key.length);
  }

  // ---- the order ------------------------------------------------------------------------------

  /** Says something of entries to the order, some at a time, and evicts what it answers. */
  private CompletionStage<@Nullable Void> admit(byte[] verb, List<byte[]> keys) {
    List<byte[]> some = keys.subList(0, Math.min(keys.size(), CHUNK));
    List<byte[]> words = new ArrayList<>(notes.take());
    some.forEach(key -> words.addAll(List.of(verb, memberOf(key), NOTHING)));
    CompletionStage<@Nullable Void> admitted =
        wire.send(() -> scripts.admit(bound, words)).thenCompose(this::heed).thenApply(any -> null);
    List<byte[]> rest = keys.subList(some.size(), keys.size());
    return rest.isEmpty() ? admitted : admitted.thenCompose(done -> admit(verb, rest));
  }

  /** Tells the order what is noted, if there is room on the wire; nobody waits for it. */
  private void tell() {
    List<byte[]> words = notes.take();
    if (!words.isEmpty()) {
      var told = wire.trySend(() -> scripts.admit(bound, words), true);
      if (told != null) {
        var unused = told.thenCompose(this::heed);
      }
    }
  }

  @Override
  public CompletionStage<@Nullable Void> change(Eviction policy, long maxEntries) {
    Bound wanted = new Bound(policy, maxEntries);
    return wire.send(() -> scripts.changeApart(wanted))
        .thenCompose(this::heed)
        .thenCompose(
            evicted ->
                evicted
                    ? admit(PUT, List.of()).thenCompose(done -> change(policy, maxEntries))
                    : CompletableFuture.completedFuture(null));
  }

  /** Takes note of what a script says, and removes the victims; says whether there were any. */
  private CompletionStage<Boolean> heed(List<Object> told) {
    bound = Bound.of((Long) told.get(2), (Long) told.get(3));
    if ((Long) told.get(1) == 1) {
      var unused = adopt(null); // nobody waits for it
    }
    List<?> victims = (List<?>) told.get(4);
    List<byte[]> keys = new ArrayList<>(victims.size() / 2);
    for (int i = 0; i < victims.size(); i += 2) {
      keys.add(OrderScripts.concat(prefix, (byte[]) victims.get(i)));
    }
    return keys.isEmpty()
        ? CompletableFuture.completedFuture(false)
        : entries.removeAll(keys).thenApply(count -> noteEvicted(victims, count));
  }

  private boolean noteEvicted(List<?> victims, long count) {
    if (count > 0) {
      evictions.accept(count);
    }
    for (int i = 0; i < victims.size(); i += 2) {
      notes.drop((byte[]) victims.get(i), (byte[]) victims.get(i + 1));
    }
    return true;
  }

  /** Takes entries into a new order that are there already, and then evicts what is too much. */
  private CompletionStage<@Nullable Void> adopt(@Nullable String cursor) {
    return entries
        .scan(prefix, cursor)
        .thenCompose(
            page ->
                admit(OLD, page.keys())
                    .thenCompose(
                        done ->
                            page.cursor() == null ? admit(PUT, List.of()) : adopt(page.cursor())));
  }

  @Override
  public void close() {
    tell();
  }
}
