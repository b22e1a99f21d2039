package dev.larder.redis;

import dev.larder.tck.ArgumentContract;
import dev.larder.tck.AtomicityContract;
import dev.larder.tck.BulkContract;
import dev.larder.tck.EventContract;
import dev.larder.tck.ExpiryContract;
import dev.larder.tck.IterationContract;
import dev.larder.tck.LifecycleContract;
import dev.larder.tck.LoaderContract;
import dev.larder.tck.ManagementContract;
import dev.larder.tck.ProcessorContract;
import dev.larder.tck.StatisticsContract;
import dev.larder.tck.StoreByReferenceContract;
import dev.larder.tck.StoreByValueContract;
import dev.larder.tck.WriterContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** All contracts of caches on Redis, by their asynchronous face. */
class RedisAsynchronousTest {
  private static final RedisSubject SUBJECT = new RedisSubject();

  @BeforeAll
  static void start() {
    SUBJECT.start();
  }

  @AfterAll
  static void stop() {
    SUBJECT.stop();
  }

  @Nested
  class Argument extends ArgumentContract {
    Argument() {
      super(SUBJECT.asynchronous());
    }
  }

  @Nested
  class Atomicity extends AtomicityContract {
    Atomicity() {
      super(SUBJECT.asynchronous());
    }
  }

  @Nested
  class Bulk extends BulkContract {
    Bulk() {
      super(SUBJECT.asynchronous());
    }
  }

  @Nested
  class Event extends EventContract {
    Event() {
      super(SUBJECT.asynchronous());
    }
  }

  @Nested
  class Expiry extends ExpiryContract {
    Expiry() {
      super(SUBJECT.asynchronous());
    }
  }

  @Nested
  class Iteration extends IterationContract {
    Iteration() {
      super(SUBJECT.asynchronous());
    }
  }

  @Nested
  class Lifecycle extends LifecycleContract {
    Lifecycle() {
      super(SUBJECT.asynchronous());
    }
  }

  @Nested
  class Loader extends LoaderContract {
    Loader() {
      super(SUBJECT.asynchronous());
    }
  }

  @Nested
  class Management extends ManagementContract {
    Management() {
      super(SUBJECT.asynchronous());
    }
  }

  @Nested
  class Processor extends ProcessorContract {
    Processor() {
      super(SUBJECT.asynchronous());
    }
  }

  @Nested
  class Statistics extends StatisticsContract {
    Statistics() {
      super(SUBJECT.asynchronous());
    }
  }

  @Nested
  class StoreByReference extends StoreByReferenceContract {
    StoreByReference() {
      super(SUBJECT.asynchronous());
    }
  }

  @Nested
  class StoreByValue extends StoreByValueContract {
    StoreByValue() {
      super(SUBJECT.asynchronous());
    }
  }

  @Nested
  class Writer extends WriterContract {
    Writer() {
      super(SUBJECT.asynchronous());
    }
  }
}
