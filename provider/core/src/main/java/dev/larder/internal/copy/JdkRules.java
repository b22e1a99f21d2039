package dev.larder.internal.copy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Copies collections and other objects of the JDK by what they offer in public, for their fields
 * are not open to Larder.
 *
 * <p>Wrappers such as {@link Collections#unmodifiableList} are missing: what they wrap, and who
 * else in the graph refers to that, cannot be seen.
 */
@SuppressWarnings({"JdkObsolete", "JavaUtilDate", "NonApiType"}) // users have such objects
final class JdkRules {
  private static final IdentityHashMap<Class<?>, CopyRule> RULES = new IdentityHashMap<>();

  static {
    RULES.put(Class.class, JdkRules::copyClass);
    put(Date.class, date -> new Date(date.getTime()));
    put(AtomicBoolean.class, flag -> new AtomicBoolean(flag.get()));
    put(AtomicInteger.class, number -> new AtomicInteger(number.get()));
    put(AtomicLong.class, number -> new AtomicLong(number.get()));

    RULES.put(ArrayList.class, JdkRules::copyArrayList);
    RULES.put(LinkedList.class, filling(size -> new LinkedList<>()));
    RULES.put(ArrayDeque.class, filling(ArrayDeque::new));
    RULES.put(HashSet.class, filling(size -> new HashSet<>((int) (size / 0.75f))));
    RULES.put(LinkedHashSet.class, filling(size -> new LinkedHashSet<>()));
    RULES.put(TreeSet.class, JdkRules::copyTreeSet);
    RULES.put(HashMap.class, JdkRules::copyHashMap);
    RULES.put(LinkedHashMap.class, JdkRules::copyLinkedHashMap);
    RULES.put(TreeMap.class, JdkRules::copyTreeMap);
    RULES.put(EnumMap.class, JdkRules::copyEnumMap);
    RULES.put(Arrays.asList(1).getClass(), JdkRules::copyArrayAsList);

    // Small ones have classes of their own.
    putFixed(List.of(1), (list, parts) -> List.of(parts));
    putFixed(List.of(1, 2, 3), JdkRules::listLike);
    putFixed(Set.of(1), (set, parts) -> Set.of(parts));
    putSalted(Set.of(1, 2, 3), (set, parts) -> Set.of(parts));
    putFixed(Collections.emptyList(), (list, parts) -> list);
    putFixed(Collections.emptySet(), (set, parts) -> set);
    putFixed(Collections.singletonList(1), (list, parts) -> Collections.singletonList(parts[0]));
    putFixed(Collections.singleton(1), (set, parts) -> Collections.singleton(parts[0]));
    putFixed(Map.of(1, 1), (map, parts) -> mapOf(parts));
    putSalted(Map.of(1, 1, 2, 2), (map, parts) -> mapOf(parts));
    putFixed(Collections.emptyMap(), (map, parts) -> map);
    putFixed(
        Collections.singletonMap(1, 1),
        (map, parts) -> Collections.singletonMap(parts[0], parts[1]));
  }

  private JdkRules() {}

  /** Returns the rule for exactly this class, or null if there is none. */
  static @Nullable CopyRule of(Class<?> type) {
    return EnumSet.class.isAssignableFrom(type) ? JdkRules::copyEnumSet : RULES.get(type);
  }

  private static <T> void put(Class<T> type, UnaryOperator<T> copier) {
    RULES.put(
        type, (original, graph) -> remembered(original, copier.apply(type.cast(original)), graph));
  }

  // ---- collections that change ------------------------------------------------------------------

  private static CopyRule filling(IntFunction<Collection<@Nullable Object>> empty) {
    return (original, graph) -> {
      Collection<?> elements = (Collection<?>) original;
      Collection<@Nullable Object> copy = empty.apply(elements.size());
      graph.remember(original, copy);
      for (Object element : elements) {
        copy.add(graph.copy(element));
      }
      return copy;
    };
  }

  /** A clone is quicker than a new list, as most elements stay themselves. */
  @SuppressWarnings("unchecked") // it takes all objects
  private static Object copyArrayList(Object original, GraphCopy graph) {
    ArrayList<@Nullable Object> copy =
        (ArrayList<@Nullable Object>) ((ArrayList<?>) original).clone();
    graph.remember(original, copy);
    for (int i = 0; i < copy.size(); i++) {
      Object element = copy.get(i);
      Object copyOfElement = graph.copy(element);
      if (copyOfElement != element) {
        copy.set(i, copyOfElement);
      }
    }
    return copy;
  }

  private static Object copyHashMap(Object original, GraphCopy graph) {
    Map<?, ?> entries = (Map<?, ?>) original;
    // With the capacity that serialization gives it, so mostly with the order as well.
    return fill(new HashMap<>(Math.max(16, (int) (entries.size() / 0.75f + 1))), entries, graph);
  }

  @SuppressWarnings("unchecked") // it has all objects as keys and values
  private static Object copyLinkedHashMap(Object original, GraphCopy graph) {
    LinkedHashMap<Object, Object> map = (LinkedHashMap<Object, Object>) original;
    // Only a clone knows whether the map is ordered by access.
    Map<Object, Object> copy = (Map<Object, Object>) map.clone();
    copy.clear();
    return fill(copy, map, graph);
  }

  private static Object fill(Map<Object, Object> copy, Map<?, ?> original, GraphCopy graph) {
    graph.remember(original, copy);
    for (Map.Entry<?, ?> entry : original.entrySet()) {
      copy.put(graph.copy(entry.getKey()), graph.copy(entry.getValue()));
    }
    return copy;
  }

  /** A clone has the same keys, and no comparison is needed to make it. */
  @SuppressWarnings("unchecked")
  private static Object copyTreeMap(Object original, GraphCopy graph) {
    TreeMap<Object, Object> map = (TreeMap<Object, Object>) original;
    graph.requireUnchanging(map.comparator());
    map.keySet().forEach(graph::requireUnchanging);
    return copyValues(map, (Map<Object, Object>) map.clone(), graph);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // the type of the keys is known to the map alone
  private static Object copyEnumMap(Object original, GraphCopy graph) {
    EnumMap map = (EnumMap) original;
    requireOwnType(map.keySet(), graph);
    return copyValues(map, map.clone(), graph);
  }

  private static Object copyValues(
      Object original, Map<Object, @Nullable Object> copy, GraphCopy graph) {
    graph.remember(original, copy);
    for (Map.Entry<Object, @Nullable Object> entry : copy.entrySet()) {
      entry.setValue(graph.copy(entry.getValue()));
    }
    return copy;
  }

  private static Object copyTreeSet(Object original, GraphCopy graph) {
    TreeSet<?> set = (TreeSet<?>) original;
    graph.requireUnchanging(set.comparator());
    set.forEach(graph::requireUnchanging);
    return remembered(original, set.clone(), graph);
  }

  private static Object copyEnumSet(Object original, GraphCopy graph) {
    EnumSet<?> set = (EnumSet<?>) original;
    requireOwnType(set, graph);
    return remembered(original, set.clone(), graph);
  }

  /** Serialization may know another enum by the same name; only a constant tells which it is. */
  private static void requireOwnType(Set<?> constants, GraphCopy graph) {
    if (constants.isEmpty()) {
      throw new NotCopied();
    }
    graph.requireUnchanging(constants.iterator().next());
  }

  private static Object copyArrayAsList(Object original, GraphCopy graph) {
    graph.noteViewOfArray();
    @Nullable Object[] elements = ((List<?>) original).toArray();
    List<@Nullable Object> copy = Arrays.asList(elements);
    graph.remember(original, copy);
    graph.copyAll(elements);
    return copy;
  }

  // ---- what does not change, though its parts may -----------------------------------------------

  /** Makes something like the original of other parts; in those of a map keys go before values. */
  @FunctionalInterface
  private interface Rebuild {
    Object of(Object original, Object[] parts);
  }

  private static void putFixed(Object example, Rebuild rebuild) {
    putFixed(example, GraphCopy::copyAll, rebuild);
  }

  /** Puts the rule for a class whose iterators have not the order in which it is serialized. */
  private static void putSalted(Object example, Rebuild rebuild) {
    putFixed(example, GraphCopy::copyAllInAnyOrder, rebuild);
  }

  private static void putFixed(
      Object example, BiPredicate<GraphCopy, Object[]> copyAll, Rebuild rebuild) {
    RULES.put(
        example.getClass(),
        (original, graph) -> {
          graph.begin(original);
          Object[] parts = parts(original);
          Object copy = copyAll.test(graph, parts) ? rebuild.of(original, parts) : original;
          return remembered(original, copy, graph);
        });
  }

  private static Object[] parts(Object original) {
    if (original instanceof Collection<?> collection) {
      return collection.toArray();
    }
    List<Object> parts = new ArrayList<>();
    ((Map<?, ?>) original).forEach((key, value) -> Collections.addAll(parts, key, value));
    return parts.toArray();
  }

  private static Object mapOf(Object[] parts) {
    Map.Entry<?, ?>[] entries = new Map.Entry<?, ?>[parts.length / 2];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = Map.entry(parts[2 * i], parts[2 * i + 1]);
    }
    return Map.ofEntries(entries);
  }

  /** Returns a list of {@code Stream.toList}, which allows null, or one of {@code List.of}. */
  private static Object listLike(Object original, Object[] parts) {
    return allowsNull((List<?>) original) ? Arrays.stream(parts).toList() : List.of(parts);
  }

  private static boolean allowsNull(List<?> list) {
    try {
      return list.contains(null) || list.size() > 0;
    } catch (NullPointerException e) {
      return false;
    }
  }

  private static Object remembered(Object original, Object copy, GraphCopy graph) {
    graph.remember(original, copy);
    return copy;
  }

  /** Serialization may know another class by the same name, though not of the JDK's own. */
  private static Object copyClass(Object original, GraphCopy graph) {
    if (((Class<?>) original).getClassLoader() != null) {
      throw new NotCopied();
    }
    return original;
  }
}
