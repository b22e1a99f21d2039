package dev.larder.tck;

import org.junit.jupiter.api.Nested;

/** All contracts of caches, for a backend that presents itself as a {@link Subject}. */
public abstract class CacheContracts {
  /** Called by the constructors of the backends' tests. */
  protected CacheContracts() {}

  /** Returns the backend under test. */
  protected abstract Subject subject();

  @Nested
  class Argument extends ArgumentContract {
    Argument() {
      super(subject());
    }
  }

  @Nested
  class Atomicity extends AtomicityContract {
    Atomicity() {
      super(subject());
    }
  }

  @Nested
  class Bulk extends BulkContract {
    Bulk() {
      super(subject());
    }
  }

  @Nested
  class Event extends EventContract {
    Event() {
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
  class Lifecycle extends LifecycleContract {
    Lifecycle() {
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
  class Management extends ManagementContract {
    Management() {
      super(subject());
    }
  }

  @Nested
  class Processor extends ProcessorContract {
    Processor() {
      super(subject());
    }
  }

  @Nested
  class Statistics extends StatisticsContract {
    Statistics() {
      super(subject());
    }
  }

  @Nested
  class StoreByReference extends StoreByReferenceContract {
    StoreByReference() {
      super(subject());
    }
  }

  @Nested
  class StoreByValue extends StoreByValueContract {
    StoreByValue() {
      super(subject());
    }
  }

  @Nested
  class Writer extends WriterContract {
    Writer() {
      super(subject());
    }
  }
}
