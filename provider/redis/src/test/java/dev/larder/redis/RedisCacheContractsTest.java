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

/** All contracts of caches on Redis. */
class RedisCacheContractsTest {
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
      super(SUBJECT);
    }
  }

  @Nested
  class Atomicity extends AtomicityContract {
    Atomicity() {
      super(SUBJECT);
    }
  }

  @Nested
  class Bulk extends BulkContract {
    Bulk() {
      super(SUBJECT);
    }
  }

  @Nested
  class Event extends EventContract {
    Event() {
      super(SUBJECT);
    }
  }

  @Nested
  class Expiry extends ExpiryContract {
    Expiry() {
      super(SUBJECT);
    }
  }

  @Nested
  class Iteration extends IterationContract {
    Iteration() {
      super(SUBJECT);
    }
  }

  @Nested
  class Lifecycle extends LifecycleContract {
    Lifecycle() {
      super(SUBJECT);
    }
  }

  @Nested
  class Loader extends LoaderContract {
    Loader() {
      super(SUBJECT);
    }
  }

  @Nested
  class Management extends ManagementContract {
    Management() {
      super(SUBJECT);
    }
  }

  @Nested
  class Processor extends ProcessorContract {
    Processor() {
      super(SUBJECT);
    }
  }

  @Nested
  class Statistics extends StatisticsContract {
    Statistics() {
      super(SUBJECT);
    }
  }

  @Nested
  class StoreByReference extends StoreByReferenceContract {
    StoreByReference() {
      super(SUBJECT);
    }
  }

  @Nested
  class StoreByValue extends StoreByValueContract {
    StoreByValue() {
      super(SUBJECT);
    }
  }

  @Nested
  class Writer extends WriterContract {
    Writer() {
      super(SUBJECT);
    }
  }
}
