package dev.larder.internal.memory;

import dev.larder.LarderConfiguration;
import dev.larder.internal.engine.EngineParts;
import dev.larder.internal.engine.OutcomeRecorder;
import dev.larder.internal.engine.Statistics;
import dev.larder.internal.event.Listeners;
import dev.larder.internal.operation.ExpiryRules;
import dev.larder.internal.operation.Invoke;
import java.util.function.UnaryOperator;
import javax.cache.processor.EntryProcessor;

/** Opens engines without a cache in front of them. */
final class Engines {
  private Engines() {}

  static <K, V> MemoryEngine<K, V> open(LarderConfiguration<K, V> configuration) {
    return open(configuration, new Statistics(false, false));
  }

  static <K, V> MemoryEngine<K, V> open(LarderConfiguration<K, V> configuration, Horizon horizon) {
    return open(configuration, new Statistics(false, false), horizon);
  }

  static <K, V> MemoryEngine<K, V> open(
      LarderConfiguration<K, V> configuration, Statistics statistics) {
    return open(configuration, statistics, new Horizon(configuration.ticker()));
  }

  private static <K, V> MemoryEngine<K, V> open(
      LarderConfiguration<K, V> configuration, Statistics statistics, Horizon horizon) {
    Listeners<K, V> nobody =
        new Listeners<>(null, Runnable::run, UnaryOperator.identity(), UnaryOperator.identity());
    return new MemoryEngine<>(
        new EngineParts<>(
            "test",
            configuration,
            new ExpiryRules(
                configuration.getExpiryPolicyFactory().create(), configuration.ticker()),
            null,
            null,
            null,
            new OutcomeRecorder<>("c", statistics, nobody),
            Runnable::run,
            Runnable::run),
        horizon);
  }

  /** Runs a processor that has no arguments, and nothing to copy. */
  static <T> T invoke(
      MemoryEngine<Integer, Integer> engine,
      Integer key,
      EntryProcessor<Integer, Integer, T> processor) {
    return engine.execute(
        key,
        new Invoke<>(
            key,
            processor,
            new Object[0],
            null,
            UnaryOperator.identity(),
            UnaryOperator.identity()));
  }
}
