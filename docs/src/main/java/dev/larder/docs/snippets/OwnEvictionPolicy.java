package dev.larder.docs.snippets;

import dev.larder.LarderConfiguration;
import dev.larder.spi.EvictionPolicy;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.jspecify.annotations.Nullable;

/** A policy that spares some keys as long as there are others. */
final class OwnEvictionPolicy {
  private OwnEvictionPolicy() {}

  // region
  /** Evicts the oldest page, and those of the manual only when nothing else is left. */
  static final class ManualLast implements EvictionPolicy<String> {
    private final Set<String> pages = new LinkedHashSet<>();
    private final Set<String> manual = new LinkedHashSet<>();

    private Set<String> shelf(String page) {
      return page.startsWith("manual/") ? manual : pages;
    }

    @Override
    public void onInsert(String page, long weight) {
      shelf(page).add(page);
    }

    @Override
    public void onRead(String page) {
      // Reading a page does not keep it.
    }

    @Override
    public void onRemove(String page) {
      shelf(page).remove(page);
    }

    @Override
    public @Nullable String victim() {
      Set<String> shelf = pages.isEmpty() ? manual : pages;
      return shelf.isEmpty() ? null : shelf.iterator().next();
    }
  }

  static Cache<String, String> create(CacheManager manager) {
    return manager.createCache(
        "help",
        LarderConfiguration.builder(String.class, String.class)
            .maxEntries(100)
            .evictionPolicy(ManualLast::new)
            .build());
  }
  // endregion
}
