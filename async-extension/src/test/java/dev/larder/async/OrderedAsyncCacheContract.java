package dev.larder.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an asynchronous cache does on the cache of another provider. */
abstract class OrderedAsyncCacheContract extends AsyncCacheContract {
  @Test
  void callsOnOneKeyTakeEffectInTheirOrder() {
    int calls = 200;
    for (int i = 1; i <= calls; i++) {
      async.put("a", i - 1);
      async.invoke("a", new Adder(), 1);
      async.putAll(Map.of("a", 2 * i, "b", i));
      async.getAndReplace("a", 3 * i);
      assertThat(result(async.get("a"))).isEqualTo(3 * i);
    }
    assertThat(result(async.get("b"))).isEqualTo(calls);
  }
}
