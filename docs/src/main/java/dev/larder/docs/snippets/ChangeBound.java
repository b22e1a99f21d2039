package dev.larder.docs.snippets;

import dev.larder.Eviction;
import dev.larder.EvictionControl;
import javax.cache.Cache;

/** Another bound and another policy for a cache in use. */
final class ChangeBound {
  private ChangeBound() {}

  static void shrink(Cache<Integer, String> pages) {
    // region
    @SuppressWarnings("unchecked") // the keys are the cache's
    EvictionControl<Integer> control = pages.unwrap(EvictionControl.class);
    control.setMaxEntries(500);
    control.setPolicy(Eviction.named("sieve"));
    // endregion
  }
}
