package dev.larder.internal.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.LarderConfiguration;
import dev.larder.Serializers;
import dev.larder.Ticker;
import dev.larder.Undecodable;
import dev.larder.internal.engine.EngineParts;
import dev.larder.internal.operation.ExpiryRules;
import dev.larder.spi.RemoteStore;
import java.lang.reflect.Proxy;
import javax.cache.expiry.EternalExpiryPolicy;
import org.junit.jupiter.api.Test;

class RemoteBackendTest {
  private final RemoteBackend backend =
      new RemoteBackend(
          untouchedStore(), "", Undecodable.MISS, RemoteBackendTest.class.getClassLoader());

  @Test
  void boundOfWeightIsRefusedWithTheWayOut() {
    var bounded =
        LarderConfiguration.builder(String.class, String.class)
            .maxWeight(100, (key, value) -> 1)
            .build();

    assertThatThrownBy(() -> backend.open(parts(bounded)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContainingAll(
            "cache 'users'", "maxWeight is 100", "use maxEntries", "maxmemory");
  }

  @Test
  void row77SerializerWithoutBytesIsRefusedWithTheWayOut() {
    var objects =
        LarderConfiguration.builder(String.class, String.class)
            .serializer(Serializers.identity())
            .build();

    assertThatThrownBy(() -> backend.open(parts(objects)))
        .hasMessageContainingAll("cache 'users'", "Serializers.identity()", "leave it");
  }

  @Test
  void tickerThatNothingWouldLookAtIsRefusedWithTheWayOut() {
    var moved = LarderConfiguration.builder(String.class, String.class).ticker(() -> 0).build();

    assertThatThrownBy(() -> backend.open(parts(moved)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContainingAll("cache 'users'", "ticker", "leave it out", "in memory");
  }

  @Test
  void cacheWithoutBoundIsOpenedWithoutAskingTheServer() {
    var unbounded = LarderConfiguration.builder(String.class, String.class).build();

    assertThat(backend.open(parts(unbounded))).isInstanceOf(RemoteEngine.class);
  }

  private static <K, V> EngineParts<K, V> parts(LarderConfiguration<K, V> configuration) {
    ExpiryRules eternal = new ExpiryRules(new EternalExpiryPolicy(), Ticker.system());
    return new EngineParts<>(
        "users", configuration, eternal, null, null, null, null, Runnable::run, Runnable::run);
  }

  private static RemoteStore untouchedStore() {
    return (RemoteStore)
        Proxy.newProxyInstance(
            RemoteBackendTest.class.getClassLoader(),
            new Class<?>[] {RemoteStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("coalesced")) {
                return 1;
              }
              throw new AssertionError("nobody was to call " + method.getName());
            });
  }
}
