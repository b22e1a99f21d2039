package dev.larder.internal.front;

import dev.larder.EvictionControl;
import dev.larder.Weigher;
import dev.larder.spi.EvictionPolicy;
import javax.cache.configuration.Factory;

/** Changes the bound of one cache. */
final class LiveEviction<K, V> implements EvictionControl<K> {
  private final CacheAssembly<K, V> assembly;

  LiveEviction(CacheAssembly<K, V> assembly) {
    this.assembly = assembly;
  }

  @Override
  public void setMaxEntries(long maxEntries) {
    assembly.changeBound(settings -> settings.maxEntries(maxEntries));
  }

  @Override
  public void setMaxWeight(long maxWeight) {
    Weigher<? super K, ? super V> weigher = assembly.configuration().weigher();
    if (weigher == null) {
      throw new UnsupportedOperationException(
          "the cache has no weigher; create it with LarderConfiguration.Builder.maxWeight");
    }
    assembly.changeBound(settings -> settings.maxWeight(maxWeight, weigher));
  }

  @Override
  public void setPolicy(Factory<? extends EvictionPolicy<? super K>> policy) {
    assembly.changeBound(settings -> settings.evictionPolicy(policy));
  }
}
