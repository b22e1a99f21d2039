package dev.larder.internal.copy;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Compares graphs of objects: their classes, contents and shared references. */
final class GraphComparison {
  private final IdentityHashMap<Object, Object> partners = new IdentityHashMap<>();
  private final IdentityHashMap<Object, Object> partnersBack = new IdentityHashMap<>();

  private GraphComparison() {}

  /** Returns where two graphs differ, or null. */
  static String differenceOf(Object one, Object other) {
    return new GraphComparison().compare(one, other, "");
  }

  /** Returns the objects that can change and are part of both graphs. */
  static List<Object> sharedBy(Object one, Object other) {
    IdentityHashMap<Object, Object> ofOne = new IdentityHashMap<>();
    IdentityHashMap<Object, Object> ofOther = new IdentityHashMap<>();
    collect(one, ofOne);
    collect(other, ofOther);
    ofOne.keySet().retainAll(ofOther.keySet());
    return ofOne.keySet().stream().filter(GraphComparison::changes).toList();
  }

  private static void collect(Object object, IdentityHashMap<Object, Object> found) {
    if (object != null && found.put(object, object) == null && !isLeaf(object)) {
      parts(object).forEach(part -> collect(part, found));
    }
  }

  private static boolean changes(Object object) {
    String type = object.getClass().getName();
    boolean fixed = type.contains("ImmutableCollections") || type.contains("Collections$");
    return !fixed && !isLeaf(object);
  }

  private String compare(Object one, Object other, String path) {
    if (one == null || other == null || one.getClass() != other.getClass()) {
      boolean alike = one == other || (one instanceof Supplier && other instanceof Supplier);
      return alike ? null : path + ": " + describe(one) + " and " + describe(other);
    }
    if (isLeaf(one)) {
      return content(one).equals(content(other)) ? null : path + ": " + one + " and " + other;
    }
    Object partner = partners.putIfAbsent(one, other);
    Object partnerBack = partnersBack.putIfAbsent(other, one);
    if (partner != null || partnerBack != null) {
      return partner == other && partnerBack == one ? null : path + ": shared in one only";
    }
    List<Object> parts = parts(one);
    List<Object> otherParts = parts(other);
    if (parts.size() != otherParts.size()) {
      return path + ": " + parts.size() + " and " + otherParts.size() + " parts";
    }
    for (int i = 0; i < parts.size(); i++) {
      String difference =
          compare(parts.get(i), otherParts.get(i), path + "/" + one.getClass().getSimpleName() + i);
      if (difference != null) {
        return difference;
      }
    }
    return behaviour(one).equals(behaviour(other)) ? null : path + ": behave differently";
  }

  private static String describe(Object object) {
    return object == null ? "null" : object.getClass().toString();
  }

  /** An object that is compared by equals, or by its text where it has none. */
  private static boolean isLeaf(Object object) {
    return !(object instanceof Collection
            || object instanceof Map
            || object instanceof AtomicReference
            || object.getClass().isArray()
            || object.getClass().getName().startsWith(GraphNodes.class.getName()))
        || object instanceof Enum;
  }

  private static Object content(Object leaf) {
    if (leaf instanceof Supplier<?> lambda) {
      return lambda.get();
    }
    // In a cycle serialization leaves what stands for a List.of in a stream.
    if (leaf.getClass().getName().equals("java.util.CollSer")) {
      return leaf.getClass();
    }
    return leaf instanceof Number ? leaf.toString() : leaf;
  }

  /** What the parts of a collection do not tell. */
  private static List<Object> behaviour(Object object) {
    List<Object> behaviour = new ArrayList<>();
    if (object instanceof List<?> list && !list.isEmpty()) {
      try {
        behaviour.add(list.contains(null));
      } catch (NullPointerException e) {
        behaviour.add("refuses null");
      }
    }
    if (object instanceof LinkedHashMap<?, ?> map && map.size() > 1) {
      Map<?, ?> clone = (Map<?, ?>) map.clone();
      Object firstKey = clone.keySet().iterator().next();
      clone.get(firstKey);
      behaviour.add(clone.keySet().iterator().next() == firstKey ? "by insertion" : "by access");
    }
    if (object instanceof SortedMap<?, ?> map) {
      behaviour.add(
          Objects.toString(map.comparator() == null ? null : map.comparator().getClass()));
    }
    return behaviour;
  }

  private static List<Object> parts(Object object) {
    if (object.getClass().isArray()) {
      List<Object> parts = new ArrayList<>();
      for (int i = 0; i < Array.getLength(object); i++) {
        parts.add(Array.get(object, i));
      }
      return parts;
    }
    if (object instanceof Collection<?> elements) {
      return new ArrayList<>(elements instanceof Set ? sorted(elements) : elements);
    }
    if (object instanceof Map<?, ?> map) {
      boolean ordered = map instanceof LinkedHashMap || map instanceof SortedMap;
      List<Object> parts = new ArrayList<>();
      for (Object key : ordered ? map.keySet() : sorted(map.keySet())) {
        parts.add(key);
        parts.add(valueOf(map, key));
      }
      return parts;
    }
    if (object instanceof AtomicReference<?> reference) {
      return new ArrayList<>(Collections.singletonList(reference.get()));
    }
    return fields(object);
  }

  /** A key whose hash code was another one when it came into the map cannot be looked up. */
  private static Object valueOf(Map<?, ?> map, Object key) {
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (entry.getKey() == key) {
        return entry.getValue();
      }
    }
    throw new AssertionError(key);
  }

  private static List<Object> sorted(Collection<?> elements) {
    List<Object> sorted = new ArrayList<>(elements);
    sorted.sort(Comparator.comparing(Objects::toString));
    return sorted;
  }

  private static List<Object> fields(Object object) {
    List<Object> values = new ArrayList<>();
    for (Class<?> type = object.getClass(); type != Object.class; type = type.getSuperclass()) {
      Stream.of(type.getDeclaredFields())
          .filter(field -> !Modifier.isStatic(field.getModifiers()))
          .forEach(field -> values.add(value(field, object)));
    }
    return values;
  }

  private static Object value(Field field, Object object) {
    try {
      field.setAccessible(true);
      return field.get(object);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
