package dev.larder.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On a remote store, code of the user's runs where the user called, never where replies come. */
@Timeout(60)
class RemoteThreadsTest {
  /** More than are sent at a time. */
  private static final int MANY = 2_500;

  private static final ConcurrentMap<String, Set<Thread>> SEEN = new ConcurrentHashMap<>();

  private final SampleCaches caches = new SampleCaches();

  private static void see(String what) {
    SEEN.computeIfAbsent(what, any -> ConcurrentHashMap.newKeySet()).add(Thread.currentThread());
  }

  /** Takes part in everything that is done to it. */
  private static final class Witness implements Serializable {
    @Serial private static final long serialVersionUID = 1L;
    private final String role;
    private final int number;

    Witness(String role, int number) {
      this.role = role;
      this.number = number;
    }

    @Serial
    private void writeObject(ObjectOutputStream out) throws IOException {
      see("writing a " + role);
      out.defaultWriteObject();
    }

    @Serial
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      see("reading a " + role);
    }

    @Override
    public boolean equals(Object other) {
      see("comparing a " + role);
      return other instanceof Witness witness && witness.number == number;
    }

    @Override
    public int hashCode() {
      see("hashing a " + role);
      return number;
    }
  }

  private static Witness key(int number) {
    return new Witness("key", number);
  }

  private static Witness value(int number) {
    return new Witness("value", number);
  }

  private static Set<Witness> keys(int count) {
    return IntStream.range(0, count).mapToObj(RemoteThreadsTest::key).collect(Collectors.toSet());
  }

  private static Map<Witness, Witness> entries(int count) {
    Map<Witness, Witness> entries = new LinkedHashMap<>();
    keys(count).forEach(key -> entries.put(key, value(key.number)));
    return entries;
  }

  private static MutableConfiguration<Witness, Witness> plain() {
    return new MutableConfiguration<Witness, Witness>().setTypes(Witness.class, Witness.class);
  }

  private static MutableConfiguration<Witness, Witness> withPolicy() {
    return plain().setExpiryPolicyFactory(Policy::new);
  }

  private static MutableConfiguration<Witness, Witness> withEverything() {
    return withPolicy()
        .setCacheLoaderFactory(Loader::new)
        .setReadThrough(true)
        .setCacheWriterFactory(Writer::new)
        .setWriteThrough(true)
        .addCacheEntryListenerConfiguration(
            new MutableCacheEntryListenerConfiguration<>(
                Listener::new,
                () ->
                    event -> {
                      see("filter");
                      return true;
                    },
                true,
                true));
  }

  @BeforeEach
  void forget() {
    SEEN.clear();
  }

  @AfterEach
  void close() {
    caches.close();
  }

  private static void useEverything(Cache<Witness, Witness> cache) {
    cache.put(key(1), value(1));
    cache.get(key(1));
    cache.get(key(2));
    cache.containsKey(key(1));
    cache.getAndPut(key(1), value(2));
    cache.putIfAbsent(key(3), value(3));
    cache.putIfAbsent(key(3), value(4));
    cache.replace(key(1), value(3));
    cache.replace(key(1), value(3), value(4));
    cache.replace(key(1), value(3), value(5));
    cache.getAndReplace(key(1), value(6));
    cache.remove(key(1), value(1));
    cache.remove(key(1), value(6));
    cache.getAndRemove(key(3));
    cache.putAll(entries(MANY));
    cache.getAll(keys(MANY + 10));
    cache.invoke(
        key(1),
        (entry, arguments) -> {
          see("processor");
          entry.setValue(value(entry.getValue().number + 1));
          return "done";
        });
    cache.iterator().forEachRemaining(entry -> see("iteration"));
    cache.removeAll(keys(MANY / 2));
    cache.removeAll();
    cache.clear();
  }

  private static void assertOnlyThisThreadSaw(String... kinds) {
    assertThat(SEEN).containsKeys(kinds);
    assertThat(SEEN)
        .allSatisfy((what, threads) -> assertThat(threads).containsOnly(Thread.currentThread()));
  }

  @Test
  void plainCacheUsesTheCallersThread() {
    useEverything(caches.open(plain()));

    assertOnlyThisThreadSaw("writing a key", "writing a value", "reading a value", "processor");
  }

  @Test
  void cacheWithAPolicyUsesTheCallersThread() {
    useEverything(caches.open(withPolicy()));

    assertOnlyThisThreadSaw("writing a key", "reading a value", "policy", "processor");
  }

  @Test
  void cacheWithEverythingUsesTheCallersThread() {
    useEverything(caches.open(withEverything()));

    assertOnlyThisThreadSaw(
        "writing a key",
        "reading a key",
        "writing a value",
        "reading a value",
        "comparing a value",
        "policy",
        "loader",
        "writer",
        "listener",
        "filter",
        "processor",
        "iteration");
  }

  @Test
  void loadingAllUsesNoThreadOfTheDriver() throws Exception {
    Cache<Witness, Witness> cache = caches.open(withEverything());
    CompletionListenerFuture done = new CompletionListenerFuture();

    cache.loadAll(keys(MANY), true, done);
    done.get();

    assertThat(SEEN).containsKeys("loader", "policy", "listener");
    assertThat(SEEN)
        .allSatisfy(
            (what, threads) ->
                assertThat(threads).noneMatch(thread -> thread.getName().contains("driver")));
  }

  private static final class Policy implements ExpiryPolicy {
    @Override
    public Duration getExpiryForCreation() {
      see("policy");
      return Duration.ONE_DAY;
    }

    @Override
    public Duration getExpiryForAccess() {
      see("policy");
      return Duration.ONE_DAY;
    }

    @Override
    public Duration getExpiryForUpdate() {
      see("policy");
      return Duration.ONE_DAY;
    }
  }

  private static final class Loader implements CacheLoader<Witness, Witness> {
    @Override
    public Witness load(Witness key) {
      see("loader");
      return value(key.number);
    }

    @Override
    public Map<Witness, Witness> loadAll(Iterable<? extends Witness> keys) {
      Map<Witness, Witness> loaded = new HashMap<>();
      keys.forEach(key -> loaded.put(key, load(key)));
      return loaded;
    }
  }

  private static final class Writer implements CacheWriter<Witness, Witness> {
    @Override
    public void write(Cache.Entry<? extends Witness, ? extends Witness> entry) {
      see("writer");
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends Witness, ? extends Witness>> entries) {
      see("writer");
      entries.clear();
    }

    @Override
    public void delete(Object key) {
      see("writer");
    }

    @Override
    public void deleteAll(Collection<?> keys) {
      see("writer");
      keys.clear();
    }
  }

  private static final class Listener
      implements CacheEntryCreatedListener<Witness, Witness>,
          CacheEntryUpdatedListener<Witness, Witness>,
          CacheEntryRemovedListener<Witness, Witness> {
    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends Witness, ? extends Witness>> events) {
      see("listener");
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends Witness, ? extends Witness>> events) {
      see("listener");
    }

    @Override
    public void onRemoved(Iterable<CacheEntryEvent<? extends Witness, ? extends Witness>> events) {
      see("listener");
    }
  }
}
