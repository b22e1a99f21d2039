package dev.larder.internal.copy;

import dev.larder.internal.copy.GraphNodes.Mood;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A graph of up to twenty objects, with nulls, shared references and cycles.
 *
 * <p>Collections are no keys and in no sets, for a collection that contains itself has no hash
 * code.
 */
@SuppressWarnings({"JavaUtilDate", "JdkObsolete"}) // types that users have
final class RandomGraph {
  private final Random random;
  private final boolean hooks;
  private final List<Object> objects = new ArrayList<>();
  private final List<Runnable> later = new ArrayList<>();

  RandomGraph(Random random) {
    this.random = random;
    this.hooks = random.nextInt(3) == 0;
  }

  /** Returns an object from which others can be reached, or a list of all. */
  Object root() {
    int size = 1 + random.nextInt(20);
    for (int i = 0; i < size; i++) {
      objects.add(object(i));
    }
    later.forEach(Runnable::run);
    return random.nextBoolean() ? new ArrayList<>(objects) : objects.get(size - 1);
  }

  private Object object(int id) {
    if (hooks && random.nextInt(6) == 0) {
      return hooked(id);
    }
    return switch (random.nextInt(4)) {
      case 0 -> leaf(id);
      case 1 -> collection();
      case 2 -> fixed(id);
      default -> node(id);
    };
  }

  private <T> T oneOf(List<Supplier<? extends T>> choices) {
    return choices.get(random.nextInt(choices.size())).get();
  }

  /** Returns one of the objects that there are, or null. */
  private Object any() {
    return objects.isEmpty() || random.nextInt(10) == 0
        ? null
        : objects.get(random.nextInt(objects.size()));
  }

  private Object anyOr(Object other) {
    Object any = any();
    return any == null ? other : any;
  }

  private Object key() {
    return oneOf(
        List.of(
            () -> "key" + random.nextInt(30),
            () -> random.nextInt(30),
            () -> Mood.BAD,
            () ->
                objects.stream()
                    .filter(GraphNodes.Node.class::isInstance)
                    .findAny()
                    .orElse(Mood.GOOD)));
  }

  private Object leaf(int id) {
    return oneOf(
        List.of(
            () -> "text" + id,
            () -> id,
            () -> (long) id,
            () -> new BigDecimal("1.50"),
            () -> Instant.ofEpochSecond(id),
            () -> ZoneId.of("Europe/Berlin"),
            () -> Mood.BAD,
            () -> String[].class,
            () -> Mood.class,
            () -> new Date(id),
            () -> new AtomicInteger(id),
            () -> new AtomicLong(id),
            () -> new int[] {id, 2},
            () -> new boolean[] {true},
            () -> new byte[][] {{1}, null, {}}));
  }

  private Object node(int id) {
    if (random.nextInt(6) == 0) {
      return new GraphNodes.OnBase(any());
    }
    GraphNodes.Node node =
        oneOf(
            List.of(
                () -> new GraphNodes.Plain(id),
                () -> new GraphNodes.Named(id),
                () -> new GraphNodes.Primitives(id)));
    fill(node);
    return node;
  }

  private void fill(GraphNodes.Node node) {
    later.add(
        () -> {
          node.left = any();
          node.right = any();
        });
  }

  private Object collection() {
    Object[] parts = parts();
    return oneOf(
        List.of(
            () -> filled(new ArrayList<>()),
            () -> filled(new LinkedList<>()),
            () -> new ArrayDeque<>(withoutNull()),
            () -> new HashSet<>(keyed(false).keySet()),
            () -> new LinkedHashSet<>(keyed(false).keySet()),
            () -> new TreeSet<>(List.of("b", "a", "c")),
            () -> new TreeSet<>(Collections.reverseOrder()),
            () -> EnumSet.of(Mood.BAD),
            () -> EnumSet.noneOf(Mood.class),
            () -> new HashMap<>(keyed(false)),
            () -> keyed(random.nextBoolean()),
            () -> sorted(String.CASE_INSENSITIVE_ORDER),
            () -> sorted(null),
            () -> byMood(),
            () -> parts,
            () -> Arrays.asList(parts),
            () -> new Object[][] {parts, parts}));
  }

  private Object[] parts() {
    Object[] parts = new Object[random.nextInt(4)];
    later.add(() -> Arrays.setAll(parts, i -> any()));
    return parts;
  }

  private Collection<Object> filled(Collection<Object> empty) {
    later.add(
        () -> {
          for (int i = random.nextInt(4); i > 0; i--) {
            empty.add(any());
          }
        });
    return empty;
  }

  private List<Object> withoutNull() {
    return Stream.of(any(), any(), any()).filter(part -> part != null).toList();
  }

  private Map<Object, Object> keyed(boolean byAccess) {
    Map<Object, Object> map = new LinkedHashMap<>(16, 0.75f, byAccess);
    for (int i = random.nextInt(15); i > 0; i--) {
      map.put(key(), any());
    }
    return map;
  }

  private Map<String, Object> sorted(Comparator<String> order) {
    Map<String, Object> map = new TreeMap<>(order);
    map.put("b", any());
    map.put("A", any());
    later.add(() -> map.put("c", any()));
    return map;
  }

  private Map<Mood, Object> byMood() {
    Map<Mood, Object> map = new EnumMap<>(Mood.class);
    if (random.nextBoolean()) {
      map.put(Mood.BAD, any());
    }
    return map;
  }

  /** Returns something that refers only to objects made before it. */
  private Object fixed(int id) {
    return oneOf(
        List.of(
            () -> new GraphNodes.Pair(any(), id, any()),
            () -> new GraphNodes.Normalized("name", new ArrayList<>(List.of(1))),
            () -> List.of(anyOr("x")),
            () -> List.of(anyOr("x"), anyOr("y"), anyOr("z")),
            () -> Stream.of(any(), any(), any()).toList(),
            () -> Set.of(key()),
            () -> Set.copyOf(List.of(key(), key(), key())),
            () -> Map.of(key(), anyOr("x")),
            () -> Map.of("a", anyOr("x"), "b", anyOr("y")),
            () -> Collections.emptyList(),
            () -> Collections.emptyMap(),
            () -> Collections.singletonList(any()),
            () -> Collections.singleton(key()),
            () -> Collections.singletonMap(key(), any())));
  }

  private Object hooked(int id) {
    Object hooked =
        oneOf(
            List.of(
                () -> new GraphNodes.Writing(id),
                () -> new GraphNodes.Reading(id),
                () -> new GraphNodes.Writable(id),
                () -> new GraphNodes.ResolvingBelow(id),
                () -> new GraphNodes.Persistent(id),
                () -> new GraphNodes.External(id),
                () -> new GraphNodes.Replaced("name"),
                () -> new AtomicReference<>(any()),
                () -> new Vector<>(List.of(TimeUnit.DAYS)),
                () -> new ConcurrentHashMap<>(Map.of("a", anyOr("x"))),
                () -> Collections.unmodifiableList(new ArrayList<>(withoutNull())),
                () -> (Supplier<Object> & Serializable) () -> id,
                Object::new));
    if (hooked instanceof GraphNodes.Node node) {
      fill(node);
    }
    return hooked;
  }
}
