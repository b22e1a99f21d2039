package dev.larder.internal.memory;

import dev.larder.LarderConfiguration;
import dev.larder.internal.operation.Put;
import dev.larder.internal.operation.PutIfAbsent;
import dev.larder.internal.operation.Remove;
import dev.larder.internal.operation.RemoveIfEqual;
import dev.larder.internal.operation.Replace;
import dev.larder.internal.operation.ReplaceIfEqual;
import javax.cache.processor.EntryProcessor;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * Looks at many interleavings of operations for one that no sequence of them explains.
 *
 * <p>Increments, and what compares values, hold the key; all else runs inside the map, and reads
 * take neither way: every mix of the ways is met. Few keys and values make threads meet often.
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
      super(Long.MAX_VALUE);
    }
  }

  /** A cache whose entries stand in the queue of the bound, which is never reached. */
  public static final class BoundedCache extends Operations {
    /** Called by Lincheck. */
    public BoundedCache() {
      super(100);
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

    Operations(long maxEntries) {
      engine =
          Engines.open(
              LarderConfiguration.builder(Integer.class, Integer.class)
                  .maxEntries(maxEntries)
                  .build());
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
