package dev.larder.internal.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NodeTableTest {
  private static final int MANY = 10_000;

  /** Grows by and by however small it is. */
  private final NodeTable<Object, String> table = new NodeTable<>(0);

  private static Node<String> node(Object key) {
    return new Node<>(key, "value", Long.MAX_VALUE);
  }

  private List<Node<String>> fill(List<?> keys) {
    List<Node<String>> nodes = new ArrayList<>();
    for (Object key : keys) {
      Node<String> node = node(key);
      assertThat(table.putIfAbsent(node)).isNull();
      nodes.add(node);
    }
    return nodes;
  }

  private static List<Integer> integers(int from, int count) {
    List<Integer> integers = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      integers.add(i);
    }
    return integers;
  }

  private static List<Colliding> colliding(int count) {
    return integers(0, count).stream().map(Colliding::new).toList();
  }

  private void assertHoldsExactly(List<Node<String>> nodes) {
    for (Node<String> node : nodes) {
      assertThat(table.get(node.key())).isSameAs(node);
    }
    List<Node<String>> seen = new ArrayList<>();
    table.forEach(seen::add);
    assertThat(seen).hasSize(nodes.size());
    assertThat(new HashSet<>(seen)).isEqualTo(new HashSet<>(nodes));
  }

  @Test
  void anEmptyTableHasNothing() {
    assertThat(table.get("key")).isNull();
    assertThat(table.iterator()).isExhausted();
    assertThatThrownBy(table.iterator()::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void growsAndKeepsItsNodes() {
    List<Node<String>> nodes = fill(integers(-MANY / 2, MANY));

    assertHoldsExactly(nodes);
    assertThat(table.get(MANY)).isNull();
  }

  @Test
  void holdsItsNodesAtEveryStepOfItsGrowth() {
    List<Node<String>> nodes = fill(integers(0, 190));
    for (int key = 190; key < 220; key++) {
      nodes.add(fill(List.of(key)).get(0));
      assertHoldsExactly(nodes);
    }
  }

  @Test
  void aLookFindsAllNodesOfATableThatIsNotTooLarge() {
    NodeTable<Object, String> small = new NodeTable<>();
    for (int key = 0; key < MANY; key++) {
      small.putIfAbsent(node(key));
      assertThat(small.peek(key)).isNotNull();
      assertThat(small.peek(key / 2)).isNotNull();
    }
  }

  @Test
  void aKeyKeepsItsFirstNode() {
    Node<String> first = node("key");

    assertThat(table.putIfAbsent(first)).isNull();
    assertThat(table.putIfAbsent(node("key"))).isSameAs(first);
    assertThat(table.get("key")).isSameAs(first);
  }

  @Test
  void onlyTheNodeThatIsRemovedGoes() {
    List<Node<String>> nodes = fill(integers(0, MANY));

    for (int i = 0; i < MANY; i += 2) {
      table.remove(nodes.get(i));
      table.remove(node(i + 1)); // another node of a key that stays
    }

    List<Node<String>> rest = new ArrayList<>();
    for (int i = 1; i < MANY; i += 2) {
      rest.add(nodes.get(i));
    }
    assertHoldsExactly(rest);
  }

  @Test
  void clearForgetsEverything() {
    fill(integers(0, MANY));
    fill(colliding(100));

    table.clear();

    assertHoldsExactly(List.of());
    assertHoldsExactly(fill(integers(0, MANY)));
  }

  @Test
  void keysOfOneHashCodeAreFoundWithFewComparisons() {
    List<Colliding> keys = colliding(MANY);
    fill(keys);
    Colliding.comparisons.set(0);

    keys.forEach(key -> assertThat(table.get(new Colliding(key.id()))).isNotNull());
    assertThat(table.get(new Colliding(MANY))).isNull();

    assertThat(Colliding.comparisons.get() / MANY).isLessThan(64);
  }

  @Test
  void keysOfOneHashCodeComeAndGo() {
    List<Node<String>> nodes = fill(colliding(200));
    for (Node<String> node : nodes) {
      assertThat(table.putIfAbsent(node(node.key()))).isSameAs(node);
    }
    assertHoldsExactly(nodes);

    nodes.subList(0, 100).forEach(table::remove);
    assertHoldsExactly(nodes.subList(100, 200));

    List<Node<String>> again = new ArrayList<>(nodes.subList(100, 200));
    again.addAll(fill(colliding(100)));
    assertHoldsExactly(again);
  }

  @Test
  void aKeyThatFailsHarmsNoOther() {
    Node<String> good = fill(List.of(new Colliding(1))).get(0);
    Object bad =
        new Object() {
          @Override
          public int hashCode() {
            return good.key().hashCode();
          }

          @Override
          public boolean equals(@Nullable Object other) {
            throw new UnsupportedOperationException("no");
          }
        };

    assertThatThrownBy(() -> table.get(bad)).hasMessage("no");
    assertThatThrownBy(() -> table.putIfAbsent(node(bad))).hasMessage("no");
    assertHoldsExactly(List.of(good));
  }

  @Test
  void comparingKeysMayUseTheTable() {
    Node<String> first = fill(List.of(new Colliding(1))).get(0);
    Object curious =
        new Object() {
          @Override
          public int hashCode() {
            return first.key().hashCode();
          }

          @Override
          public boolean equals(@Nullable Object other) {
            table.remove(first);
            table.putIfAbsent(node(new Colliding(2)));
            return other == this;
          }
        };

    assertThat(table.putIfAbsent(node(curious))).isNull();

    assertThat(table.get(new Colliding(1))).isNull();
    assertThat(table.get(new Colliding(2))).isNotNull();
    assertThat(table.get(curious)).isNotNull();
  }

  @Test
  void nothingIsLostWhileItGrowsAndShrinks() throws Exception {
    List<Node<String>> stay = fill(integers(0, 150));
    AtomicBoolean done = new AtomicBoolean();
    CountDownLatch start = new CountDownLatch(4);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> writers = new ArrayList<>();
      for (int number = 1; number <= 2; number++) {
        int first = number * 1_000_000;
        writers.add(threads.submit(started(start, () -> comeAndGo(first))));
      }
      Future<?> reader = threads.submit(started(start, () -> readUntil(done, stay)));
      Future<?> walker = threads.submit(started(start, () -> walkUntil(done, stay)));
      for (Future<?> writer : writers) {
        writer.get();
      }
      done.set(true);
      reader.get();
      walker.get();
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
    assertHoldsExactly(stay);
  }

  private static Callable<?> started(CountDownLatch start, Runnable task) {
    return Executors.callable(
        () -> {
          start.countDown();
          await(start);
          task.run();
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void comeAndGo(int first) {
    List<Node<String>> nodes = new ArrayList<>();
    for (Integer key : integers(first, 5 * MANY)) {
      Node<String> shortLived = node(key);
      check(table.putIfAbsent(shortLived) == null);
      check(table.get(key) == shortLived);
      table.remove(shortLived);
      check(table.get(key) == null);
      Node<String> node = node(key);
      check(table.putIfAbsent(node) == null);
      check(table.get(key) == node);
      nodes.add(node);
    }
    nodes.forEach(table::remove);
  }

  private void readUntil(AtomicBoolean done, List<Node<String>> stay) {
    while (!done.get()) {
      for (Node<String> node : stay) {
        check(table.get(node.key()) == node);
      }
      check(table.get(-1) == null);
    }
  }

  private void walkUntil(AtomicBoolean done, List<Node<String>> stay) {
    while (!done.get()) {
      Set<Node<String>> seen = new HashSet<>();
      table.forEach(node -> check(seen.add(node)));
      check(seen.containsAll(stay));
    }
  }

  /** Cheaper than an assertion of AssertJ, so that threads meet more often. */
  private static void check(boolean condition) {
    if (!condition) {
      throw new AssertionError("a key was lost, or seen twice");
    }
  }

  /** A key that has its hash code in common with all others. */
  private record Colliding(int id) implements Comparable<Colliding> {
    private static final AtomicLong comparisons = new AtomicLong();

    @Override
    public int hashCode() {
      return 42;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      comparisons.incrementAndGet();
      return other instanceof Colliding that && id == that.id;
    }

    @Override
    public int compareTo(Colliding other) {
      comparisons.incrementAndGet();
      return Integer.compare(id, other.id);
    }
  }
}
