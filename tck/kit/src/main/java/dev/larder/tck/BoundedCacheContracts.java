package dev.larder.tck;

import org.junit.jupiter.api.Nested;

/**
 * Those of {@link CacheContracts} that make a store do all it can, for caches with a bound which
 * the tests do not reach: nothing of it may be seen.
 */
public abstract class BoundedCacheContracts {
  /** Called by the constructors of the backends' tests. */
  protected BoundedCacheContracts() {}

  /** Returns the backend under test, {@linkplain Subject#bounded bounded}. */
  protected abstract Subject subject();

  @Nested
  class Bulk extends BulkContract {
    Bulk() {
      super(subject());
    }
  }

  @Nested
  class Expiry extends ExpiryContract {
    Expiry() {
      super(subject());
    }
  }

  @Nested
  class Iteration extends IterationContract {
    Iteration() {
      super(subject());
    }
  }

  @Nested
  class Loader extends LoaderContract {
    Loader() {
      super(subject());
    }
  }

  @Nested
  class Processor extends ProcessorContract {
    Processor() {
      super(subject());
    }
  }
}
