package dev.larder.internal.memory;

import static java.util.Objects.requireNonNull;

import dev.larder.LarderConfiguration;
import dev.larder.internal.engine.AsyncEngine;
import dev.larder.internal.engine.EngineParts;
import dev.larder.internal.engine.ImmediateEngine;
import dev.larder.internal.engine.OutcomeRecorder;
import dev.larder.internal.engine.ReadThrough;
import dev.larder.internal.engine.WriteThrough;
import dev.larder.internal.event.EventBatch;
import dev.larder.internal.operation.Deadline;
import dev.larder.internal.operation.Discard;
import dev.larder.internal.operation.EntryOperation;
import dev.larder.internal.operation.Expire;
import dev.larder.internal.operation.ExpiryRules;
import dev.larder.internal.operation.Get;
import dev.larder.internal.operation.Remove;
import dev.larder.internal.table.Node;
import dev.larder.internal.table.NodeTable;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Runs operations on the nodes of a {@link NodeTable}.
 *
 * <p>There are two ways to change an entry. An operation that may run again is a {@linkplain Swaps
 * compare-and-set} on the node. Where user code is involved that must not, a {@link Hold} takes the
 * place of the node's value, so that the code may take its time and may call the cache again. Reads
 * take neither way: they look at the value, or at the one last committed where the key is held.
 */
final class MemoryEngine<K, V> implements ImmediateEngine.Local<K, V> {
  private final NodeTable<K, V> table = new NodeTable<>();
  private final Holds<K, V> holds;
  private final Loads<K, V> loads;
  private final ExpiryRules expiry;
  private final Horizon horizon;
  private final boolean readsAreChanges;
  private final @Nullable ReadThrough<K, V> loader;
  private final @Nullable ReadThrough<K, V> missLoader;
  private final @Nullable WriteThrough<K, V> writer;
  private final OutcomeRecorder<K, V> recorder;
  private final Nodes<K, V> nodes;
  private final Swaps<K, V> swaps;
  private final AsyncEngine<K, V> async;
  private final AtomicReference<@Nullable Runnable> onExpiryExpected = new AtomicReference<>();
  private volatile boolean closed;

  /** Whether to see a value takes more than a look at its node. */
  private volatile boolean readsAreWatched;

  MemoryEngine(EngineParts<K, V> parts, Horizon horizon) {
    this.horizon = horizon;
    this.nodes = new Nodes<>(parts, table);
    this.holds = new Holds<>(parts.cacheName(), table, nodes);
    this.loads = new Loads<>(this, holds);
    this.expiry = parts.expiry();
    this.swaps = new Swaps<>(table, holds, nodes, expiry);
    this.readsAreChanges = expiry.watchesAccess();
    this.readsAreWatched = readsAreChanges || nodes.areBounded() || expiry.canExpire();
    this.loader = parts.loader();
    this.missLoader = parts.missLoader();
    this.writer = parts.writer();
    this.recorder = parts.recorder();
    this.async = new ImmediateEngine<>(this, parts);
  }

  // ---- reads ----------------------------------------------------------------------------------

  @Override
  public @Nullable V peek(K key) {
    Node<V> node = table.peek(key);
    return node == null ? null : see(key, node);
  }

  @Override
  public @Nullable V get(K key) {
    V value = getPresent(key);
    if (value != null) {
      return value;
    }
    if (missLoader != null) {
      return execute(missLoader.ownKey(key), new Get<>(key, missLoader));
    }
    recorder.misses(1);
    return null;
  }

  @Override
  public Map<K, V> getAll(Set<? extends K> keys) {
    Map<K, V> found = new HashMap<>((int) (keys.size() / 0.75f) + 1);
    Set<K> missing = new LinkedHashSet<>();
    for (K key : keys) {
      V value = getPresent(key);
      if (value == null) {
        missing.add(key);
      } else {
        found.put(key, value);
      }
    }
    if (missLoader == null) {
      recorder.misses(missing.size());
    } else if (!missing.isEmpty()) {
      Map<K, V> loaded = loads.loadMissing(missing, missLoader);
      for (K key : missing) {
        V value = loaded.get(key);
        if (value != null) {
          found.put(key, value);
        }
      }
    }
    return found;
  }

  @Override
  public boolean contains(K key) {
    return look(key) != null;
  }

  @Override
  public @Nullable V look(K key) {
    Node<V> node = table.get(key);
    return node == null ? null : live(node);
  }

  @Override
  public Map<K, V> snapshot() {
    Map<K, V> entries = new HashMap<>();
    for (Node<V> node : table) {
      V value = live(node);
      if (value != null) {
        entries.put(table.key(node), value);
      }
    }
    return entries;
  }

  /** Returns a live value, and records the hit; a miss is left to the caller. */
  private @Nullable V getPresent(K key) {
    Node<V> node = table.get(key);
    V value = node == null ? null : see(key, node);
    if (value != null) {
      recorder.hit();
    }
    return value;
  }

  /** Returns a node's value if it is live, for a user to see. */
  @SuppressWarnings("unchecked") // content that is no hold is a value
  private @Nullable V see(K key, Node<V> node) {
    Object content = node.content();
    return content instanceof Hold || readsAreWatched
        ? seeWatched(key, node, content)
        : (V) content;
  }

  private @Nullable V seeWatched(K key, Node<V> node, Object content) {
    V value = Hold.committed(node, content);
    if (value == null) {
      return null;
    }
    long deadline = node.deadline();
    if (isPast(deadline)) {
      expireUnlessHeld(key, node);
      return null;
    }
    noteAccess(node, deadline);
    return value;
  }

  /** Notes that a user saw a node's value, which may change its deadline. */
  private void noteAccess(Node<V> node, long deadline) {
    nodes.read(node);
    if (readsAreChanges) {
      long next = expiry.onAccess(deadline);
      if (next != deadline) {
        node.touch(deadline, next);
      }
    }
  }

  /** Records that an iterator hands out a node's value, which may have expired since it looked. */
  void noteIteration(Node<V> node) {
    recorder.hit();
    long deadline = node.deadline();
    if (!isPast(deadline)) {
      noteAccess(node, deadline);
    }
  }

  @Override
  public Iterator<Cache.Entry<K, V>> iterator() {
    return new MemoryIterator<>(table, this);
  }

  /** Returns the value of a node if it is live. */
  @Nullable V live(Node<V> node) {
    V value = Hold.committed(node, node.content());
    return value == null || isPast(node.deadline()) ? null : value;
  }

  /** Says whether a deadline has passed, for a reader; a change asks the clock itself. */
  private boolean isPast(long deadline) {
    return deadline != Deadline.NEVER && !horizon.isBefore(deadline) && expiry.isPast(deadline);
  }

  // ---- changes --------------------------------------------------------------------------------

  @Override
  @SuppressWarnings("NullAway") // R says itself whether the answer may be null
  public <R extends @Nullable Object> R execute(K key, EntryOperation<V, R> operation) {
    if (operation.leavesLive() && runOnLive(key, operation)) {
      recorder.count(operation);
    } else if (needsHold(operation)) {
      executeHolding(key, operation);
    } else {
      swaps.run(key, operation);
      recorder.count(operation);
      nodes.keepWithinBound(operation);
    }
    return operation.result();
  }

  @Override
  public boolean tryExecute(K key, EntryOperation<V, ?> operation) {
    if (operation.leavesLive() && runOnLive(key, operation)) {
      recorder.count(operation);
      return true;
    }
    if (needsHold(operation)) {
      return runIfFree(key, operation);
    }
    boolean done = swaps.tryRun(key, operation);
    if (done) {
      recorder.count(operation);
      nodes.keepWithinBound(operation);
    }
    return done;
  }

  @Override
  public void executeAll(Map<K, ? extends EntryOperation<V, ?>> operations) {
    if (writer != null || recorder.hasListeners()) {
      runHolding(holds.acquireAll(operations.keySet()), operations, () -> {});
    } else {
      operations.forEach(this::execute);
    }
  }

  @Override
  public void removeAll() {
    Map<K, Remove<V>> removals = new LinkedHashMap<>();
    for (Node<V> node : table) {
      if (live(node) != null) {
        removals.put(table.key(node), Remove.remove());
      }
    }
    executeAll(removals);
  }

  @Override
  public void loadAll(Set<? extends K> keys, boolean replacing) {
    if (loader != null) {
      loads.loadAll(keys, loader, replacing);
    }
  }

  @Override
  public void clear() {
    for (Node<V> node : table) {
      execute(table.key(node), new Discard<>());
    }
  }

  @Override
  public AsyncEngine<K, V> async() {
    return async;
  }

  @Override
  public void checkNotMine(K key) {
    holds.checkNotMine(key);
  }

  /** Sets what is done once when entries may expire though the policy keeps them for ever. */
  void onExpiryExpected(Runnable action) {
    onExpiryExpected.set(action);
  }

  @Override
  public void expectExpiry() {
    readsAreWatched = true;
    Runnable action = onExpiryExpected.get();
    if (action != null && onExpiryExpected.compareAndSet(action, null)) {
      action.run();
    }
  }

  @Override
  public void close() {
    closed = true;
    table.clear();
  }

  boolean isClosed() {
    return closed;
  }

  /** Removes the entries that have expired; throws afterwards what a listener threw meanwhile. */
  void sweep() {
    RuntimeException failure = null;
    for (Node<V> node : table) {
      if (isPast(node.deadline())) {
        try {
          expireUnlessHeld(table.key(node), node);
        } catch (RuntimeException e) {
          failure = e;
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Reclaims an expired entry; whoever holds its key does so itself. */
  private void expireUnlessHeld(K key, Node<V> node) {
    if (recorder.hasListeners()) {
      runIfFree(key, new Expire<>());
    } else {
      swaps.expire(key, node);
    }
  }

  private boolean needsHold(EntryOperation<V, ?> operation) {
    return writer != null
        || nodes.areWeighed()
        || !operation.mayRunAgain()
        || expiry.runsUserCode()
        || recorder.hasListeners();
  }

  /** Runs an operation that has nothing to change where the key is live, so needs no lock. */
  private boolean runOnLive(K key, EntryOperation<V, ?> operation) {
    Node<V> node = table.get(key);
    V value = node == null ? null : Hold.committed(node, node.content());
    if (node == null || value == null) {
      return false;
    }
    long deadline = node.deadline();
    if (expiry.isPast(deadline)) {
      return false;
    }
    operation.run(value, deadline, expiry);
    return true;
  }

  // ---- holding keys ---------------------------------------------------------------------------

  private void executeHolding(K key, EntryOperation<V, ?> operation) {
    EventBatch<K, V> events = recorder.newBatch();
    Hold<V> hold = holds.acquire(key);
    try {
      decide(key, hold, operation, events);
      if (writer != null) {
        writer.apply(key, operation);
      }
      commit(key, hold, operation, events);
    } catch (Throwable e) {
      holds.release(key, hold);
      events.deliverDespite(e);
      throw e;
    }
    holds.release(key, hold);
    nodes.keepWithinBound(operation);
    events.deliver();
  }

  /** Runs an operation, unless the key is held; says whether it did. */
  private boolean runIfFree(K key, EntryOperation<V, ?> operation) {
    Map<K, Hold<V>> held = holds.acquireFree(Set.of(key));
    if (!held.isEmpty()) {
      runHolding(held, Map.of(key, operation), () -> {});
    }
    return !held.isEmpty();
  }

  /** Runs operations on held keys, after something else, and gives the keys back. */
  void runHolding(
      Map<K, Hold<V>> held, Map<K, ? extends EntryOperation<V, ?>> operations, Runnable prelude) {
    EventBatch<K, V> events = recorder.newBatch();
    RuntimeException writeFailure = null;
    try {
      prelude.run();
      held.forEach((key, hold) -> decide(key, hold, of(key, operations), events));
      Set<Object> failed = Set.of();
      if (writer != null) {
        WriteThrough.Result written = writer.applyAll(operations);
        writeFailure = written.failure();
        failed = written.failed();
      }
      for (Map.Entry<K, Hold<V>> entry : held.entrySet()) {
        K key = entry.getKey();
        if (!failed.contains(key)) {
          commit(key, entry.getValue(), of(key, operations), events);
        }
      }
    } catch (Throwable e) {
      holds.releaseAll(held);
      events.deliverDespite(e);
      throw e;
    }
    holds.releaseAll(held);
    operations.values().forEach(nodes::keepWithinBound);
    if (writeFailure != null) {
      events.deliverDespite(writeFailure);
      throw writeFailure;
    }
    events.deliver();
  }

  private static <K, O> O of(K key, Map<K, O> operations) {
    return requireNonNull(operations.get(key), "each held key has an operation");
  }

  private void decide(
      K key, Hold<V> hold, EntryOperation<V, ?> operation, EventBatch<K, V> events) {
    V live = hold.value();
    long deadline = hold.node().deadline();
    if (live != null && expiry.isPast(deadline)) {
      recorder.expiry(key, live, events);
      live = null;
      hold.commit(null);
    }
    operation.run(live, deadline, expiry);
    nodes.weigh(key, operation);
  }

  private void commit(
      K key, Hold<V> hold, EntryOperation<V, ?> operation, EventBatch<K, V> events) {
    Node<V> node = hold.node();
    switch (operation.change()) {
      case CREATE, UPDATE, LOAD -> {
        if (!operation.isStillborn()) {
          node.setDeadline(operation.deadline());
          hold.commit(operation.after());
          nodes.stored(node, operation);
        }
      }
      case TOUCH -> node.touch(node.deadline(), operation.deadline());
      case REMOVE, DISCARD -> hold.commit(null);
      case NONE -> {}
    }
    recorder.record(key, operation, events);
  }

  @Override
  public void changeBound(LarderConfiguration<K, V> from, LarderConfiguration<K, V> to) {
    nodes.changeBound(from, to);
  }
}
