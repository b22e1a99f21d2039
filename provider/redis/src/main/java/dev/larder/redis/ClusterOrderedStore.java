package dev.larder.redis;

import static dev.larder.redis.Scripts.bytes;

import dev.larder.Eviction;
import dev.larder.spi.BoundedStore;
import dev.larder.spi.WatchedStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A bounded cache on a cluster: its entries are on all servers, its order of eviction on one. What
 * stores an entry admits it to the order first, which answers with the victims; these stay there
 * until the client says that it has removed them, so none is forgotten if the client dies. Where
 * the order cannot be reached, entries are stored nevertheless; the client has the order take in
 * what it lacks as soon as it can.
 */
final class ClusterOrderedStore extends WatchedStore implements BoundedStore {
  private static final int CHUNK = 1_000;
  private static final byte[] PUT = bytes("put");
  private static final byte[] OLD = bytes("old");
  private static final byte[] MORE = bytes("more");
  private static final byte[] ALL = bytes("all");
  private static final byte[] MISSED = bytes("missed");
  private static final byte[] NOTHING = {};

  private final LettuceStore entries;
  private final Order order;
  private final OrderNotes notes;

  /** Whether entries may have been stored that the order could not be told of. */
  private volatile boolean missed;

  /** Creates a view of a store; see {@link LettuceStore#bounded}. */
  ClusterOrderedStore(LettuceStore entries, Order order) {
    super(entries);
    this.entries = entries;
    this.order = order;
    this.notes = new OrderNotes(order.wire(), this::tell);
  }

  // ---- what is heard --------------------------------------------------------------------------

  /** Admits entries first: so whatever is stored is in the order, though the client die. */
  @Override
  protected CompletionStage<@Nullable Void> toBeStored(List<byte[]> keys) {
    return admit(PUT, keys)
        .exceptionally(
            failure -> {
              missed = true;
              return null;
            });
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
    order.noteUse(notes, key);
  }

  @Override
  protected void gone(List<byte[]> keys) {
    keys.forEach(key -> notes.lower(order.memberOf(key)));
  }

  @Override
  protected void cleared() {
    notes.clear();
  }

  // ---- the order ------------------------------------------------------------------------------

  /** Says something of entries to the order, some at a time, and evicts what it answers. */
  private CompletionStage<@Nullable Void> admit(byte[] verb, List<byte[]> keys) {
    List<byte[]> some = keys.subList(0, Math.min(keys.size(), CHUNK));
    List<byte[]> words = noted();
    some.forEach(key -> words.addAll(List.of(verb, order.memberOf(key), NOTHING)));
    CompletionStage<@Nullable Void> admitted = said(words).thenApply(any -> null);
    List<byte[]> rest = keys.subList(some.size(), keys.size());
    return rest.isEmpty() ? admitted : admitted.thenCompose(done -> admit(verb, rest));
  }

  private List<byte[]> noted() {
    List<byte[]> words = new ArrayList<>(notes.take());
    if (missed) {
      words.addAll(List.of(MISSED, NOTHING, NOTHING));
    }
    return words;
  }

  /** Says words to the order and heeds the answer; answers whether something was evicted. */
  private CompletionStage<Boolean> said(List<byte[]> words) {
    return order
        .wire()
        .send(() -> order.scripts().admit(order.bound(), words))
        .thenCompose(this::heed);
  }

  /** Tells the order what is noted, if there is room on the wire; nobody waits for it. */
  private void tell() {
    List<byte[]> words = noted();
    if (!words.isEmpty()) {
      var told = order.wire().trySend(() -> order.scripts().admit(order.bound(), words), true);
      if (told != null) {
        var unused = told.thenCompose(this::heed);
      }
    }
  }

  @Override
  public CompletionStage<@Nullable Void> change(Eviction policy, long maxEntries) {
    Bound wanted = new Bound(policy, maxEntries);
    return order
        .wire()
        .send(() -> order.scripts().changeApart(wanted))
        .thenCompose(this::heed)
        .thenCompose(evicted -> evicted ? evictRest() : CompletableFuture.completedFuture(null));
  }

  /** Evicts until nothing is too much any more. */
  private CompletionStage<@Nullable Void> evictRest() {
    return said(noted())
        .thenCompose(evicted -> evicted ? evictRest() : CompletableFuture.completedFuture(null));
  }

  /** Takes note of what a script says, and removes the victims; says whether there were any. */
  private CompletionStage<Boolean> heed(List<Object> told) {
    if (order.heed(told)) {
      missed = false;
      var unused = adopt(null); // nobody waits for it
    }
    doubt((List<?>) told.get(5));
    List<?> victims = (List<?>) told.get(4);
    List<byte[]> keys = new ArrayList<>(victims.size() / 2);
    for (int i = 0; i < victims.size(); i += 2) {
      keys.add(order.keyOf((byte[]) victims.get(i)));
    }
    return keys.isEmpty()
        ? CompletableFuture.completedFuture(false)
        : entries.removeAll(keys).thenApply(count -> noteEvicted(victims, count));
  }

  private boolean noteEvicted(List<?> victims, long count) {
    order.countEvicted(count);
    for (int i = 0; i < victims.size(); i += 2) {
      notes.drop((byte[]) victims.get(i), (byte[]) victims.get(i + 1));
    }
    return true;
  }

  /** Looks whether members of the order have entries; what has none goes first. */
  private void doubt(List<?> members) {
    for (Object member : members) {
      byte[] key = order.keyOf((byte[]) member);
      var unused =
          entries
              .contains(key)
              .thenAccept(
                  isThere -> {
                    if (!isThere) {
                      notes.lower((byte[]) member);
                    }
                  });
    }
  }

  /**
   * Takes in entries that the order does not have, and then evicts what is too much. Where that
   * fails, the server asks a client for it again.
   */
  private CompletionStage<@Nullable Void> adopt(@Nullable String cursor) {
    return entries
        .scan(order.prefix(), cursor)
        .thenCompose(
            page -> {
              List<byte[]> words = new ArrayList<>();
              page.keys().forEach(key -> words.addAll(List.of(OLD, order.memberOf(key), NOTHING)));
              boolean isLast = page.cursor() == null;
              words.addAll(List.of(isLast ? ALL : MORE, NOTHING, NOTHING));
              return said(words).thenCompose(done -> isLast ? evictRest() : adopt(page.cursor()));
            });
  }

  @Override
  public void close() {
    tell();
  }
}
