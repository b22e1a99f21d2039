package dev.larder.redis;

import dev.larder.Eviction;
import dev.larder.spi.BoundedStore;
import dev.larder.spi.Stored;
import dev.larder.spi.Ttl;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A bounded cache on one server, whose order of eviction is there too: each write is a script that
 * keeps it. Reads are those of an unbounded cache; what they saw is noted and told later.
 */
final class OrderedStore implements BoundedStore {
  private static final byte[] NOTHING = {};

  private final LettuceStore entries;
  private final Order order;
  private final OrderNotes notes;

  /** Creates a view of a store; see {@link LettuceStore#bounded}. */
  OrderedStore(LettuceStore entries, Order order) {
    this.entries = entries;
    this.order = order;
    this.notes = new OrderNotes(order.wire(), this::tell);
  }

  // ---- reads ----------------------------------------------------------------------------------

  @Override
  public CompletionStage<@Nullable Stored> get(byte[] key) {
    return noting(key, entries.get(key));
  }

  @Override
  public CompletionStage<@Nullable Stored> getAndTouch(byte[] key, long ttl) {
    return ttl == Ttl.NONE ? getAndRemove(key) : noting(key, entries.getAndTouch(key, ttl));
  }

  @Override
  public CompletionStage<List<@Nullable Stored>> getAll(List<byte[]> keys) {
    return entries
        .getAll(keys)
        .thenApply(
            all -> {
              for (int i = 0; i < all.size(); i++) {
                note(keys.get(i), all.get(i));
              }
              return all;
            });
  }

  @Override
  public int coalesced() {
    return entries.coalesced();
  }

  @Override
  public CompletionStage<Boolean> contains(byte[] key) {
    return entries.contains(key);
  }

  @Override
  public CompletionStage<Boolean> touch(byte[] key, long ttl) {
    return ttl == Ttl.NONE ? remove(key) : entries.touch(key, ttl);
  }

  private CompletionStage<@Nullable Stored> noting(
      byte[] key, CompletionStage<@Nullable Stored> read) {
    return read.thenApply(
        stored -> {
          note(key, stored);
          return stored;
        });
  }

  private void note(byte[] key, @Nullable Stored stored) {
    if (stored != null) {
      order.noteUse(notes, key);
    }
  }

  /** Tells the server of reads, if there is room on the wire; nobody waits for it. */
  private void tell() {
    List<byte[]> uses = notes.take();
    if (!uses.isEmpty()) {
      var told = order.wire().trySend(() -> order.scripts().tell(order.bound(), uses), true);
      if (told != null) {
        var unused = told.thenAccept(this::heed);
      }
    }
  }

  // ---- changes --------------------------------------------------------------------------------

  @Override
  public CompletionStage<@Nullable Void> put(byte[] key, byte[] value, long ttlNew, long ttlOld) {
    return write(key, Write.put("any", value, ttlNew, ttlOld, false)).thenApply(any -> null);
  }

  @Override
  public CompletionStage<@Nullable Void> putAll(List<Item> items, long ttlNew, long ttlOld) {
    List<Supplier<CompletionStage<@Nullable Void>>> writes = new ArrayList<>(items.size());
    for (Item item : items) {
      Write write = Write.put("any", item.value(), ttlNew, ttlOld, false);
      writes.add(() -> written(item.key(), write).thenApply(any -> null));
    }
    return Batch.send(order.wire(), writes);
  }

  @Override
  public CompletionStage<@Nullable Stored> getAndPut(
      byte[] key, byte[] value, long ttlNew, long ttlOld) {
    return write(key, Write.put("any", value, ttlNew, ttlOld, true)).thenApply(Reply::old);
  }

  @Override
  public CompletionStage<Boolean> putIfAbsent(byte[] key, byte[] value, long ttl) {
    return write(key, Write.put("absent", value, ttl, ttl, false)).thenApply(Reply::made);
  }

  @Override
  public CompletionStage<Boolean> replace(byte[] key, byte[] value, long ttl) {
    return write(key, Write.put("present", value, ttl, ttl, false)).thenApply(Reply::made);
  }

  @Override
  public CompletionStage<@Nullable Stored> getAndReplace(byte[] key, byte[] value, long ttl) {
    return write(key, Write.put("present", value, ttl, ttl, true)).thenApply(Reply::old);
  }

  @Override
  public CompletionStage<Boolean> remove(byte[] key) {
    return write(key, Write.remove(false)).thenApply(Reply::existed);
  }

  @Override
  public CompletionStage<@Nullable Stored> getAndRemove(byte[] key) {
    return write(key, Write.remove(true)).thenApply(Reply::old);
  }

  @Override
  public CompletionStage<Boolean> compareAndSet(
      byte[] key, Stored expected, byte @Nullable [] value, long ttl) {
    Write write =
        value == null
            ? Write.compareAndSet(expected.value(), NOTHING, Ttl.NONE)
            : Write.compareAndSet(expected.value(), value, ttl);
    return write(key, write).thenApply(Reply::made);
  }

  private CompletionStage<Reply> write(byte[] key, Write write) {
    return order.wire().send(() -> written(key, write));
  }

  private CompletionStage<Reply> written(byte[] key, Write write) {
    return order
        .scripts()
        .write(key, write, order.bound(), notes.take())
        .thenApply(
            told -> {
              heed(told);
              return new Reply(told);
            });
  }

  @Override
  public CompletionStage<Long> removeAll(List<byte[]> keys) {
    return entries.removeAll(
        keys,
        chunk ->
            order
                .wire()
                .send(() -> order.scripts().remove(order.bound(), chunk))
                .thenApply(
                    told -> {
                      heed(told);
                      return (Long) told.get(4);
                    }));
  }

  // ---- the order ------------------------------------------------------------------------------

  @Override
  public CompletionStage<@Nullable Void> change(Eviction policy, long maxEntries) {
    Bound wanted = new Bound(policy, maxEntries);
    return order
        .wire()
        .send(() -> order.scripts().change(wanted))
        .thenCompose(
            told -> {
              heed(told);
              return (Long) told.get(4) > 0
                  ? change(policy, maxEntries)
                  : CompletableFuture.completedFuture(null);
            });
  }

  /** Takes note of what a script says of the order. */
  private void heed(List<Object> told) {
    order.countEvicted((Long) told.get(0));
    if (order.heed(told)) {
      adopt(null);
    }
  }

  /**
   * Takes entries into the order that are there already; nobody waits for it. Where that fails, the
   * server asks a client for it again.
   */
  private void adopt(@Nullable String cursor) {
    var unused =
        entries
            .scan(order.prefix(), cursor)
            .thenCompose(
                page -> {
                  List<byte[]> members = page.keys().stream().map(order::memberOf).toList();
                  boolean isLast = page.cursor() == null;
                  return order
                      .wire()
                      .send(() -> order.scripts().adopt(order.bound(), members, isLast))
                      .thenAccept(
                          told -> {
                            heed(told);
                            if (!isLast) {
                              adopt(page.cursor());
                            }
                          });
                });
  }

  // ---- the whole cache ------------------------------------------------------------------------

  @Override
  public CompletionStage<Page> scan(byte[] some, @Nullable String cursor) {
    return entries.scan(some, cursor);
  }

  @Override
  public CompletionStage<@Nullable Void> clear(byte[] some) {
    notes.clear();
    return entries.clear(some);
  }

  @Override
  public CompletionStage<@Nullable Object> raw(String command, List<byte[]> arguments) {
    return entries.raw(command, arguments);
  }

  @Override
  public <T> @Nullable T unwrap(Class<T> type) {
    return entries.unwrap(type);
  }

  @Override
  public void close() {
    tell();
  }

  /** What a script says of an entry. */
  private record Reply(List<Object> told) {
    boolean existed() {
      return (Long) told.get(4) == 1;
    }

    boolean made() {
      return (Long) told.get(5) == 1;
    }

    @Nullable Stored old() {
      byte[] value = (byte[]) told.get(6);
      return value == null ? null : new Stored(value, 0);
    }
  }
}
