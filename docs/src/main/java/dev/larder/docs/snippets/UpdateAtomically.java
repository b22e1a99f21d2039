package dev.larder.docs.snippets;

import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;

/** A change that depends on the value that is there. */
final class UpdateAtomically {
  private UpdateAtomically() {}

  // region
  static final EntryProcessor<String, Integer, Integer> ADD =
      (entry, arguments) -> {
        int sum = (entry.exists() ? entry.getValue() : 0) + (int) arguments[0];
        entry.setValue(sum);
        return sum;
      };

  static int add(Cache<String, Integer> counters, String name, int amount) {
    return counters.invoke(name, ADD, amount);
  }

  static int addToBoth(Cache<String, Integer> counters, int amount) {
    Map<String, EntryProcessorResult<Integer>> sums =
        counters.invokeAll(Set.of("in", "out"), ADD, amount);
    return sums.values().stream().mapToInt(EntryProcessorResult::get).sum(); // get() may throw
  }
  // endregion
}
