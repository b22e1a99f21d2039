package dev.larder.internal.copy;

import java.lang.reflect.Array;

/** Copies arrays. */
final class ArrayRules {
  private ArrayRules() {}

  static Object copyPrimitives(Object original, GraphCopy graph) {
    int length = Array.getLength(original);
    Object copy = Array.newInstance(original.getClass().getComponentType(), length);
    System.arraycopy(original, 0, copy, 0, length);
    graph.remember(original, copy);
    return copy;
  }

  static Object copyReferences(Object original, GraphCopy graph) {
    graph.noteArray();
    Object[] copy = ((Object[]) original).clone();
    graph.remember(original, copy);
    graph.copyAll(copy);
    return copy;
  }
}
