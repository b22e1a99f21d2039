package dev.larder.docs.snippets;

import dev.larder.LarderConfiguration;
import java.util.Queue;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryUpdatedListener;

/** A listener that sees each new value before the call that stored it returns. */
final class ListenToChanges {
  private ListenToChanges() {}

  // region
  static final class AuditTrail
      implements CacheEntryCreatedListener<String, String>,
          CacheEntryUpdatedListener<String, String> {
    private final Queue<String> lines;

    AuditTrail(Queue<String> lines) {
      this.lines = lines;
    }

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      events.forEach(event -> lines.add(event.getKey() + ": " + event.getValue()));
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      events.forEach(
          event ->
              lines.add(event.getKey() + ": " + event.getOldValue() + " -> " + event.getValue()));
    }
  }

  static Cache<String, String> create(CacheManager manager, Queue<String> lines) {
    boolean oldValues = true;
    boolean synchronous = true;
    return manager.createCache(
        "settings",
        LarderConfiguration.builder(String.class, String.class)
            .listener(
                new MutableCacheEntryListenerConfiguration<>(
                    () -> new AuditTrail(lines), null, oldValues, synchronous))
            .build());
  }
  // endregion
}
