package dev.larder.internal.engine;

import dev.larder.internal.operation.OperationCulprit;

/** Breaks the rules of {@code ArchitectureTest}, to show that they can fail. */
public final class EngineCulprit {
  OperationCulprit closesACycle() {
    return new OperationCulprit();
  }

  long readsTheWallClock() {
    return System.currentTimeMillis();
  }

  void counts(Statistics statistics) {
    statistics.countPut();
  }
}
