package dev.larder.docs.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The sequence of class names that a run asks for: the same seed gives the same sequence. */
final class Queries {
  /** How skewed the interest in classes is: 0 would be not at all. */
  static final double EXPONENT = 0.9;

  private Queries() {}

  /** Draws names by Zipf's law, in an order of popularity that depends on the seed alone. */
  static List<String> draw(List<String> names, int count, long seed) {
    var random = new Random(seed);
    var byPopularity = new ArrayList<>(names);
    Collections.shuffle(byPopularity, random);
    var zipf = new Zipf(names.size(), EXPONENT);
    var queries = new ArrayList<String>(count);
    for (int i = 0; i < count; i++) {
      queries.add(byPopularity.get(zipf.draw(random)));
    }
    return Collections.unmodifiableList(queries);
  }

  /** Takes evenly spaced elements, or all if there are no more than asked for. */
  static <T> List<T> sample(List<T> all, int size) {
    if (all.size() <= size) {
      return List.copyOf(all);
    }
    var sample = new ArrayList<T>(size);
    for (long i = 0; i < size; i++) {
      sample.add(all.get((int) (i * all.size() / size)));
    }
    return List.copyOf(sample);
  }
}
