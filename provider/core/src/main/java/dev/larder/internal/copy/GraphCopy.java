package dev.larder.internal.copy;

import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The copy of one graph of objects, while it is made: each object is copied once, however many
 * references lead to it.
 */
final class GraphCopy {
  /** In place of the copy of an object that can be made only after those of its parts. */
  private static final Object UNFINISHED = new Object();

  private final CopyRules rules;

  // Most graphs have one object that changes, and need no map.
  private @Nullable Object first;
  private @Nullable Object copyOfFirst;
  private @Nullable IdentityHashMap<Object, Object> copies;

  /** How many references led to objects that were met before. */
  private int references;

  private boolean hasArray;
  private boolean hasViewOfArray;

  GraphCopy(CopyRules rules) {
    this.rules = rules;
  }

  /**
   * Returns the copy of an object, or the object itself if it cannot change.
   *
   * @throws NotCopied if the whole graph has to be serialized
   */
  @Nullable Object copy(@Nullable Object original) {
    if (original == null || original instanceof String) {
      return original;
    }
    CopyRule rule = rules.of(original.getClass());
    if (rule == CopyRule.KEEP) {
      return original;
    }
    Object known = copyOf(original);
    if (known == UNFINISHED) {
      // Serialization has a null here, or an object that stands in for the final one.
      throw new NotCopied();
    }
    if (known != null) {
      references++;
      return known;
    }
    return rule.copy(original, this);
  }

  /** Replaces objects by their copies; returns whether one of them differs from its original. */
  boolean copyAll(@Nullable Object[] objects) {
    boolean differs = false;
    for (int i = 0; i < objects.length; i++) {
      Object copy = copy(objects[i]);
      differs |= copy != objects[i];
      objects[i] = copy;
    }
    return differs;
  }

  /**
   * Does the same where the order of serialization is not known: it makes a difference only if the
   * objects refer to each other or to others that were met before.
   */
  boolean copyAllInAnyOrder(@Nullable Object[] objects) {
    int before = references;
    boolean differs = copyAll(objects);
    if (references != before) {
      throw new NotCopied();
    }
    return differs;
  }

  /** Leaves the graph to serialization if the copy of an object were another one. */
  void requireUnchanging(@Nullable Object object) {
    if (object != null && rules.of(object.getClass()) != CopyRule.KEEP) {
      throw new NotCopied();
    }
  }

  private @Nullable Object copyOf(Object original) {
    if (original == first) {
      return copyOfFirst;
    }
    return copies == null ? null : copies.get(original);
  }

  /** Makes all further references to an object lead to this copy. */
  void remember(Object original, Object copy) {
    if (first == null || first == original) {
      first = original;
      copyOfFirst = copy;
      return;
    }
    if (copies == null) {
      copies = new IdentityHashMap<>();
    }
    copies.put(original, copy);
  }

  /** Says that the copy of an object comes after those of its parts, none of which may hold it. */
  void begin(Object original) {
    remember(original, UNFINISHED);
  }

  /** Says that an array of references is part of the graph. */
  void noteArray() {
    hasArray = true;
    refuseSharedArray();
  }

  /** Says that a list on top of an array is part of the graph. */
  void noteViewOfArray() {
    hasViewOfArray = true;
    refuseSharedArray();
  }

  /** Which array is under a list cannot be seen: it might be one that is elsewhere in the graph. */
  private void refuseSharedArray() {
    if (hasArray && hasViewOfArray) {
      throw new NotCopied();
    }
  }
}
