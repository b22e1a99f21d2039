package dev.larder.internal.memory;

import dev.larder.Eviction;
import dev.larder.LarderConfiguration;
import dev.larder.internal.operation.Put;
import dev.larder.internal.operation.PutIfAbsent;
import dev.larder.internal.operation.Remove;
import dev.larder.internal.operation.RemoveIfEqual;
import dev.larder.internal.operation.Replace;
import dev.larder.internal.operation.ReplaceIfEqual;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.processor.EntryProcessor;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Looks at many interleavings of operations for one that no sequence of them explains.
 *
 * <p>Increments hold the key; all else is a compare-and-set on the node, and reads take neither
 * way: every mix of the ways is met. Few keys and values make threads meet often.
 */
class LinearizabilityTest {

  @Test
  void operationsAreAtomic() {
    options().check(UnboundedCache.class);
  }

  @Test
  void operationsAreAtomicWithABound() {
    options().check(BoundedCache.class);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        LruCache.class,
        LfuCache.class,
        FifoCache.class,
        SieveCache.class,
        S3FifoCache.class,
        RandomCache.class,
        OwnPolicyCache.class,
        WeighedCache.class
      })
  void operationsAreAtomicWithEveryPolicy(Class<?> cache) {
    options().iterations(1).invocationsPerIteration(50).check(cache);
  }

  private static LarderConfiguration.Builder<Integer, Integer> settings() {
    return LarderConfiguration.builder(Integer.class, Integer.class);
  }

  private static ModelCheckingOptions options() {
    return new ModelCheckingOptions()
        .iterations(4)
        .invocationsPerIteration(150)
        .threads(2)
        .actorsPerThread(3)
        .actorsBefore(1)
        .actorsAfter(1);
  }

  /** A cache without a bound. */
  public static final class UnboundedCache extends Operations {
    /** Called by Lincheck. */
    public UnboundedCache() {
      super(Long.MAX_VALUE, Eviction.TINY_LFU);
    }
  }

  /** A cache whose entries stand in the books of the bound, which is never reached. */
  public static final class BoundedCache extends Operations {
    /** Called by Lincheck. */
    public BoundedCache() {
      super(100, Eviction.TINY_LFU);
    }
  }

  /** A bounded cache with another policy. */
  public static final class LruCache extends Operations {
    /** Called by Lincheck. */
    public LruCache() {
      super(100, Eviction.LRU);
    }
  }

  /** A bounded cache with another policy. */
  public static final class LfuCache extends Operations {
    /** Called by Lincheck. */
    public LfuCache() {
      super(100, Eviction.LFU);
    }
  }

  /** A bounded cache with another policy. */
  public static final class FifoCache extends Operations {
    /** Called by Lincheck. */
    public FifoCache() {
      super(100, Eviction.FIFO);
    }
  }

  /** A bounded cache with another policy. */
  public static final class SieveCache extends Operations {
    /** Called by Lincheck. */
    public SieveCache() {
      super(100, Eviction.SIEVE);
    }
  }

  /** A bounded cache with another policy. */
  public static final class S3FifoCache extends Operations {
    /** Called by Lincheck. */
    public S3FifoCache() {
      super(100, Eviction.S3_FIFO);
    }
  }

  /** A bounded cache with another policy. */
  public static final class RandomCache extends Operations {
    /** Called by Lincheck. */
    public RandomCache() {
      super(100, Eviction.RANDOM);
    }
  }

  /** A bounded cache with a policy of the user's. */
  public static final class OwnPolicyCache extends Operations {
    /** Called by Lincheck. */
    public OwnPolicyCache() {
      super(
          settings()
              .maxEntries(100)
              .evictionPolicy(FactoryBuilder.factoryOf(BoundStressTest.OldestFirst.class)));
    }
  }

  /** A cache that is bounded by weight. */
  public static final class WeighedCache extends Operations {
    /** Called by Lincheck. */
    public WeighedCache() {
      super(settings().maxWeight(100, (key, value) -> value));
    }
  }

  /** The operations whose order is checked. */
  @Param(name = "key", gen = IntGen.class, conf = "0:1")
  @Param(name = "value", gen = IntGen.class, conf = "0:2")
  public abstract static class Operations {
    private static final EntryProcessor<Integer, Integer, Integer> INCREMENT =
        (entry, arguments) -> {
          int next = entry.exists() ? entry.getValue() + 1 : 0;
          entry.setValue(next);
          return next;
        };

    private final MemoryEngine<Integer, Integer> engine;

    Operations(long maxEntries, Eviction eviction) {
      this(settings().maxEntries(maxEntries).evictionPolicy(eviction));
    }

    Operations(LarderConfiguration.Builder<Integer, Integer> settings) {
      engine = Engines.open(settings.build());
    }

    @Operation
    public Integer get(@Param(name = "key") int key) {
      return engine.get(key);
    }

    @Operation
    public boolean contains(@Param(name = "key") int key) {
      return engine.contains(key);
    }

    @Operation
    public void put(@Param(name = "key") int key, @Param(name = "value") int value) {
      engine.execute(key, Put.put(value));
    }

    @Operation
    public Integer getAndPut(@Param(name = "key") int key, @Param(name = "value") int value) {
      return engine.execute(key, Put.getAndPut(value));
    }

    @Operation
    public boolean putIfAbsent(@Param(name = "key") int key, @Param(name = "value") int value) {
      return engine.execute(key, new PutIfAbsent<>(value));
    }

    @Operation
    public boolean remove(@Param(name = "key") int key) {
      return engine.execute(key, Remove.<Integer>remove()) != null;
    }

    @Operation
    public Integer getAndRemove(@Param(name = "key") int key) {
      return engine.execute(key, Remove.getAndRemove());
    }

    @Operation
    public boolean removeIfEqual(@Param(name = "key") int key, @Param(name = "value") int value) {
      return engine.execute(key, new RemoveIfEqual<>(value));
    }

    @Operation
    public Integer getAndReplace(@Param(name = "key") int key, @Param(name = "value") int value) {
      return engine.execute(key, Replace.getAndReplace(value));
    }

    @Operation
    public boolean replaceIfEqual(
        @Param(name = "key") int key,
        @Param(name = "value") int expected,
        @Param(name = "value") int value) {
      return engine.execute(key, new ReplaceIfEqual<>(expected, value));
    }

    @Operation
    public Integer increment(@Param(name = "key") int key) {
      return Engines.invoke(engine, key, INCREMENT);
    }
  }
}
