package dev.larder.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.larder.LarderConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.configuration.OptionalFeature;
import javax.cache.event.CacheEntryEvent;
import org.junit.jupiter.api.Test;

/** Store by reference: the cache keeps the very objects that it was given, or says it cannot. */
public abstract class StoreByReferenceContract extends CacheContract {

  /** Tests this backend. */
  protected StoreByReferenceContract(Subject subject) {
    super(subject);
  }

  private final Object key = new Object();
  private final Object value = new Object();

  private LarderConfiguration.Builder<Object, Object> references() {
    return settings(Object.class, Object.class).storeByValue(false);
  }

  private Cache<Object, Object> byReference() {
    needs(Capability.STORE_BY_REFERENCE);
    return create(references());
  }

  @Test
  void providerSaysSo() {
    needs(Capability.STORE_BY_REFERENCE);
    assertThat(provider.isSupported(OptionalFeature.STORE_BY_REFERENCE)).isTrue();
  }

  @Test
  void readersGetTheObjectItself() {
    Cache<Object, Object> cache = byReference();
    cache.put(key, value);
    assertThat(cache.get(key)).isSameAs(value);
    assertThat(cache.getAll(Set.of(key)).get(key)).isSameAs(value);
    assertThat(cache.iterator().next().getKey()).isSameAs(key);
    assertThat(cache.iterator().next().getValue()).isSameAs(value);
    Object seen = cache.invoke(key, (entry, arguments) -> entry.getValue());
    assertThat(seen).isSameAs(value);
    assertThat(cache.getAndPut(key, "")).isSameAs(value);
  }

  @Test
  void listenersGetTheObjectItself() {
    List<Object> seen = new ArrayList<>();
    Cache<Object, Object> cache = byReference();
    cache.registerCacheEntryListener(
        synchronous(
            new RecordingListener<>() {
              @Override
              void see(CacheEntryEvent<?, ?> event) {
                seen.add(event.getKey());
                seen.add(event.getValue());
              }
            }));
    cache.put(key, value);
    assertThat(seen.get(0)).isSameAs(key);
    assertThat(seen.get(1)).isSameAs(value);
  }

  @Test
  void loadedObjectIsKeptItself() {
    needs(Capability.STORE_BY_REFERENCE);
    Cache<Object, Object> cache =
        create(references().readThrough(always(new Loaders.Simple<>(missing -> value))));
    assertThat(cache.get(key)).isSameAs(value);
    assertThat(cache.getAll(Set.of("other")).get("other")).isSameAs(value);
    assertThat(cache.get("other")).isSameAs(value);
  }

  @Test
  void whatCannotBeCopiedIsWelcome() {
    Cache<Object, Object> cache = byReference();
    Thread thread = Thread.currentThread();
    cache.putAll(Map.of("thread", thread));
    assertThat(cache.get("thread")).isSameAs(thread);
  }

  @Test
  void backendWithoutReferencesRefusesTheConfiguration() {
    assumeFalse(subject.capabilities().contains(Capability.STORE_BY_REFERENCE));
    assertThatThrownBy(() -> create(references()))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
