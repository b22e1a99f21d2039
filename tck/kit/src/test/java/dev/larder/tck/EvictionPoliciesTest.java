package dev.larder.tck;

import dev.larder.Eviction;
import dev.larder.spi.EvictionPolicy;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;

/** Larder's own policies, and one as users write them, keep the contract. */
class EvictionPoliciesTest {
  @SuppressWarnings({"unchecked", "rawtypes"}) // a policy of any key is one of strings
  private static EvictionPolicy<String> create(Eviction eviction) {
    return (EvictionPolicy) eviction.create();
  }

  @Nested
  class TinyLfu extends EvictionPolicyContract {
    TinyLfu() {
      super(() -> create(Eviction.TINY_LFU));
    }
  }

  @Nested
  class Lru extends EvictionPolicyContract {
    Lru() {
      super(() -> create(Eviction.LRU));
    }
  }

  @Nested
  class Lfu extends EvictionPolicyContract {
    Lfu() {
      super(() -> create(Eviction.LFU));
    }
  }

  @Nested
  class Fifo extends EvictionPolicyContract {
    Fifo() {
      super(() -> create(Eviction.FIFO));
    }
  }

  @Nested
  class Sieve extends EvictionPolicyContract {
    Sieve() {
      super(() -> create(Eviction.SIEVE));
    }
  }

  @Nested
  class S3Fifo extends EvictionPolicyContract {
    S3Fifo() {
      super(() -> create(Eviction.S3_FIFO));
    }
  }

  @Nested
  class AtRandom extends EvictionPolicyContract {
    AtRandom() {
      super(() -> create(Eviction.RANDOM));
    }
  }

  @Nested
  class OfAUser extends EvictionPolicyContract {
    OfAUser() {
      super(LinkedPolicy::new);
    }
  }

  /** LRU in a linked map. */
  static final class LinkedPolicy implements EvictionPolicy<String> {
    private final Map<String, Long> keys = new LinkedHashMap<>(16, 0.75f, true);

    @Override
    public void onInsert(String key, long weight) {
      keys.put(key, weight);
    }

    @Override
    public void onRead(String key) {
      keys.get(key);
    }

    @Override
    public void onRemove(String key) {
      keys.remove(key);
    }

    @Override
    public @Nullable String victim() {
      return keys.isEmpty() ? null : keys.keySet().iterator().next();
    }
  }
}
