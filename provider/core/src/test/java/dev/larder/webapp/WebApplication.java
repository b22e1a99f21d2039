package dev.larder.webapp;

import dev.larder.LarderCachingProvider;
import java.io.Serial;
import java.io.Serializable;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CompletionListenerFuture;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;
import javax.cache.spi.CachingProvider;

/**
 * Uses all of a cache that can take classes of the application's: a loader of its own runs it, and
 * has to be collectable when the manager is closed.
 */
public final class WebApplication implements Runnable {
  private static final int ENTRIES = 50;

  @Override
  public void run() {
    try {
      CachingProvider provider = new LarderCachingProvider();
      useCaches(
          provider.getCacheManager(null, WebApplication.class.getClassLoader(), new Properties()));
      provider.close();
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  private static void useCaches(CacheManager manager)
      throws InterruptedException, TimeoutException {
    for (String name : new String[] {"a", "b"}) {
      Cache<Key, Value> cache = manager.createCache(name, configuration(name.equals("a")));
      for (int i = 0; i < ENTRIES; i++) {
        cache.put(new Key(i), new Value("put"));
        cache.invoke(new Key(i), new Append(), "x");
        cache.invoke(new Key(i), (entry, arguments) -> entry.getValue());
        cache.get(new Key(-i));
      }
      CompletionListenerFuture loaded = new CompletionListenerFuture();
      cache.loadAll(Set.of(new Key(ENTRIES)), true, loaded);
      try {
        loaded.get(20, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw new AssertionError(e);
      }
      Iterator<Cache.Entry<Key, Value>> entries = cache.iterator();
      entries.next();
      entries.remove();
      try {
        cache.put(new Key(0), new NotSerializable());
      } catch (CacheException e) {
        // Even the message of a failure must not keep the class.
      }
    }
  }

  private static MutableConfiguration<Key, Value> configuration(boolean byValue) {
    return new MutableConfiguration<Key, Value>()
        .setTypes(Key.class, Value.class)
        .setStoreByValue(byValue)
        .setStatisticsEnabled(true)
        .setManagementEnabled(true)
        .setReadThrough(true)
        .setCacheLoaderFactory((Factory<CacheLoader<Key, Value>> & Serializable) Loader::new)
        .setExpiryPolicyFactory((Factory<ExpiryPolicy> & Serializable) Policy::new)
        .addCacheEntryListenerConfiguration(
            new MutableCacheEntryListenerConfiguration<>(
                () -> new Listener(false), null, true, true))
        .addCacheEntryListenerConfiguration(
            new MutableCacheEntryListenerConfiguration<>(
                () -> new Listener(true), null, true, false));
  }

  /** A key. */
  public static final class Key implements Serializable {
    @Serial private static final long serialVersionUID = 1L;
    private final int number;

    Key(int number) {
      this.number = number;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && key.number == number;
    }

    @Override
    public int hashCode() {
      return number;
    }
  }

  /** A value. */
  public static class Value implements Serializable {
    @Serial private static final long serialVersionUID = 1L;

    @SuppressWarnings("unused") // only stored
    private final String text;

    Value(String text) {
      this.text = text;
    }
  }

  @SuppressWarnings({"serial", "ClassCanBeStatic"})
  private static final class NotSerializable extends Value {
    @SuppressWarnings("unused") // makes serialization fail
    private final Object culprit = new Object();

    NotSerializable() {
      super("fails");
    }
  }

  private static final class Append implements EntryProcessor<Key, Value, Value> {
    @Override
    public Value process(MutableEntry<Key, Value> entry, Object... arguments) {
      Value value = new Value(arguments[0].toString());
      entry.setValue(value);
      return value;
    }
  }

  private static final class Loader implements CacheLoader<Key, Value> {
    @Override
    public Value load(Key key) {
      return new Value("loaded");
    }

    @Override
    public Map<Key, Value> loadAll(Iterable<? extends Key> keys) {
      Map<Key, Value> values = new LinkedHashMap<>();
      keys.forEach(key -> values.put(key, load(key)));
      return values;
    }
  }

  private static final class Policy implements ExpiryPolicy {
    @Override
    public Duration getExpiryForCreation() {
      return Duration.ONE_MINUTE;
    }

    @Override
    public Duration getExpiryForAccess() {
      return Duration.ONE_MINUTE;
    }

    @Override
    public Duration getExpiryForUpdate() {
      return null;
    }
  }

  private static final class Listener
      implements CacheEntryCreatedListener<Key, Value>, CacheEntryExpiredListener<Key, Value> {
    private final boolean fails;

    Listener(boolean fails) {
      this.fails = fails;
    }

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends Key, ? extends Value>> events) {
      for (CacheEntryEvent<? extends Key, ? extends Value> event : events) {
        if (fails && event.getKey().equals(new Key(1))) {
          throw new IllegalStateException("on purpose, for the log");
        }
      }
    }

    @Override
    public void onExpired(Iterable<CacheEntryEvent<? extends Key, ? extends Value>> events) {}
  }
}
