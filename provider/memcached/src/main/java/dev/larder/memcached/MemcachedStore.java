package dev.larder.memcached;

import static java.util.Objects.requireNonNull;

import dev.larder.spi.RemoteStore;
import dev.larder.spi.Stored;
import dev.larder.spi.Ttl;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import net.spy.memcached.MemcachedClient;
import net.spy.memcached.MemcachedClientIF;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each entry under a key of its own.
 *
 * <p>Memcached counts times to live in seconds, and keeps what has expired until such a second is
 * over. So its own conditional commands are right only where nothing has expired: what depends on
 * the present entry reads it, decides, and commits by compare-and-set, again and again until nobody
 * came in between.
 */
final class MemcachedStore implements RemoteStore {
  private static final int MAX_ATTEMPTS = 10_000;

  private final Commands commands;
  private final Wire wire;
  private final Map<Server, KeyDump> dumps;
  private final DriverClient client;
  private final RawCommands raw;
  private final int atATime;
  private final Runnable onClose;

  MemcachedStore(
      Commands commands,
      Wire wire,
      Map<Server, KeyDump> dumps,
      DriverClient client,
      int atATime,
      Runnable onClose) {
    this.commands = commands;
    this.wire = wire;
    this.dumps = dumps;
    this.client = client;
    this.raw = new RawCommands(commands, atATime);
    this.atATime = atATime;
    this.onClose = onClose;
  }

  // ---- reads ----------------------------------------------------------------------------------

  @Override
  public Figures figures() {
    return wire.figures();
  }

  @Override
  public CompletionStage<@Nullable Stored> get(byte[] key) {
    return commands
        .gets(ItemKeys.of(key))
        .thenApply(reply -> stored(live(StoredItem.of(reply), key)));
  }

  /** Returns an item unless it has expired, or belongs to another key with the same hash. */
  private static @Nullable StoredItem live(@Nullable StoredItem found, byte[] key) {
    boolean counts =
        found != null
            && !found.hasExpired(System.currentTimeMillis())
            && (found.key() == null || Arrays.equals(found.key(), key));
    return counts ? found : null;
  }

  private static @Nullable Stored stored(@Nullable StoredItem item) {
    return item == null ? null : item.stored();
  }

  @Override
  public CompletionStage<List<@Nullable Stored>> getAll(List<byte[]> keys) {
    return Bulk.forEach(atATime, keys, this::get);
  }

  @Override
  public CompletionStage<Boolean> contains(byte[] key) {
    return get(key).thenApply(stored -> stored != null && !stored.newer());
  }

  // ---- times to live --------------------------------------------------------------------------

  @Override
  public CompletionStage<@Nullable Stored> getAndTouch(byte[] key, long ttl) {
    if (ttl == Ttl.KEEP) {
      return get(key);
    }
    if (!commands.canGetAndTouch() || !Form.canBePlain(ttl)) {
      return rewritten(change(key, live -> touched(live, ttl)));
    }
    return commands
        .getAndTouch(ItemKeys.of(key), Form.plainTime(ttl, System.currentTimeMillis()))
        .thenCompose(reply -> touchHeader(key, StoredItem.of(reply), ttl));
  }

  /**
   * Sets the time in the header of an item whose time on the server has been set, if it has one.
   */
  private CompletionStage<@Nullable Stored> touchHeader(
      byte[] key, @Nullable StoredItem found, long ttl) {
    if (found == null || !found.isHeaded()) {
      return CompletableFuture.completedFuture(stored(found));
    }
    return live(found, key) == null
        ? commands.delete(ItemKeys.of(key), found.cas(), found.epoch()).thenApply(any -> null)
        : rewritten(change(key, live -> touched(live, ttl), found, 1));
  }

  /** Returns what was stored anew, with the same value but another number. */
  private static CompletionStage<@Nullable Stored> rewritten(
      CompletionStage<@Nullable StoredItem> change) {
    return change.thenApply(
        live -> live == null ? null : new Stored(live.value(), 0, live.newer()));
  }

  private static @Nullable Next touched(@Nullable StoredItem live, long ttl) {
    return live == null || live.newer() ? null : Next.of(live.value(), ttl);
  }

  @Override
  public CompletionStage<Boolean> touch(byte[] key, long ttl) {
    return ttl == Ttl.KEEP ? contains(key) : changeIfLive(key, live -> touched(live, ttl));
  }

  // ---- changes --------------------------------------------------------------------------------

  @Override
  public CompletionStage<@Nullable Void> put(byte[] key, byte[] value, long ttlNew, long ttlOld) {
    if (isBlind(ttlNew, ttlOld)) {
      return commands.set(ItemKeys.of(key), plainForm(key, value, ttlNew)).thenApply(any -> null);
    }
    return getAndPut(key, value, ttlNew, ttlOld).thenApply(any -> null);
  }

  /** Says whether a put does the same whatever is there. What never expires, stays so. */
  private static boolean isBlind(long ttlNew, long ttlOld) {
    boolean alike = ttlNew == ttlOld && ttlNew != Ttl.NONE;
    boolean eternal = ttlNew == Ttl.FOREVER && ttlOld == Ttl.KEEP;
    return eternal || (alike && ttlNew != Ttl.KEEP);
  }

  @Override
  public CompletionStage<@Nullable Void> putAll(List<Item> items, long ttlNew, long ttlOld) {
    return Bulk.change(atATime, items, item -> put(item.key(), item.value(), ttlNew, ttlOld))
        .thenApply(any -> null);
  }

  @Override
  public CompletionStage<@Nullable Stored> getAndPut(
      byte[] key, byte[] value, long ttlNew, long ttlOld) {
    return changeAndGet(key, live -> Next.of(value, live == null ? ttlNew : ttlOld));
  }

  @Override
  public CompletionStage<Boolean> putIfAbsent(byte[] key, byte[] value, long ttl) {
    if (ttl == Ttl.NONE) {
      return contains(key).thenApply(present -> !present);
    }
    Next next = Next.of(value, ttl);
    return commands
        .add(ItemKeys.of(key), form(key, value, ttl, null))
        .thenCompose(
            reply ->
                reply.isSuccess()
                    ? CompletableFuture.completedFuture(true)
                    : changeIfLive(key, live -> live == null ? next : null)
                        .thenApply(present -> !present));
  }

  @Override
  public CompletionStage<Boolean> replace(byte[] key, byte[] value, long ttl) {
    return change(key, live -> replaced(live, value, ttl))
        .thenApply(live -> live != null && !live.newer());
  }

  @Override
  public CompletionStage<@Nullable Stored> getAndReplace(byte[] key, byte[] value, long ttl) {
    return changeAndGet(key, live -> replaced(live, value, ttl));
  }

  private static @Nullable Next replaced(@Nullable StoredItem live, byte[] value, long ttl) {
    return live == null || live.newer() ? null : Next.of(value, ttl);
  }

  @Override
  public CompletionStage<Boolean> remove(byte[] key) {
    return changeIfLive(key, live -> Next.REMOVED);
  }

  @Override
  public CompletionStage<@Nullable Stored> getAndRemove(byte[] key) {
    return changeAndGet(key, live -> Next.REMOVED);
  }

  @Override
  public CompletionStage<Long> removeAll(List<byte[]> keys) {
    return Bulk.change(atATime, keys, this::remove)
        .thenApply(all -> all.stream().filter(removed -> removed).count());
  }

  @Override
  public CompletionStage<Boolean> compareAndSet(
      byte[] key, Stored expected, byte @Nullable [] value, long ttl) {
    Next next = value == null ? Next.REMOVED : Next.of(value, ttl);
    String itemKey = ItemKeys.of(key);
    long version = expected.version();
    if (isCurrent(version, itemKey) && !(ttl == Ttl.KEEP && StoredItem.expires(version))) {
      return commit(key, StoredItem.of(expected), next).thenApply(Reply::isSuccess);
    }
    return change(key, live -> isSame(live, expected) ? next : null)
        .thenApply(live -> isSame(live, expected));
  }

  /** Says whether the number in a version means something over the present connection. */
  private boolean isCurrent(long version, String itemKey) {
    return StoredItem.casOf(version) != 0
        && StoredItem.epochOf(version) == wire.serverOf(itemKey).epoch();
  }

  private static boolean isSame(@Nullable StoredItem live, Stored expected) {
    return live != null && Arrays.equals(live.value(), expected.value());
  }

  // ---- read, decide, commit -------------------------------------------------------------------

  /** What becomes of an entry. */
  @FunctionalInterface
  private interface Decision {
    /** Returns the next state of a live entry, or of none; {@code null} to leave it. */
    @Nullable Next next(@Nullable StoredItem live);
  }

  private CompletionStage<@Nullable Stored> changeAndGet(byte[] key, Decision decision) {
    return change(key, decision).thenApply(MemcachedStore::stored);
  }

  private CompletionStage<Boolean> changeIfLive(byte[] key, Decision decision) {
    return change(key, decision).thenApply(live -> live != null);
  }

  /** Changes an entry unless somebody else does meanwhile, else again; returns what was there. */
  private CompletionStage<@Nullable StoredItem> change(byte[] key, Decision decision) {
    return change(key, decision, 1);
  }

  private CompletionStage<@Nullable StoredItem> change(byte[] key, Decision decision, int attempt) {
    return commands
        .gets(ItemKeys.of(key))
        .thenCompose(reply -> change(key, decision, StoredItem.of(reply), attempt));
  }

  private CompletionStage<@Nullable StoredItem> change(
      byte[] key, Decision decision, @Nullable StoredItem found, int attempt) {
    StoredItem live = live(found, key);
    Next next = decision.next(live);
    if (next == null || (next.value() == null && live == null)) {
      return CompletableFuture.completedFuture(live);
    }
    if (attempt > MAX_ATTEMPTS) {
      return CompletableFuture.failedFuture(Failures.changedTooOften(MAX_ATTEMPTS));
    }
    return commit(key, found, next)
        .thenCompose(
            reply ->
                reply.isSuccess()
                    ? CompletableFuture.completedFuture(live)
                    : change(key, decision, attempt + 1));
  }

  /** Makes a change, if what was found is still there. */
  private CompletionStage<Reply> commit(byte[] key, @Nullable StoredItem found, Next next) {
    String itemKey = ItemKeys.of(key);
    byte[] value = next.value();
    if (found == null) {
      return commands.add(itemKey, form(key, requireNonNull(value), next.ttl(), null));
    }
    return value == null
        ? commands.delete(itemKey, found.cas(), found.epoch())
        : commands.cas(itemKey, found.cas(), found.epoch(), form(key, value, next.ttl(), found));
  }

  // ---- forms ----------------------------------------------------------------------------------

  /** Returns the form of a value whose time may have to be kept by a later change. */
  private static Form form(byte[] key, byte[] value, long ttl, @Nullable StoredItem old) {
    long now = System.currentTimeMillis();
    long deadline = ttl > Long.MAX_VALUE - now ? Ttl.FOREVER : now + ttl;
    if (ttl == Ttl.KEEP) {
      deadline = old == null ? Ttl.FOREVER : old.deadline();
    }
    return Form.headed(value, keyToStore(key), deadline, now);
  }

  /** Returns the form of a value whose time is not kept, for each change sets it anew. */
  private static Form plainForm(byte[] key, byte[] value, long ttl) {
    return Form.canBePlain(ttl) && keyToStore(key) == null
        ? Form.plain(value, ttl, System.currentTimeMillis())
        : form(key, value, ttl, null);
  }

  private static byte @Nullable [] keyToStore(byte[] key) {
    return ItemKeys.isHashed(ItemKeys.of(key)) ? key : null;
  }

  // ---- the whole cache ------------------------------------------------------------------------

  /** Lists one server's keys; a cursor is the number of the next server. */
  @Override
  public CompletionStage<Page> scan(byte[] prefix, @Nullable String cursor) {
    List<Server> servers = wire.servers();
    int number = cursor == null ? 0 : Integer.parseInt(cursor);
    String next = number + 1 < servers.size() ? Integer.toString(number + 1) : null;
    return list(servers.get(number), prefix)
        .thenCompose(listed -> Bulk.forEach(atATime, listed, key -> keyOf(key, prefix)))
        .thenApply(keys -> new Page(keys.stream().filter(Objects::nonNull).toList(), next));
  }

  private CompletionStage<List<ListedKey>> list(Server server, byte[] prefix) {
    return requireNonNull(dumps.get(server)).list(prefix);
  }

  /** Returns a key that was listed, unless it has another prefix or has expired. */
  private CompletionStage<byte @Nullable []> keyOf(ListedKey listed, byte[] prefix) {
    byte[] key = ItemKeys.keyOf(listed.itemKey());
    if (listed.needsNoLook()) {
      return CompletableFuture.completedFuture(key);
    }
    return commands
        .gets(listed.itemKey())
        .thenApply(
            reply -> {
              StoredItem item = StoredItem.of(reply);
              byte[] whole = item == null || item.key() == null ? key : item.key();
              boolean known =
                  item != null && !(item.newer() && ItemKeys.isHashed(listed.itemKey()));
              boolean counts =
                  known && whole != null && live(item, whole) != null && startsWith(whole, prefix);
              return counts ? whole : null;
            });
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  @Override
  public CompletionStage<@Nullable Void> clear(byte[] prefix) {
    List<Server> servers = wire.servers();
    return Bulk.change(servers.size(), servers, server -> clear(server, prefix))
        .thenApply(done -> null);
  }

  private CompletionStage<@Nullable Void> clear(Server server, byte[] prefix) {
    return list(server, prefix)
        .thenCompose(listed -> Bulk.change(atATime, listed, key -> delete(key, prefix)))
        .thenApply(done -> null);
  }

  private CompletionStage<Boolean> delete(ListedKey listed, byte[] prefix) {
    return listed.certain()
        ? commands.delete(listed.itemKey()).thenApply(Reply::isSuccess)
        : keyOf(listed, prefix)
            .thenCompose(
                key -> key == null ? CompletableFuture.completedFuture(false) : remove(key));
  }

  // ---- the driver -----------------------------------------------------------------------------

  @Override
  public CompletionStage<@Nullable Object> raw(String command, List<byte[]> arguments) {
    try {
      return raw.send(command, arguments).thenApply(reply -> reply);
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public <T> @Nullable T unwrap(Class<T> type) {
    return type == MemcachedClient.class || type == MemcachedClientIF.class
        ? type.cast(client.get())
        : null;
  }

  @Override
  public void close() {
    onClose.run();
  }
}
