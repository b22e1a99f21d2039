package dev.larder.benchmarks.hitratio;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/** Traces of known shape; the same at each call. */
final class GeneratedTraces {
  /** Added to keys that no other part of a trace may have. */
  private static final long APART = 1_000_000;

  private final List<Trace> traces = new ArrayList<>();

  private GeneratedTraces() {}

  /** Returns those where what is popular stays so, or changes now and then. */
  static List<Trace> resting() {
    GeneratedTraces generated = new GeneratedTraces();
    generated.skewed();
    generated.scanning();
    generated.changing();
    return generated.traces;
  }

  /** Returns those where what is popular changes all the time. */
  static List<Trace> moving() {
    GeneratedTraces generated = new GeneratedTraces();
    generated.drifting();
    return generated.traces;
  }

  private void add(String name, IntToLongFunction keyOfAccess) {
    traces.add(Trace.of(name, IntStream.range(0, Trace.MOST_ACCESSES).mapToLong(keyOfAccess)));
  }

  /** Some keys are more popular than others, or all are alike. */
  private void skewed() {
    for (double exponent : new double[] {0.7, 0.9, 1.0}) {
      int[] keys = zipf(50_000, exponent, 1);
      add("zipf-" + exponent, access -> keys[access]);
    }
    Random random = new Random(2);
    add("uniform", access -> random.nextInt(20_000));
  }

  /** Keys in a row, once or again and again, alone or among popular ones. */
  private void scanning() {
    int[] popular = zipf(20_000, 0.9, 3);
    int[] few = zipf(10_000, 0.9, 4);
    Random random = new Random(5);
    add("loop-10k", access -> access % 10_000);
    add("loop-and-zipf", access -> access % 2 == 0 ? APART + access / 2 % 8_000 : popular[access]);
    add("scans-and-zipf", access -> access % 40_000 < 8_000 ? APART + access : popular[access]);
    add("once-and-zipf", access -> random.nextInt(2) == 0 ? APART + access : few[access]);
  }

  /** What is popular changes all at once. */
  private void changing() {
    int[] popular = zipf(20_000, 0.9, 6);
    Random random = new Random(7);
    add("phases-60k", access -> popular[access] + access / 60_000 * APART);
    add("phases-15k", access -> popular[access] + access / 15_000 * APART);
    add(
        "hot-set-moves",
        access ->
            random.nextInt(10) < 9
                ? (access / 30_000 * 2_000 + random.nextInt(2_000)) % 20_000
                : random.nextInt(20_000));
    add(
        "loop-or-drift",
        access ->
            access / 30_000 % 2 == 0
                ? access % 6_000
                : APART + access / 8 + (long) Math.abs(random.nextGaussian() * 800));
  }

  /** What is popular changes all the time. */
  private void drifting() {
    int[] many = zipf(5_000, 0.8, 8);
    int[] few = zipf(2_000, 0.6, 9);
    int[] popular = zipf(20_000, 1.0, 10);
    Random random = new Random(11);
    add("drift", access -> access / 10 + many[access]);
    add("drift-fast", access -> access / 3 + few[access]);
    add("drift-normal", access -> APART + (long) (access / 15.0 + random.nextGaussian() * 1_000));
    add(
        "news",
        access -> {
          int newest = access / 3;
          return newest - (long) Math.min(newest, Math.pow(1 - random.nextDouble(), -1.25) - 1);
        });
    add(
        "news-and-zipf",
        access ->
            random.nextInt(2) == 0
                ? popular[access]
                : APART + access / 4 + (long) (Math.log(1 - random.nextDouble()) * 500));
  }

  /** Returns keys of which the n-th most popular comes with a probability of n^-exponent. */
  private static int[] zipf(int keys, double exponent, long seed) {
    double[] sums = new double[keys];
    double sum = 0;
    for (int i = 0; i < keys; i++) {
      sum += Math.pow(i + 1, -exponent);
      sums[i] = sum;
    }
    Random random = new Random(seed);
    List<Integer> order = new ArrayList<>(IntStream.range(0, keys).boxed().toList());
    Collections.shuffle(order, random);
    int[] accesses = new int[Trace.MOST_ACCESSES];
    for (int i = 0; i < accesses.length; i++) {
      int found = Arrays.binarySearch(sums, random.nextDouble() * sum);
      accesses[i] = order.get(Math.min(keys - 1, found < 0 ? -found - 1 : found));
    }
    return accesses;
  }
}
