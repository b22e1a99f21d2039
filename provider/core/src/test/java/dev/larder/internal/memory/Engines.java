package dev.larder.internal.memory;

import dev.larder.LarderConfiguration;
import dev.larder.internal.engine.EngineParts;
import dev.larder.internal.engine.OutcomeRecorder;
import dev.larder.internal.engine.Statistics;
import dev.larder.internal.event.Listeners;
import dev.larder.internal.operation.ExpiryRules;
import java.util.function.UnaryOperator;

/** Opens engines without a cache in front of them. */
final class Engines {
  private Engines() {}

  static <K, V> MemoryEngine<K, V> open(LarderConfiguration<K, V> configuration) {
    return open(configuration, new Statistics(false));
  }

  static <K, V> MemoryEngine<K, V> open(
      LarderConfiguration<K, V> configuration, Statistics statistics) {
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
            new OutcomeRecorder<>(statistics, nobody),
            Runnable::run));
  }
}
