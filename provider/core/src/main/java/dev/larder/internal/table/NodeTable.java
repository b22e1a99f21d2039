package dev.larder.internal.table;

import static dev.larder.internal.table.Stripe.COUNT;
import static dev.larder.internal.table.Stripe.GROUP;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A concurrent hash table whose bins are chains of the entries' own nodes, so that a look-up
 * follows no reference but to the node.
 *
 * <p>A reader takes no lock. A node that it finds is right whatever else goes on; that there is
 * none it believes only if no chain moved meanwhile, and looks again otherwise. New nodes go in
 * front of a chain. Chains are changed under the lock of their {@link Stripe}.
 *
 * <p>The array doubles when it is three quarters full. The stripes of a great table move to the
 * larger one by and by: a new node has one of them moved, so that no insertion takes the time of
 * all, and nobody waits for a stripe but those who want something of that one.
 *
 * <p>Where a chain would become long, because many keys have the same hash code or codes that were
 * chosen to meet, its stripe takes no more nodes. New ones go to a {@link ConcurrentHashMap}, whose
 * trees can deal with them, and which is asked when a chain does not have a key.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public final class NodeTable<K, V> implements Iterable<Node<V>> {
  private static final int FEWEST_BINS = COUNT * GROUP;
  private static final int MOST_BINS = 1 << 30;

  /**
   * A table no larger moves at once, within a millisecond: it would else stay between two arrays,
   * where look-ups take longer, whenever the insertions happen to end there.
   */
  private static final int MOST_BINS_AT_ONCE = 1 << 16;

  /** Chains of hash codes that spread well are never as long, not among billions of keys. */
  private static final int LONGEST_CHAIN = 32;

  private final List<Stripe<V>> stripes;
  private final ConcurrentHashMap<K, Node<V>> overflow = new ConcurrentHashMap<>();

  /** Held by the thread that makes the table larger. */
  private final ReentrantLock growth = new ReentrantLock();

  /** Written under {@link #growth}. */
  private volatile Node<V>[] bins = newBins(FEWEST_BINS);

  /** Whether chains may be in another array than {@link #bins}. Written under {@link #growth}. */
  private volatile boolean growing;

  /** Where the stripes move while the table is growing. */
  @GuardedBy("growth")
  private Node<V>[] larger = bins;

  /** How many of them have moved. */
  @GuardedBy("growth")
  private int moved;

  private final int mostBinsAtOnce;

  /** Makes an empty table. */
  public NodeTable() {
    this(MOST_BINS_AT_ONCE);
  }

  /** Makes an empty table which moves at once while it is no larger than this. */
  NodeTable(int mostBinsAtOnce) {
    this.mostBinsAtOnce = mostBinsAtOnce;
    List<Stripe<V>> all = new ArrayList<>();
    for (int number = 0; number < COUNT; number++) {
      all.add(new Stripe<>(number, bins));
    }
    stripes = List.copyOf(all);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no generic arrays
  private static <V> Node<V>[] newBins(int length) {
    return new Node[length];
  }

  private Stripe<V> stripe(int hash) {
    return stripes.get(Stripe.numberOf(hash));
  }

  private static <V> @Nullable Node<V> head(Node<V>[] bins, int hash) {
    return Stripe.head(bins, hash & (bins.length - 1));
  }

  /** Returns the key of a node of this table. */
  @SuppressWarnings("unchecked") // the nodes that come in have such keys
  public K key(Node<V> node) {
    return (K) node.key();
  }

  /**
   * Returns the node of a key if one look finds it; {@code null} says nothing. As there is no way
   * on from here, a compiled caller has more registers for its own.
   */
  public @Nullable Node<V> peek(K key) {
    int hash = Node.hash(key);
    return Node.find(key, hash, head(bins, hash));
  }

  /** Returns the node of a key, or {@code null}. */
  public @Nullable Node<V> get(K key) {
    int hash = Node.hash(key);
    Node<V>[] seen = bins;
    Node<V> node = Node.find(key, hash, head(seen, hash));
    return node == null ? getUnseen(key, hash, seen) : node;
  }

  private @Nullable Node<V> getUnseen(K key, int hash, Node<V>[] seen) {
    if (growing || bins != seen) {
      Node<V> moved = getFromStripe(key, hash);
      if (moved != null) {
        return moved;
      }
    }
    return overflow.isEmpty() ? null : overflow.get(key);
  }

  private @Nullable Node<V> getFromStripe(K key, int hash) {
    Stripe<V> stripe = stripe(hash);
    for (; ; ) {
      Node<V>[] seen = stripe.bins();
      Node<V> node = Node.find(key, hash, head(seen, hash));
      if (node != null || stripe.areIn(seen)) {
        return node;
      }
    }
  }

  /** Puts a node in, unless its key has one, which is returned then. */
  public @Nullable Node<V> putIfAbsent(Node<V> node) {
    int hash = node.hash();
    Stripe<V> stripe = stripe(hash);
    growIfFull(stripe);
    for (; ; ) {
      boolean full = stripe.isFull(); // read first: then no chain gets the key any more
      Node<V>[] seen = stripe.bins();
      Node<V> head = head(seen, hash);
      Node<V> present = Node.find(node.key(), hash, head);
      if (present != null) {
        return present;
      }
      if (full) {
        if (stripe.areIn(seen)) {
          return overflow.putIfAbsent(key(node), node);
        }
      } else if (isLong(head)) {
        stripe.close();
      } else if (stripe.push(seen, head, node)) {
        return null;
      }
    }
  }

  private static boolean isLong(@Nullable Node<?> head) {
    int length = 0;
    for (Node<?> node = head; node != null; node = node.next()) {
      length++;
    }
    return length >= LONGEST_CHAIN;
  }

  /** Takes a node out; without effect if it is not in. */
  public void remove(Node<?> node) {
    if (!stripe(node.hash()).unlink(node) && !overflow.isEmpty()) {
      overflow.remove(node.key(), node);
    }
  }

  /** Takes all nodes out; one that is put in meanwhile may stay. */
  public void clear() {
    growth.lock();
    try {
      Node<V>[] empty = newBins(FEWEST_BINS);
      growing = true;
      stripes.forEach(stripe -> stripe.reset(empty));
      bins = empty;
      larger = empty;
      growing = false;
      overflow.clear();
    } finally {
      growth.unlock();
    }
  }

  // ---- growth ---------------------------------------------------------------------------------

  private void growIfFull(Stripe<V> stripe) {
    if ((growing || (stripe.size() > room() / COUNT && isFull())) && growth.tryLock()) {
      try {
        if (growing) {
          moveOn();
        } else if (isFull()) {
          beginToGrow();
        }
      } finally {
        growth.unlock();
      }
    }
  }

  private int room() {
    return bins.length / 4 * 3;
  }

  private boolean isFull() {
    long size = 0;
    for (Stripe<V> stripe : stripes) {
      size += stripe.size();
    }
    return size > room() && bins.length < MOST_BINS;
  }

  @GuardedBy("growth")
  private void beginToGrow() {
    larger = newBins(2 * bins.length);
    moved = 0;
    growing = true;
    if (larger.length <= mostBinsAtOnce) {
      moveOn();
    }
  }

  @GuardedBy("growth")
  private void moveOn() {
    int last = larger.length <= mostBinsAtOnce ? COUNT : moved + 1;
    while (moved < last) {
      stripes.get(moved).moveTo(larger);
      moved++;
    }
    if (moved == COUNT) {
      bins = larger;
      growing = false;
    }
  }

  // ---- iteration ------------------------------------------------------------------------------

  /**
   * Returns an iterator over all nodes that are in from its beginning to its end, each once; of
   * others it may or may not give some.
   */
  @Override
  public Iterator<Node<V>> iterator() {
    return new Walk();
  }

  /** Goes from group to group of the bins as they were when it began, and then to the overflow. */
  private final class Walk implements Iterator<Node<V>> {
    private final int binsAtFirst = bins.length;
    private int nextBin;
    private Iterator<Node<V>> nodes = Collections.emptyIterator();

    @Override
    public boolean hasNext() {
      while (!nodes.hasNext() && nextBin <= binsAtFirst) {
        nodes = nextBin < binsAtFirst ? group(nextBin) : overflow.values().iterator();
        nextBin += GROUP;
      }
      return nodes.hasNext();
    }

    private Iterator<Node<V>> group(int firstBin) {
      List<Node<V>> found = new ArrayList<>();
      stripe(firstBin).collect(firstBin, binsAtFirst, found);
      return found.iterator();
    }

    @Override
    public Node<V> next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the table has no more nodes");
      }
      return nodes.next();
    }
  }
}
