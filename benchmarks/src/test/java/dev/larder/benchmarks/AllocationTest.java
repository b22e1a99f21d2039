package dev.larder.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Counts the bytes that Larder's operations allocate, to the byte: a budget, not a timing. */
class AllocationTest {
  private static final int KEYS = 1_000;
  private static final int ROUNDS = 100;
  private static final int COUNTS = 5;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Integer[] keys = integers();
  private final Integer[] values = integers();

  static List<Settings> settings() {
    return Stream.of(Settings.UNBOUNDED, 2L * KEYS)
        .flatMap(
            bound ->
                Stream.of(Lifetime.values())
                    .flatMap(
                        lifetime ->
                            Stream.of(
                                new Settings(bound, false, false, lifetime),
                                new Settings(bound, true, false, lifetime),
                                new Settings(bound, false, true, lifetime))))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void getAllocatesNothing(Settings settings) {
    try (Operations cache = filled(settings)) {
      assertThat(bytesPerOperation((key, value) -> cache.get(key))).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void putOfAnExistingKeyAllocatesItsOperationAlone(Settings settings) {
    try (Operations cache = filled(settings)) {
      assertThat(bytesPerOperation(cache::put)).isLessThanOrEqualTo(56);
    }
  }

  private Operations filled(Settings settings) {
    Operations cache = Subject.LARDER.open(settings);
    for (int i = 0; i < KEYS; i++) {
      cache.put(keys[i], keys[i]);
    }
    return cache;
  }

  /** Returns the least of several counts: the JVM's own housekeeping allocates now and then. */
  private double bytesPerOperation(Operation operation) {
    long least = Long.MAX_VALUE;
    for (int count = 0; count < COUNTS; count++) {
      least = Math.min(least, allocatedBy(operation));
    }
    return (double) least / (KEYS * ROUNDS);
  }

  private long allocatedBy(Operation operation) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < KEYS; i++) {
        operation.run(keys[i], values[i]);
      }
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  /** Returns integers that are all objects of their own. */
  private static Integer[] integers() {
    Integer[] integers = new Integer[KEYS];
    Arrays.setAll(integers, i -> KEYS + i);
    return integers;
  }

  @FunctionalInterface
  private interface Operation {
    void run(Integer key, Integer value);
  }
}
