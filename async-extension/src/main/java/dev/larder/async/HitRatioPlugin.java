package dev.larder.async;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts the keys that {@code get} and {@code multiGet} found, and those that they did not. */
public final class HitRatioPlugin implements CachePlugin {
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();

  /** Creates a plugin that has counted nothing yet. */
  public HitRatioPlugin() {}

  @Override
  public void after(Call call, Outcome outcome) {
    if (outcome.failure() != null) {
      return;
    }
    if (call.command() == Command.GET) {
      (outcome.result() == null ? misses : hits).increment();
    } else if (call.command() == Command.MULTI_GET && outcome.result() instanceof Map<?, ?> found) {
      hits.add(found.size());
      misses.add(call.keys().size() - found.size());
    }
  }

  /** Returns how many keys had a value. */
  public long hits() {
    return hits.sum();
  }

  /** Returns how many keys had none. */
  public long misses() {
    return misses.sum();
  }

  /** Returns the hits as a share of all keys that were looked for, from 0 to 1; 0 if none was. */
  public double ratio() {
    long found = hits();
    long all = found + misses();
    return all == 0 ? 0 : (double) found / all;
  }
}
