package dev.larder.docs.demo;

import java.util.Arrays;
import java.util.Random;

/** Zipf's law: of n ranks, rank r is drawn in proportion to 1 / (r + 1)<sup>exponent</sup>. */
final class Zipf {
  private final double[] cumulative;

  Zipf(int ranks, double exponent) {
    if (ranks < 1) {
      throw new IllegalArgumentException("ranks is " + ranks + "; there must be at least 1");
    }
    cumulative = new double[ranks];
    double sum = 0;
    for (int rank = 0; rank < ranks; rank++) {
      // StrictMath: the same draws on every machine.
      sum += StrictMath.pow(rank + 1, -exponent);
      cumulative[rank] = sum;
    }
  }

  /** Draws a rank, 0 being the likeliest. */
  int draw(Random random) {
    double point = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, point);
    int rank = found < 0 ? -found - 1 : found + 1;
    return Math.min(rank, cumulative.length - 1);
  }
}
