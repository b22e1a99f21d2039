package dev.larder.tck;

import org.junit.jupiter.api.Nested;

/** All contracts on the heap, by the asynchronous face of the caches. */
class MemoryAsynchronousTest {
  @Nested
  class Argument extends ArgumentContract {
    Argument() {
      super(Memory.SUBJECT.asynchronous());
    }
  }

  @Nested
  class Atomicity extends AtomicityContract {
    Atomicity() {
      super(Memory.SUBJECT.asynchronous());
    }
  }

  @Nested
  class Bulk extends BulkContract {
    Bulk() {
      super(Memory.SUBJECT.asynchronous());
    }
  }

  @Nested
  class Event extends EventContract {
    Event() {
      super(Memory.SUBJECT.asynchronous());
    }
  }

  @Nested
  class Expiry extends ExpiryContract {
    Expiry() {
      super(Memory.SUBJECT.asynchronous());
    }
  }

  @Nested
  class Iteration extends IterationContract {
    Iteration() {
      super(Memory.SUBJECT.asynchronous());
    }
  }

  @Nested
  class Lifecycle extends LifecycleContract {
    Lifecycle() {
      super(Memory.SUBJECT.asynchronous());
    }
  }

  @Nested
  class Loader extends LoaderContract {
    Loader() {
      super(Memory.SUBJECT.asynchronous());
    }
  }

  @Nested
  class Management extends ManagementContract {
    Management() {
      super(Memory.SUBJECT.asynchronous());
    }
  }

  @Nested
  class Processor extends ProcessorContract {
    Processor() {
      super(Memory.SUBJECT.asynchronous());
    }
  }

  @Nested
  class Statistics extends StatisticsContract {
    Statistics() {
      super(Memory.SUBJECT.asynchronous());
    }
  }

  @Nested
  class StoreByReference extends StoreByReferenceContract {
    StoreByReference() {
      super(Memory.SUBJECT.asynchronous());
    }
  }

  @Nested
  class StoreByValue extends StoreByValueContract {
    StoreByValue() {
      super(Memory.SUBJECT.asynchronous());
    }
  }

  @Nested
  class Writer extends WriterContract {
    Writer() {
      super(Memory.SUBJECT.asynchronous());
    }
  }
}
