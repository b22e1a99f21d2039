package dev.larder.tck;

import org.junit.jupiter.api.Nested;

/** All contracts on the sample store, by the asynchronous face of the caches. */
class SampleAsynchronousTest {
  @Nested
  class Argument extends ArgumentContract {
    Argument() {
      super(Sample.SUBJECT.asynchronous());
    }
  }

  @Nested
  class Atomicity extends AtomicityContract {
    Atomicity() {
      super(Sample.SUBJECT.asynchronous());
    }
  }

  @Nested
  class Bulk extends BulkContract {
    Bulk() {
      super(Sample.SUBJECT.asynchronous());
    }
  }

  @Nested
  class Event extends EventContract {
    Event() {
      super(Sample.SUBJECT.asynchronous());
    }
  }

  @Nested
  class Expiry extends ExpiryContract {
    Expiry() {
      super(Sample.SUBJECT.asynchronous());
    }
  }

  @Nested
  class Iteration extends IterationContract {
    Iteration() {
      super(Sample.SUBJECT.asynchronous());
    }
  }

  @Nested
  class Lifecycle extends LifecycleContract {
    Lifecycle() {
      super(Sample.SUBJECT.asynchronous());
    }
  }

  @Nested
  class Loader extends LoaderContract {
    Loader() {
      super(Sample.SUBJECT.asynchronous());
    }
  }

  @Nested
  class Management extends ManagementContract {
    Management() {
      super(Sample.SUBJECT.asynchronous());
    }
  }

  @Nested
  class Processor extends ProcessorContract {
    Processor() {
      super(Sample.SUBJECT.asynchronous());
    }
  }

  @Nested
  class Statistics extends StatisticsContract {
    Statistics() {
      super(Sample.SUBJECT.asynchronous());
    }
  }

  @Nested
  class StoreByReference extends StoreByReferenceContract {
    StoreByReference() {
      super(Sample.SUBJECT.asynchronous());
    }
  }

  @Nested
  class StoreByValue extends StoreByValueContract {
    StoreByValue() {
      super(Sample.SUBJECT.asynchronous());
    }
  }

  @Nested
  class Writer extends WriterContract {
    Writer() {
      super(Sample.SUBJECT.asynchronous());
    }
  }
}
